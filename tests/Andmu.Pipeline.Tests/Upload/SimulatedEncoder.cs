using Andmu.Pipeline.Media;
using Andmu.Pipeline.Tests.Support;
using CsCheck;

namespace Andmu.Pipeline.Tests.Upload;

/// <summary>An encoder that makes GOPs of every kind: with and without B-pictures, open ones with leading pictures, endless ones, of any size.</summary>
/// <remarks>
/// <code>
///   in order    I  P  P  P
///   B-pictures  I  P  B  P  B        a P is written one interval early, its B behind it
///   open GOP    CRA RASL RASL P      the random access picture is written two intervals early
/// </code>
/// </remarks>
internal sealed class SimulatedEncoder
{
    private static readonly int[] Sizes = [60, 250, 900, 3000, 12_000];
    private static readonly byte[][] Keys = [.. Sizes.Select(size => H264.Key(0, size))];
    private static readonly byte[][] Pictures = [.. Sizes.Select(size => H264.Picture(0, size))];
    private static readonly byte[][] Disposables = [.. Sizes.Select(size => H264.Disposable(0, size))];
    private static readonly byte[][] OpenKeys = [.. Sizes.Select(size => H265.Cra(0, size))];
    private static readonly byte[][] Trailings = [.. Sizes.Select(size => H265.Trailing(0, size))];
    private static readonly byte[][] Leadings = [.. Sizes.Select(size => H265.Rasl(0, size))];
    private static readonly byte[] Huge = H264.Picture(0, 70_000);
    private static readonly byte[] OtherKey = [.. H264.VgaSet, .. H264.PictureSet, .. H264.BareKey(0, 300)];
    private static readonly byte[] Garbage = [0, 0, 0, 1];

    private readonly PCG _chance;
    private readonly VideoCodec _codec;
    private int _left;          // pictures of this GOP that are to come
    private int _early;         // pictures to come that are shown before what was written last
    private bool _bPictures;
    private int _size;
    private int _longest = 12;

    public SimulatedEncoder(PCG chance, VideoCodec codec)
    {
        _chance = chance;
        _codec = codec;
    }

    internal readonly record struct Picture(byte[] Bytes, int Early, bool IsKey, bool IsLeading);

    /// <summary>The key frame that comes next is a long way off.</summary>
    public bool IsEndless => _left > 20;

    public void ForceKey() => _left = 0;

    /// <summary>The scene, and with it the size of pictures and the length of GOPs, changes.</summary>
    public void ChangeScene()
    {
        _size = (int)_chance.Next(4);
        _longest = _chance.Next(8) == 0 ? 400 : 2 + (int)_chance.Next(20);
        _bPictures = _codec == VideoCodec.H264 && _chance.Next(2) == 0;
    }

    public Picture Next()
    {
        uint dice = _chance.Next(1000);
        if (dice < 3)
        {
            return new Picture(dice < 2 ? Garbage : Huge, 0, false, false);
        }

        if (_early > 0)
        {
            _early--;
            return _codec == VideoCodec.H264 ? new Picture(Disposables[_size], -1, false, false) : new Picture(Leadings[_size], -1, false, true);
        }

        if (_left-- <= 0)
        {
            return Key();
        }

        _early = _bPictures ? 1 : 0;
        return new Picture((_codec == VideoCodec.H264 ? Pictures : Trailings)[_size], _early, false, false);
    }

    private Picture Key()
    {
        _left = 1 + (int)_chance.Next((uint)_longest);
        if (_codec == VideoCodec.H264)
        {
            return new Picture(_chance.Next(40) == 0 ? OtherKey : Keys[_size + 1], 0, true, false);
        }

        _early = _chance.Next(3) == 0 ? 2 : 0;
        return new Picture(OpenKeys[_size + 1], _early, true, false);
    }
}
