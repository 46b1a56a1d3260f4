#!/usr/bin/env bash
# What the SD card's journal writes a second, beside dd with the same rhythm: as many bytes between two fsyncs, on the same file system.
#
#   benchmarks/spool.sh [MB] [ROUNDS]      default 256 MB, 5 rounds
#
# A GOP is 2 s of 25 pictures of 15 KB: 750 KB, 3 Mbit/s. dd is one process that writes blocks of what a GOP takes on the card, each with O_SYNC,
# into one file; the journal also checks, wraps, and makes a new segment every 16 MiB. They take turns, so that a busy machine is busy for both.
# The ratio is of one round, dd's time by the journal's; then their median. The aim is 0.90. Files lie in SPOOL_DIR (default /tmp), and as
# many bytes in /dev/shm.
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-256}
rounds=${2:-5}
records=50
record_bytes=15000
gops=$((megabytes * 1000000 / (records * record_bytes)))
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d "${SPOOL_DIR:-/tmp}/andmu-spool-XXXXXX")
memory=$(mktemp -d /dev/shm/andmu-spool-XXXXXX)
trap 'rm -rf "$work" "$memory"' EXIT
dotnet build benchmarks/Andmu.Pipeline.Spool.Appender -c Release -v quiet -nologo >/dev/null
appender=benchmarks/Andmu.Pipeline.Spool.Appender/bin/Release/net10.0/Andmu.Pipeline.Spool.Appender

clean() {
  rm -rf "$work"/*
  sync -f "$work"
}

median() { sort -n | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

# blocks BYTES COUNT: seconds by dd's own clock. Its input lies in memory, as the journal's does.
blocks() {
  [ -e "$memory/input" ] || head -c $(($1 * $2)) /dev/urandom >"$memory/input"
  LC_ALL=C dd if="$memory/input" of="$work/dd" bs="$1" count="$2" oflag=sync 2>&1 | sed -n 's/.* copied, \([0-9.e-]*\) s,.*/\1/p'
}

for round in $(seq "$rounds"); do
  clean
  read -r bytes timed seconds < <("$appender" "$work/journal" "$gops" "$records" "$record_bytes")
  clean
  block=$(((bytes / timed + 4095) / 4096 * 4096))
  dd_seconds=$(blocks "$block" "$timed")
  awk -v r="$round" -v b="$bytes" -v j="$seconds" -v d="$dd_seconds" \
    'BEGIN { printf "round %d: journal %.1f MB/s, dd %.1f MB/s, ratio %.3f\n", r, b / j / 1e6, b / d / 1e6, d / j }' | tee -a "$memory/rounds"
done
printf 'median ratio %s\n' "$(sed 's/.*ratio //' "$memory/rounds" | median)"
