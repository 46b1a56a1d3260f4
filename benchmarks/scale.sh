#!/usr/bin/env bash
# What hundreds of cameras in one process cost: `andmu load` with 10, 100, 300, 500 and 1,000 devices of 25 pictures a second and 2 Mbit/s, against a
# plain TLS sink on the same machine.
#
#   benchmarks/scale.sh [SECONDS] [DEVICES ...]      default 20 s each of 10 100 300 500 1000
#
# One line for each number of devices; all of `andmu load`'s process alone but for the processors in use, which the sink shares:
#   us/frame    CPU time of all threads and in the kernel, the making of the load included, and its ratio to that of the first line
#   KB/device   memory of a further device beyond its buffer: against the first line
#   delay       from the encoder's write until the network has taken the picture; late: what the load itself was behind its timetable at the most
#   machine     processors in use by everybody (of so many), and the load average when it ended: above the number of processors others were at work, too
# Environment: TLS=openssl for the other library; SCALE_DIR for where everything goes; SKIP_PUBLISH=1 takes the build of the last time.
# Needs: protobuf-compiler libprotobuf-dev libssl-dev g++ openssl clang.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-20}
shift || true
[ $# -gt 0 ] || set -- 10 100 300 500 1000
out=${SCALE_DIR:-benchmarks/peers/build}
mkdir -p "$out"
out=$(cd "$out" && pwd)
source benchmarks/peers/common.sh
trap 'stop_sinks' EXIT
ulimit -n "$(ulimit -H -n)"

idle() { awk '/^cpu / { print $5 + $6; exit }' /proc/stat; } # in 1/100 s, of all processors

value() { sed -n "s/^ *\"$1\": *\([-0-9.]*\),\{0,1\}$/\1/p" "$2"; }

echo "Building ..."
benchmarks/peers/build.sh "$out"
publish
certificates 2>/dev/null
start_sink port
printf '%8s %9s %9s %6s %10s %9s %9s %9s %9s %9s %7s %7s %14s\n' devices frames/s us/frame ratio KB/device p50/ms p99/ms p99.9/ms max/ms late/ms dropped online 'machine'
base_us=
for devices in "$@"; do
  json=$out/scale.$devices.json
  idle_before=$(idle)
  began=$EPOCHREALTIME
  "$out/andmu/andmu" load --devices "$devices" --fps 25 --kbps 2000 --seconds "$seconds" --gateway "127.0.0.1:$port" --ca "$out/ca.pem" \
    --device-token token --tls "${TLS:-sslstream}" --connect-timeout 300 --json "$json" --quiet >"$out/scale.$devices.out" 2>&1 ||
    tail -n 1 "$out/scale.$devices.out" >&2
  [ -s "$json" ] || exit 1
  awk -v idle="$(($(idle) - idle_before))" -v wall="$(awk "BEGIN { print $EPOCHREALTIME - $began }")" -v cpus="$(nproc)" -v load="$(cut -d ' ' -f 1 /proc/loadavg)" \
    -v devices="$devices" -v fps="$(value frames_per_s "$json")" -v us="$(value cpu_us_per_frame "$json")" -v base_us="$base_us" \
    -v kb="$(value rss_kb "$json")" -v buffers="$(value buffers_kb "$json")" -v base="${base:-}" \
    -v p50="$(value p50 "$json")" -v p99="$(value p99 "$json")" -v p999="$(value p999 "$json")" -v max="$(value max "$json")" \
    -v late="$(value encoder_late_ms_max "$json")" -v dropped="$(value dropped "$json")" -v online="$(value online "$json")" 'BEGIN {
      if (split(base, first, " ") == 2) further = sprintf("%.1f", (kb - buffers - first[2]) / (devices - first[1])); else further = "-"
      printf "%8d %9.0f %9.1f %6s %10s %9.2f %9.2f %9.2f %9.1f %9.1f %7d %7d %4.1f of %d, %.0f\n", devices, fps, us, base_us == "" ? "-" : sprintf("%.2f", us / base_us),
        further, p50, p99, p999, max, late, dropped, online, cpus - idle / 100 / wall, cpus, load
    }'
  base_us=${base_us:-$(value cpu_us_per_frame "$json")}
  base=${base:-"$devices $(($(value rss_kb "$json") - $(value buffers_kb "$json")))"}
done
