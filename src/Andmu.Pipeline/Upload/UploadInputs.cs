using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Messages;

namespace Andmu.Pipeline.Upload;

/// <summary>What decides on the upload and comes from outside of the media: set by the platform and the host, read by the send loop. Thread-safe.</summary>
internal sealed class UploadInputs(MediaBuffer buffer, ClipSchedule clips)
{
    private volatile int _plan = (int)DevicePlan.Cloud;
    private volatile bool _off;
    private long _floor;

    public ViewerSet Viewers { get; } = new();

    public DevicePlan Plan => (DevicePlan)_plan;

    public bool IsDeviceOn => !_off;

    /// <summary>The first position that may be sent: what lies before was captured while the device was switched off.</summary>
    public long Floor => Interlocked.Read(ref _floor);

    public bool IsContinuous => Plan is DevicePlan.Trial or DevicePlan.Cloud;

    /// <summary>Whether anything of the media is to be sent right now.</summary>
    public bool IsAnythingDue => Decide(ClipSituation.Ahead, UploadMode.Idle).Mode != UploadMode.Idle;

    public UploadDecision Decide(ClipSituation whenDue, UploadMode current) => UploadPolicy.Decide(
        new UploadSituation(Plan, IsDeviceOn, Viewers.Count, clips.HasDue ? whenDue : ClipSituation.None, current));

    /// <returns>False when that was the plan already.</returns>
    public bool SetPlan(DevicePlan plan)
    {
        DevicePlan before = Plan;
        _plan = (int)plan;
        if (plan == DevicePlan.Expired)
        {
            clips.GiveUp(EventClipOutcome.PlanChanged, keepOpen: true, report: before == DevicePlan.Event); // it may change back while the event goes on
        }
        else if (plan == DevicePlan.Event && before == DevicePlan.Expired)
        {
            clips.GiveUp(EventClipOutcome.PlanChanged, keepOpen: true, report: false); // events of a time without event recording
        }

        return plan != before;
    }

    /// <returns>False when it was so already.</returns>
    public bool SetDeviceOn(bool on)
    {
        if (on == IsDeviceOn)
        {
            return false;
        }

        if (on)
        {
            Interlocked.Exchange(ref _floor, buffer.End);
        }

        _off = !on;
        if (!on)
        {
            clips.GiveUp(EventClipOutcome.DeviceOff, keepOpen: false, report: Plan == DevicePlan.Event);
        }

        return true;
    }
}
