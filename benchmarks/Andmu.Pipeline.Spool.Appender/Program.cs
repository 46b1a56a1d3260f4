using System.Diagnostics;
using System.Globalization;
using Andmu.Pipeline.Spool;

// Writes a journal of so many GOPs: while one goes to the card the next is appended, as by a camera, but as fast as the card takes it.
// Arguments: directory, GOPs, records of a GOP, bytes of a record. Prints bytes on the card of the GOPs that were timed, how many these are, and
// seconds. A tenth before them is warm-up.
string directory = args[0];
int gops = int.Parse(args[1], CultureInfo.InvariantCulture);
int records = int.Parse(args[2], CultureInfo.InvariantCulture);
byte[] data = new byte[int.Parse(args[3], CultureInfo.InvariantCulture)];
new Random(1).NextBytes(data);

using var kept = new SemaphoreSlim(0);
var journal = new SpoolJournal(directory, new SpoolOptions { FreeSpaceFloorBytes = 0, SyncInterval = TimeSpan.FromMinutes(1) });
uint number = 0;
journal.Progressed += () => kept.Release();
journal.Start();
Await(() => journal.Status.State == SpoolState.Ready);
int warmUp = gops / 10;
long bytes = 0;
long start = 0;
long before = 0; // the last record of the GOP before
long last = Append(records);
for (int gop = 0; gop < warmUp + gops; gop++)
{
    if (gop == warmUp)
    {
        Await(() => journal.KeptThrough(SpoolLane.Media) >= before);
        bytes = journal.Status.UsedBytes;
        start = Stopwatch.GetTimestamp();
    }

    Append(1); // a key frame, with which the GOP before it is due: it goes to the card while the next is appended
    Await(() => journal.KeptThrough(SpoolLane.Media) >= before);
    before = last;
    last = Append(records - 1);
}

Await(() => journal.KeptThrough(SpoolLane.Media) >= before);
TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
bytes = journal.Status.UsedBytes - bytes;
await journal.DisposeAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes} {gops} {elapsed.TotalSeconds:F6}"));

void Await(Func<bool> isSo)
{
    while (!isSo())
    {
        kept.Wait();
    }
}

long Append(int count)
{
    long ticket = 0;
    for (int i = 0; i < count; i++, number++)
    {
        var media = new SpoolMedia(2, number % records == 0, number, number, number);
        if (journal.TryAppend(media, data, out ticket) != SpoolAppendResult.Accepted)
        {
            throw new InvalidOperationException("The queue is too small for what is under way.");
        }
    }

    return ticket;
}
