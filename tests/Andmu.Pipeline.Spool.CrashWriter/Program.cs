using System.Globalization;
using System.Text;
using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Spool.CrashWriter;
using Andmu.Pipeline.Spool.Storage;

// Writes a journal until it is killed, or so many records, and says on standard output what it was told is kept:
//   M 17     media up to ticket 17
//   E 3      events up to ticket 3
//   D Create     it dies now, by kill -9 at this call of the store
//   S Ready 1    at the end: state, faults of the card
// Arguments: directory, number of the run, records (0 for no end), and at which call of the store it dies (0 for none). Record t of run r has the data r, lane, t, and so many more bytes.
string directory = args[0];
uint run = uint.Parse(args[1], CultureInfo.InvariantCulture);
int records = int.Parse(args[2], CultureInfo.InvariantCulture);
int deadlyCall = int.Parse(args[3], CultureInfo.InvariantCulture);
const int GopRecords = 10;
const int EventEvery = 7;

var options = new SpoolOptions
{
    SegmentBytes = 64 * 1024, // a new one after every second GOP
    QueueBytes = 512 * 1024, // all of what the tests of failing calls write
    MaxRecordBytes = 8 * 1024,
    FreeSpaceFloorBytes = 0,
    ProbeInterval = TimeSpan.FromMilliseconds(100),
    CursorInterval = TimeSpan.FromMilliseconds(100),
};
using Stream output = Console.OpenStandardOutput();
using var progressed = new SemaphoreSlim(0);
var store = new DyingStore(new FileBlockStore(directory, requireMountPoint: false), deadlyCall, name => Print($"D {name}\n"));
var journal = new SpoolJournal(deadlyCall == 0 ? new FileBlockStore(directory, requireMountPoint: false) : store, options, null, null);
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
Print($"S {journal.Status.State} {journal.Status.Faults}\n");
return 0;

void Print(string line) => output.Write(Encoding.ASCII.GetBytes(line));

void Say(string lane, long kept, ref long said)
{
    if (kept > said)
    {
        said = kept;
        Print($"{lane} {kept}\n");
    }
}
