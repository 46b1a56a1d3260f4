using Andmu.Hedgw;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>What stays the same when a package is sent again: its numbers and times (specification 5.2.3 and 5.2.4).</summary>
internal readonly record struct PackageIdentity(uint SequenceNumber, uint StartTime, ulong DeviceTime)
{
    public static PackageIdentity Of(TDMediaPackage package) => new(package.SeqNum, package.StartTime, package.IpcamTime);
}
