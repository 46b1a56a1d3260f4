using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Upload;

public sealed class UploadPolicyTests
{
    [Theory]
    [InlineData(DevicePlan.Trial, 0, true, null)]
    [InlineData(DevicePlan.Trial, 3, true, null)]
    [InlineData(DevicePlan.Cloud, 0, true, null)]
    [InlineData(DevicePlan.Cloud, 1, true, null)]
    [InlineData(DevicePlan.Expired, 0, false, null)]
    [InlineData(DevicePlan.Expired, 1, true, null)]
    [InlineData(DevicePlan.Event, 0, false, null)]
    [InlineData(DevicePlan.Event, 2, true, 2u)]
    [InlineData(DevicePlan.Deleted, 0, false, null)]
    [InlineData(DevicePlan.Deleted, 5, false, null)]
    [InlineData((DevicePlan)99, 1, false, null)]
    [InlineData((DevicePlan)(-1), 1, false, null)]
    public void Decide_PlanAndViewers_SaysWhatFlows(DevicePlan plan, int viewers, bool upload, uint? flag) =>
        Assert.Equal(new UploadDecision(upload, flag), UploadPolicy.Decide(plan, viewers));
}
