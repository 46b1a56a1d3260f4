using System.Diagnostics.CodeAnalysis;
using Andmu.Pipeline.Spool.Storage;
using Andmu.Pipeline.Spool.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Spool.Tests.Engine;

/// <summary>The promise, on a card that loses whatever it may lose: no record that was reported as kept is missing.</summary>
public sealed class PowerCutTests
{
    private const int Runs = 2000;

    [Fact]
    public void PowerCut_AnySeed_NoKeptRecordIsMissing()
    {
        Parallel.For(1, Runs + 1, static seed =>
        {
            try
            {
                new Life(seed).Run();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"seed {seed}", error);
            }
        });
    }

    /// <summary>A card and what is known of it, through several power cuts.</summary>
    private sealed class Life(int seed)
    {
        private const int Cuts = 3;
        private const int Actions = 60;

        private readonly Random _random = new(seed);
        private readonly FakeStore _store = new(seed);
        private readonly FakeTimeProvider _time = new();
        private readonly Ledger _media = new();
        private readonly Ledger _events = new();
        private uint _nextId = 1;
        private int _faultPercent;

        public void Run()
        {
            _store.Inject = call => _random.Next(100) < _faultPercent && call != StoreCall.Read ? AnyFault(call) : StoreFault.None;
            for (int cut = 0; cut < Cuts; cut++)
            {
                var rig = new SpoolRig(_store, seed: _random.Next(), time: _time);
                _media.Start();
                _events.Start();
                for (int i = 0; i < Actions; i++)
                {
                    _faultPercent = _random.Next(4) == 0 ? 10 : 0;
                    Act(rig);
                }

                _store.Card!.Cut(_random);
                _faultPercent = 0;
                Look();
            }
        }

        // Not ENOSPC: it costs a segment, and that is a counted loss (see SpaceTests).
        private StoreFault AnyFault(StoreCall call) => (call, _random.Next(4)) switch
        {
            (StoreCall.Measure, _) => StoreFault.None,
            (_, 1) => StoreFault.ReadOnly,
            (_, 2) when call != StoreCall.Sync => StoreFault.Gone,
            _ => StoreFault.Io,
        };

        private void Act(SpoolRig rig)
        {
            switch (_random.Next(10))
            {
                case < 4:
                    uint id = _nextId++;
                    _media.Added(id, rig.AddMedia(id, _random.Next(10, 5000), _random.Next(6) == 0, out long ticket), ticket);
                    break;
                case 4:
                    id = _nextId++;
                    _events.Added(id, rig.AddEvent(id, out ticket), ticket);
                    break;
                case 5:
                    _time.Advance(TimeSpan.FromMilliseconds(_random.Next(3000)));
                    break;
                case 6:
                    Read(rig.Journal.Media, _media);
                    Read(rig.Journal.Events, _events);
                    break;
                case 7 when _random.Next(5) == 0:
                    rig.Journal.Media.Rewind();
                    break;
                default:
                    for (int i = _random.Next(12); i >= 0; i--)
                    {
                        rig.Step();
                    }

                    break;
            }

            _media.Kept(rig.Journal.KeptThrough(SpoolLane.Media));
            _events.Kept(rig.Journal.KeptThrough(SpoolLane.Event));
        }

        private void Read(SpoolReader reader, Ledger ledger)
        {
            for (int i = _random.Next(5); i > 0 && reader.TryRead(out SpoolRecord record); i--)
            {
                ledger.Read(SpoolRig.Check(record.Data.Span), record.Position);
            }

            if (_random.Next(3) == 0)
            {
                ledger.Confirm(reader);
            }
        }

        private void Look()
        {
            var rig = new SpoolRig(_store, seed: _random.Next(), time: _time);
            rig.Run();
            Assert.Equal(SpoolState.Ready, rig.Status.State);
            _media.Check(rig.ReadAll(rig.Journal.Media));
            _events.Check(rig.ReadAll(rig.Journal.Events));
        }
    }

    /// <summary>What a lane was given, what it said is kept, and what was delivered.</summary>
    [SuppressMessage("Performance", "CA1812", Justification = "It is made above.")]
    private sealed class Ledger
    {
        private readonly HashSet<uint> _known = [];
        private readonly HashSet<uint> _owed = [];
        private readonly List<uint> _tickets = [];
        private readonly List<(uint Id, SpoolPosition Position)> _read = [];
        private int _kept;

        public void Start()
        {
            _tickets.Clear();
            _read.Clear();
            _kept = 0;
        }

        public void Added(uint id, SpoolAppendResult result, long ticket)
        {
            if (result == SpoolAppendResult.Accepted)
            {
                _tickets.Add(id);
                _known.Add(id);
                Assert.Equal(_tickets.Count, ticket);
            }
        }

        public void Kept(long through)
        {
            for (; _kept < through; _kept++)
            {
                _owed.Add(_tickets[_kept]);
            }
        }

        public void Read(uint id, SpoolPosition position) => _read.Add((id, position));

        public void Confirm(SpoolReader reader)
        {
            foreach ((uint id, SpoolPosition position) in _read)
            {
                reader.Confirm(position);
                _owed.Remove(id);
            }

            _read.Clear();
        }

        public void Check(List<uint> found)
        {
            Assert.Empty(_owed.Except(found));
            Assert.Empty(found.Except(_known));
            Assert.Equal(found.Order().Distinct(), found);
        }
    }
}
