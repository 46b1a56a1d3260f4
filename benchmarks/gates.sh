#!/usr/bin/env bash
# What the code must reach, as one table: ratios of times within this run, and bytes allocated. No absolute time decides. Exit code 1 when one is missed.
#
#   benchmarks/gates.sh [--no-build]      half a minute; --no-build after a build of the solution in Release
#
# A path that allocates nothing is held by a unit test, which fails by itself; its row is ok as long as that test stands.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
missed=0

row() { printf '%-54s %-9s %-18s %s\n' "$@"; }

# held MEASURE FILE TEST
held() {
  local ok=ok
  grep -q "void $3(" "tests/$2" || { ok="MISSED: no test $3 in tests/$2"; missed=1; }
  row "$1" "0 B" "by a test" "$ok"
}

row measure aim figure ""
dotnet run -c Release "$@" --project benchmarks/Andmu.Pipeline.Benchmarks -- --gates || missed=1
held "allocated: write media, Ping, Pong" Andmu.Pipeline.Protocol.Tests/AllocationTests.cs Write_MediaPingPong_AllocatesNothing
held "allocated: read media, Ping, Pong" Andmu.Pipeline.Protocol.Tests/AllocationTests.cs Read_MediaPingPong_AllocatesNothing
held "allocated: find NAL units" Andmu.Pipeline.Media.Tests/Bitstream/AnnexBReaderTests.cs TryRead_LargeUnit_DoesNotAllocate
held "allocated: access unit with parameter sets" Andmu.Pipeline.Media.Tests/AccessUnitTests.cs InspectAndWritePicture_SetsUnchanged_DoNotAllocate
held "allocated: A-law, both ways" Andmu.Pipeline.Media.Tests/Audio/ALawTests.cs SpanVersions_Pack_DoNotAllocate
held "allocated: TryWrite, key frames with sets" Andmu.Pipeline.Tests/Buffering/BufferAllocationTests.cs TryWrite_SteadyState_AllocatesNothing
held "allocated: TryWrite, refused" Andmu.Pipeline.Tests/Buffering/BufferAllocationTests.cs TryWrite_Refused_AllocatesNothing
held "allocated: cursor" Andmu.Pipeline.Tests/Buffering/BufferAllocationTests.cs TryRead_SteadyState_AllocatesNothing
held "allocated: drop, the buffer is full" Andmu.Pipeline.Tests/Buffering/BufferAllocationTests.cs TryRead_Overruns_AllocateNothing
held "allocated: drop, the decision" Andmu.Pipeline.Tests/Upload/GopDropPolicyTests.cs ShouldGiveUp_Always_AllocatesNothing
held "allocated: drop and go on, any sequence of steps" Andmu.Pipeline.Tests/Upload/UploadPropertyTests.cs Uplink_AnySequenceOfSteps_KeepsWhatMustHold
held "allocated: spool append" Andmu.Pipeline.Spool.Tests/Engine/AllocationTests.cs AppendAndCommit_SteadyState_AllocatesNothing
exit "$missed"
