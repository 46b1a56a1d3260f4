using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Upload;

public sealed class UploadPolicyTests
{
    private static readonly DevicePlan[] Plans =
        [DevicePlan.Trial, DevicePlan.Cloud, DevicePlan.Expired, DevicePlan.Event, DevicePlan.Deleted, (DevicePlan)7, (DevicePlan)(-1)];

    /// <summary>Plan x viewers x clip x what is being done, for a device that is on. A row for each cell of the specification's table (5.2.1, 5.2.3, 5.2.8, 6.2): what is
    /// uploaded, the flag, and where the cursor stands when it was idle, live or in a clip before.</summary>
    [Theory]
    [InlineData(DevicePlan.Trial, 0, "None", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Trial, 0, "Ahead", "Live - Clip Stay Stay")]
    [InlineData(DevicePlan.Trial, 0, "Covered", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Trial, 2, "None", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Trial, 2, "Ahead", "Live - Clip Stay Stay")]
    [InlineData(DevicePlan.Trial, 2, "Covered", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Cloud, 0, "None", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Cloud, 0, "Ahead", "Live - Clip Stay Stay")]
    [InlineData(DevicePlan.Cloud, 0, "Covered", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Cloud, 2, "None", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Cloud, 2, "Ahead", "Live - Clip Stay Stay")]
    [InlineData(DevicePlan.Cloud, 2, "Covered", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Expired, 0, "None", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Expired, 0, "Ahead", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Expired, 0, "Covered", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Expired, 2, "None", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Expired, 2, "Ahead", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Expired, 2, "Covered", "Live - NewestGop Stay Stay")]
    [InlineData(DevicePlan.Event, 0, "None", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Event, 0, "Ahead", "Event 1 Clip Clip Clip")]
    [InlineData(DevicePlan.Event, 0, "Covered", "Event 1 Stay Stay Stay")]
    [InlineData(DevicePlan.Event, 2, "None", "Live 2 NewestGop Stay Stay")]
    [InlineData(DevicePlan.Event, 2, "Ahead", "Event 1 Clip Clip Clip")]
    [InlineData(DevicePlan.Event, 2, "Covered", "Event 1 Stay Stay Stay")]
    [InlineData(DevicePlan.Deleted, 0, "None", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Deleted, 0, "Ahead", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Deleted, 0, "Covered", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Deleted, 2, "None", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Deleted, 2, "Ahead", "Idle - Stay Stay Stay")]
    [InlineData(DevicePlan.Deleted, 2, "Covered", "Idle - Stay Stay Stay")]
    [InlineData((DevicePlan)7, 2, "Covered", "Idle - Stay Stay Stay")]
    [InlineData((DevicePlan)(-1), 2, "Ahead", "Idle - Stay Stay Stay")]
    public void Decide_DeviceOn_FollowsTheTable(DevicePlan plan, int viewers, string clip, string expected)
    {
        UploadDecision[] decisions = [.. Enum.GetValues<UploadMode>().Select(current => Decide(plan, true, viewers, Enum.Parse<ClipSituation>(clip), current))];

        Assert.Single(decisions.Select(decision => (decision.Mode, decision.ControlFlag)).Distinct()); // what was done before decides on the cursor alone
        string flag = decisions[0].ControlFlag?.ToString() ?? "-";
        Assert.Equal(expected, $"{decisions[0].Mode} {flag} {string.Join(' ', decisions.Select(decision => decision.Start))}");
    }

    [Fact]
    public void Decide_DeviceOff_IsIdleInEveryCell()
    {
        foreach (DevicePlan plan in Plans)
        {
            foreach (int viewers in (int[])[0, 1, 64])
            {
                foreach (ClipSituation clip in Enum.GetValues<ClipSituation>())
                {
                    foreach (UploadMode current in Enum.GetValues<UploadMode>())
                    {
                        Assert.Equal(new UploadDecision(UploadMode.Idle, null, CursorStart.Stay), Decide(plan, false, viewers, clip, current));
                    }
                }
            }
        }
    }

    private static UploadDecision Decide(DevicePlan plan, bool isOn, int viewers, ClipSituation clip, UploadMode current) =>
        UploadPolicy.Decide(new UploadSituation(plan, isOn, viewers, clip, current));
}
