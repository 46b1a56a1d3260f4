using System.Diagnostics;
using System.Globalization;
using Andmu.Pipeline.Spool;

// Writes a journal of so many GOPs, the next when the one before is kept: the rhythm of a camera, as fast as the card takes it.
// Arguments: directory, GOPs, records of a GOP, bytes of a record. Prints bytes on the card of the GOPs that were timed, how many these are, and
// seconds. A tenth before them is warm-up.
string directory = args[0];
int gops = int.Parse(args[1], CultureInfo.InvariantCulture);
int records = int.Parse(args[2], CultureInfo.InvariantCulture);
byte[] data = new byte[int.Parse(args[3], CultureInfo.InvariantCulture)];
new Random(1).NextBytes(data);

var ended = new TaskCompletionSource();
var journal = new SpoolJournal(directory, new SpoolOptions { FreeSpaceFloorBytes = 0, SyncInterval = TimeSpan.FromMinutes(1) });
uint number = 0;
int warmUp = gops / 10;
int written = 0;
long last = 0;
long bytes = 0;
long start = 0;
TimeSpan elapsed = default;
journal.Progressed += OnProgressed; // on the journal's thread: no time goes into waking another one, which dd does not have either
journal.Start();
await ended.Task;
await journal.DisposeAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes} {gops} {elapsed.TotalSeconds:F6}"));

void OnProgressed()
{
    if (journal.Status.State != SpoolState.Ready || journal.KeptThrough(SpoolLane.Media) < last || written > warmUp + gops)
    {
        return;
    }

    if (written == warmUp)
    {
        bytes = journal.Status.UsedBytes;
        start = Stopwatch.GetTimestamp();
    }
    else if (written == warmUp + gops)
    {
        elapsed = Stopwatch.GetElapsedTime(start);
        bytes = journal.Status.UsedBytes - bytes;
        written++;
        ended.SetResult();
        return;
    }

    last = Append(number == 0 ? records : records - 1);
    Append(1); // the key frame of the next, with which it is due
    written++;
}

long Append(int count)
{
    long ticket = 0;
    for (int i = 0; i < count; i++, number++)
    {
        var media = new SpoolMedia(2, number % records == 0, number, number, number);
        if (journal.TryAppend(media, data, out ticket) != SpoolAppendResult.Accepted)
        {
            throw new InvalidOperationException("A GOP is more than the queue takes.");
        }
    }

    return ticket;
}
