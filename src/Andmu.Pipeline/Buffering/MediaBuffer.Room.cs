namespace Andmu.Pipeline.Buffering;

/// <summary>Room for writers that wait for it: for sources such as files, which lose nothing.</summary>
public sealed partial class MediaBuffer
{
    /// <summary>A writer that waits for room is woken when an eighth of the buffer is free.</summary>
    private const int RoomShare = 8;

    private int _roomWanted; // bytes; 0 while no writer waits

    /// <summary>A writer waits for room: what is unconfirmed should be confirmed soon.</summary>
    internal bool IsRoomWanted => Volatile.Read(ref _roomWanted) != 0;

    internal void Retain(MediaCursor cursor, long position)
    {
        bool isRoom;
        lock (_lock)
        {
            cursor.RetainFrom = position;
            isRoom = IsWantedRoomThere();
        }

        SignalRoom(isRoom);
    }

    /// <summary>As <see cref="Retain"/>, but never gives up what is retained already.</summary>
    internal void RetainToo(MediaCursor cursor, long position)
    {
        lock (_lock)
        {
            cursor.RetainFrom = Math.Min(cursor.RetainFrom, position);
        }
    }

    private void AskForRoom(int bytes)
    {
        Volatile.Write(ref _roomWanted, Math.Max(bytes, _arena.Capacity / RoomShare));
        WakeCursors();
    }

    /// <summary>Whether a writer waits that can go on now: not for each picture that was sent, which would be a wake-up a picture, but for a share of the
    /// buffer; or there is nothing left that could be given up for it. Called under the lock.</summary>
    private bool IsWantedRoomThere()
    {
        if (_roomWanted == 0)
        {
            return false;
        }

        long keptFrom = _next;
        foreach (MediaCursor cursor in _cursors)
        {
            keptFrom = Math.Min(keptFrom, cursor.Pinned == None ? cursor.RetainFrom : Math.Min(cursor.Pinned, cursor.RetainFrom));
        }

        keptFrom = Math.Max(keptFrom, _first);
        long keptBytes = keptFrom == _next ? 0 : _totals.Bytes - At(keptFrom).Totals.Bytes + At(keptFrom).Length;
        bool isThere = keptFrom == _next
            || (_arena.Capacity - keptBytes >= _roomWanted && _entries.Length - (_next - keptFrom) >= _entries.Length / RoomShare);
        Volatile.Write(ref _roomWanted, isThere ? 0 : _roomWanted);
        return isThere;
    }

    private void SignalRoom(bool isRoom)
    {
        if (!isRoom)
        {
            return;
        }

        foreach (WakeSignal signal in Volatile.Read(ref _roomSignals))
        {
            signal.Set();
        }
    }
}
