using System.Globalization;
using System.Text;
using Andmu.Pipeline.Spool;

// Writes a journal until it is killed, or so many records, and says on standard output what it was told is kept:
//   M 17     media up to ticket 17
//   E 3      events up to ticket 3
//   S Ready 1    at the end: state, faults of the card
// Arguments: directory, number of the run, records (0 for no end). Record t of run r has the data r, lane, t, and so many more bytes.
string directory = args[0];
uint run = uint.Parse(args[1], CultureInfo.InvariantCulture);
int records = int.Parse(args[2], CultureInfo.InvariantCulture);
const int GopRecords = 10;
const int EventEvery = 7;

var options = new SpoolOptions
{
    SegmentBytes = 256 * 1024,
    QueueBytes = 512 * 1024,
    MaxRecordBytes = 64 * 1024,
    FreeSpaceFloorBytes = 0,
    ProbeInterval = TimeSpan.FromMilliseconds(100),
    CursorInterval = TimeSpan.FromMilliseconds(100),
};
using Stream output = Console.OpenStandardOutput();
using var progressed = new SemaphoreSlim(0);
var journal = new SpoolJournal(directory, options);
long media = 0;
long events = 0;
journal.Progressed += () =>
{
    Say("M", journal.KeptThrough(SpoolLane.Media), ref media);
    Say("E", journal.KeptThrough(SpoolLane.Event), ref events);
    progressed.Release();
};
journal.Start();
long eventTicket = 0;
for (uint ticket = 1; records == 0 || ticket <= records; ticket++)
{
    byte[] data = RecordData.Make(run, 0, ticket);
    while (journal.TryAppend(new SpoolMedia(2, ticket % GopRecords == 1, ticket, ticket, null), data, out _) != SpoolAppendResult.Accepted)
    {
        await progressed.WaitAsync();
    }

    if (ticket % EventEvery == 0)
    {
        byte[] message = RecordData.Make(run, 1, (uint)eventTicket + 1);
        eventTicket += journal.TryAppend(new SpoolEvent(1, 1, ticket), message, out _) == SpoolAppendResult.Accepted ? 1 : 0;
    }
}

await journal.DisposeAsync();
output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"S {journal.Status.State} {journal.Status.Faults}\n")));
return 0;

void Say(string lane, long kept, ref long said)
{
    if (kept > said)
    {
        said = kept;
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{lane} {kept}\n")));
    }
}
