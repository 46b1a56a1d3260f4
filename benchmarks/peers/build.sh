#!/usr/bin/env bash
# Builds the peers into the directory given (default: build). Debian's packages: protobuf-compiler libprotobuf-dev libssl-dev g++.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/build}
for tool in protoc g++; do
  command -v "$tool" >/dev/null || { echo "Install protobuf-compiler libprotobuf-dev libssl-dev g++." >&2; exit 2; }
done
mkdir -p "$out"
protoc -I "$here/../../protos" --cpp_out="$out" hedgw.proto
compile() { g++ -std=c++17 -O2 -Wall -Wextra -I "$out" -I "$here" "$@" -lprotobuf-lite -lssl -lcrypto -pthread; }
compile "$here/sink.cpp" "$out/hedgw.pb.cc" -o "$out/sink"
compile "$here/reference.cpp" "$out/hedgw.pb.cc" -o "$out/reference"
g++ -std=c++17 -O2 -Wall -Wextra "$here/media.cpp" -o "$out/media"
g++ -std=c++17 -O2 -Wall -Wextra "$here/rusage.cpp" -o "$out/rusage"
