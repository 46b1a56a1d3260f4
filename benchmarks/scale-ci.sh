#!/usr/bin/env bash
# The gates of scale, against a gateway on the same machine. No absolute time in them, so that a busy machine passes, too:
#   - one stream as fast as it goes, 400,000 access units in steady state: the whole process allocates no more than a byte for each, whether the platform
#     reads at once or slower than the stream. What threads and pools take once is in it, some 100 KB, whence the number
#   - 50 cameras of 25 pictures a second for some seconds: all online, nothing lost
#   - 220 of 5 a second: all online, nothing lost, and what a further one takes in memory beyond its buffer, with either TLS library
#
#   benchmarks/scale-ci.sh ANDMU        ANDMU: the command, compiled ahead of time
#
# Needs ffmpeg. Takes a minute.
set -euo pipefail
cd "$(dirname "$0")/.."
andmu=$(realpath "$1")
work=$(mktemp -d)
gateway=
trap '[ -z "$gateway" ] || kill "$gateway" 2>/dev/null || true; rm -rf "$work"' EXIT
loops=900 # of 500 pictures: without the first tenth, which is warm-up, 405,000
most_bytes=1
few=20
many=220
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
  for _ in $(seq 600); do grep -qs '^ready' "$work/$1.out" && break; sleep 0.1; done
  hedgw=$(sed -n 's/^ready hedgw=\([^ ]*\).*/\1/p' "$work/$1.out")
}

stop() {
  kill "$gateway" # SIGTERM: SIGINT is ignored by what a script starts in the background
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

load() { # DEVICES TLS: beside 1 device more or less a collection of garbage shows, so the least of two runs counts
  local json=$work/$2.$1.json best=
  for _ in 1 2; do
    "$andmu" load --devices "$1" --seconds 1 --fps 5 --kbps 200 --gateway "$hedgw" --ca "$work/many/ca.pem" --tls "$2" --quiet --json "$json" \
      >"$work/load.out" 2>&1 || { tail -n 3 "$work/load.out"; failed=1; }
    gate "dropped by $1 devices, $2" "$(value dropped "$json")" 0 frames
    local beyond=$(($(value rss_kb "$json") - $(value buffers_kb "$json")))
    [ -n "$best" ] && [ "$best" -le "$beyond" ] || best=$beyond
  done
  least=$best
}

# many_devices TLS KILOBYTES
many_devices() {
  load "$few" "$1"
  local first=$least
  load "$many" "$1"
  gate "memory of a further device beyond its buffer, $1" "$(((least - first) / (many - few)))" "$2" KB
}

ffmpeg -nostdin -v error -f lavfi -i testsrc2=size=160x90:rate=25 -t 20 -c:v libx264 -preset ultrafast -b:v 60k -g 50 -bf 0 -f h264 "$work/small.h264"
one_stream fast
one_stream slow --throttle 200000
start many
"$andmu" load --devices 50 --seconds 3 --kbps 500 --gateway "$hedgw" --ca "$work/many/ca.pem" --quiet --json "$work/50.json" >"$work/load.out" 2>&1 ||
  { tail -n 3 "$work/load.out"; failed=1; }
gate "dropped by 50 devices at 25 a second" "$(value dropped "$work/50.json")" 0 frames
many_devices openssl 80    # 50 at 1,000 devices: here what pools keep once is in it
many_devices sslstream 160 # of which 90 are OpenSSL's under SslStream: context, buffers of two records, certificates
stop many
exit "$failed"
