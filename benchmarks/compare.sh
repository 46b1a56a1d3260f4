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
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir -p "$out"
out=$(cd "$out" && pwd)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT

publish() {
  local native=(-r linux-x64)
  [ "$(uname -m)" = aarch64 ] && native=(-r linux-arm64)
  command -v clang >/dev/null || native=(-p:PublishAot=false --self-contained false)
  dotnet publish src/Andmu.Pipeline.Cli -c Release "${native[@]}" -o "$out/andmu" >"$out/publish.log" 2>&1 || { tail -n 20 "$out/publish.log"; exit 1; }
}

certificates() {
  local curve=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
  openssl req -x509 "${curve[@]}" -days 2 -keyout "$out/ca.key" -out "$out/ca.pem" -subj "/CN=Benchmark CA"
  openssl req "${curve[@]}" -keyout "$out/sink.key" -out "$out/sink.csr" -subj "/CN=localhost"
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' >"$out/sink.ext"
  openssl x509 -req -in "$out/sink.csr" -CA "$out/ca.pem" -CAkey "$out/ca.key" -CAcreateserial -days 2 -out "$out/sink.pem" -extfile "$out/sink.ext"
}

# start_sink NAME [raw]: its port lands in the variable NAME.
start_sink() {
  "$out/sink" "$out/sink.pem" "$out/sink.key" "${2:-}" >"$out/$1.out" &
  pids+=($!)
  until grep -q ready "$out/$1.out"; do sleep 0.1; done
  printf -v "$1" '%s' "$(cut -d ' ' -f 2 "$out/$1.out")"
}

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
[ "${SKIP_PUBLISH:-}" ] || publish # the build of the last time is good enough for another round
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
