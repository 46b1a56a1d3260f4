using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>Talk-back by way of on_talk.</summary>
internal sealed unsafe class TalkBridge(HostCallbacks host)
{
    public void OnFrame(TalkBackFrame frame)
    {
        fixed (byte* alaw = frame.ALaw)
        fixed (short* pcm = frame.Samples)
        {
            var talk = new NativeTalk
            {
                StructSize = (uint)sizeof(NativeTalk),
                First = frame.IsFirst ? 1 : 0,
                Missing = frame.Missing,
                Samples = (uint)frame.ALaw.Length,
                Pcm = pcm,
                Alaw = alaw,
            };
            host.Talk(&talk);
        }
    }

    public void OnEnd()
    {
        var talk = new NativeTalk { StructSize = (uint)sizeof(NativeTalk), Last = 1 };
        host.Talk(&talk);
    }
}
