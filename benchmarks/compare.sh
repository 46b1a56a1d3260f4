#!/usr/bin/env bash
# What sending costs: `andmu push --pace max` with either TLS library, beside a client in C++, and ffmpeg if it is there, all against one sink.
#
#   benchmarks/compare.sh [ROUNDS] [LOOPS]      default 5 rounds of 50 loops of a 40 MB clip (2 GB)
#
# CPU time is that of the client's process alone, of all its threads and in the kernel, after a tenth as warm-up (ffmpeg: of the whole run). The
# programs take turns, so that a busy machine is busy for all; figures are medians, and ratios are of one round, then their median.
#   reference   frames found beforehand and kept in memory: fill, serialise, SSL_write. Less work than push has
#   ref-file    the same, but it reads the file and cuts it into pictures, as push does: the like-for-like comparison
# Needs: protobuf-compiler libprotobuf-dev libssl-dev g++ openssl, and clang for the ahead-of-time build (without it: the framework's JIT).
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
loops=${2:-50}
out=${COMPARE_DIR:-benchmarks/peers/build}
mkdir -p "$out"
out=$(cd "$out" && pwd)
source benchmarks/peers/common.sh
trap 'stop_sinks' EXIT

push() { # TLS STATS
  "$out/andmu/andmu" push --input "$out/media.h264" --pace max --loop "$loops" --gateway "127.0.0.1:$port" --ca "$out/ca.pem" \
    --device-token token --unified-id 1 --tls "$1" --stats "$2"
}

run() { # NAME STATS
  case $1 in
    sslstream | openssl) push "$1" "$2" ;;
    reference) "$out/reference" "$port" "$out/ca.pem" "$out/media.h264" "$loops" "$2" ;;
    ref-file) "$out/reference" "$port" "$out/ca.pem" "$out/media.h264" "$loops" "$2" file ;;
    ffmpeg) for _ in $(seq "$loops"); do cat "$out/media.h264"; done | "$out/rusage" "$2" $((media_bytes * loops)) \
      ffmpeg -nostdin -v fatal -fflags +genpts -framerate 25 -f h264 -i pipe: -c copy -f mpegts "tls://127.0.0.1:$raw_port" ;;
  esac
}

# ffmpeg does not take every stream it is given; without one of the others there is nothing to compare.
drop() {
  echo "$1 failed:"
  tail -n 5 "$out/run.log"
  [ "$1" = ffmpeg ] || exit 1
  rm -f "$out/results/ffmpeg."*
}

rm -rf "$out/results"
mkdir -p "$out/results"
echo "Building ..."
benchmarks/peers/build.sh "$out"
publish
certificates 2>/dev/null
"$out/media" "$out/media.h264" 100 src/Andmu.Pipeline.Cli/Clip/clip.h264
media_bytes=$(stat -c %s "$out/media.h264")
start_sink port
start_sink raw_port raw
names=(reference ref-file sslstream openssl)
command -v ffmpeg >/dev/null && names+=(ffmpeg)

for round in $(seq "$rounds"); do
  for name in "${names[@]}"; do
    run "$name" "$out/results/$name.$round.json" >"$out/run.log" 2>&1 || drop "$name"
  done
  echo "round $round of $rounds"
done
awk -v rounds="$rounds" -v names="${names[*]}" -v dir="$out/results" -f benchmarks/peers/report.awk
