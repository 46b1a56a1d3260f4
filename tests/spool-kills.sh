#!/usr/bin/env bash
# Kills a process that writes the SD card's journal so many times with SIGKILL, at seeded moments, and checks after each ten that no record that it
# was told is kept is missing. The test suite does the same a thousand times.
#
#   tests/spool-kills.sh [KILLS]      default 10,000
#
# The journals lie under TMPDIR (default /tmp).
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 ANDMU_SPOOL_KILLS=${1:-10000}
dotnet build tests/Andmu.Pipeline.Spool.Tests -c Release -v quiet
tests/Andmu.Pipeline.Spool.Tests/bin/Release/net10.0/Andmu.Pipeline.Spool.Tests \
  -class Andmu.Pipeline.Spool.Tests.Crash.KillTests -showLiveOutput -noColor
