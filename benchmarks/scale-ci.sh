#!/usr/bin/env bash
# The gates of scale, against a gateway on the same machine. No absolute time in them, so that a busy machine passes, too:
#   - one stream as fast as it goes, 100,000 access units in steady state: the whole process allocates no more than a byte for each, whether the platform
#     reads at once or slower than the stream
#   - 50 cameras for some seconds: all online, nothing lost, and no more than 64 KB of memory each beyond its buffer
#
#   benchmarks/scale-ci.sh ANDMU        ANDMU: the command, compiled ahead of time
#
# Needs ffmpeg. Takes half a minute.
set -euo pipefail
cd "$(dirname "$0")/.."
andmu=$(realpath "$1")
work=$(mktemp -d)
gateway=
trap '[ -z "$gateway" ] || kill "$gateway" 2>/dev/null || true; rm -rf "$work"' EXIT
loops=225 # of 500 pictures: without the first tenth, which is warm-up, 101,250
most_bytes=1
most_kilobytes=64
failed=0

value() { sed -n "s/^ *\"$1\": *\([-0-9.]*\),\{0,1\}$/\1/p" "$2"; }

# gate NAME VALUE MOST UNIT
gate() {
  if awk "BEGIN { exit !($2 <= $3) }"; then
    echo "ok      $1: $2 $4 (at most $3)"
  else
    echo "FAILED  $1: $2 $4 (at most $3)"
    failed=1
  fi
}

# start NAME [OPTIONS]: a gateway with data of its own.
start() {
  "$andmu" gateway --data "$work/$1" --hedgw-port 0 --openapi-port 0 "${@:2}" >"$work/$1.out" 2>&1 &
  gateway=$!
  for _ in $(seq 600); do grep -q '^ready' "$work/$1.out" && break; sleep 0.1; done
  hedgw=$(sed -n 's/^ready hedgw=\([^ ]*\).*/\1/p' "$work/$1.out")
}

stop() {
  kill -INT "$gateway"
  wait "$gateway" || true
  gateway=
  rm -rf "${work:?}/$1"
}

one_stream() { # NAME [GATEWAY OPTIONS]
  start "$@"
  "$andmu" push --input "$work/small.h264" --pace max --loop "$loops" --gateway "$hedgw" --ca "$work/$1/ca.pem" --stats "$work/$1.json" --drain 120 \
    >"$work/push.out" 2>&1 || { tail -n 3 "$work/push.out"; failed=1; }
  stop "$1"
  gate "allocated by the whole process, $1 receiver" "$(awk "BEGIN { print $(value alloc_bytes "$work/$1.json") / ($(value frames "$work/$1.json") * 0.9) }")" \
    "$most_bytes" "bytes an access unit"
}

many_devices() {
  start many
  "$andmu" load --devices 50 --seconds 5 --kbps 500 --buffer 20 --gateway "$hedgw" --ca "$work/many/ca.pem" --quiet --json "$work/many.json" \
    >"$work/load.out" 2>&1 || { tail -n 3 "$work/load.out"; failed=1; }
  stop many
  gate "dropped by 50 devices" "$(value dropped "$work/many.json")" 0 frames
  gate "memory of a device beyond its buffer" "$(value kb_per_device "$work/many.json")" "$most_kilobytes" KB
}

ffmpeg -nostdin -v error -f lavfi -i testsrc2=size=320x180:rate=25 -t 20 -c:v libx264 -preset ultrafast -b:v 200k -g 50 -bf 0 -f h264 "$work/small.h264"
one_stream fast
one_stream slow --throttle 100000
many_devices
exit "$failed"
