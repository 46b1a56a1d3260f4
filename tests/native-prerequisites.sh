#!/usr/bin/env bash
# Installs what tests/Andmu.Pipeline.Native.Tests needs from Debian (as root or with sudo): compilers, valgrind, the cross compiler for arm64, an
# emulator for it, and its libssl, which is unpacked into the folder that is given and not installed. What is missing is told by skipped tests.
# Usage: native-prerequisites.sh FOLDER; then run the tests with ANDMU_ARM64_LIBSSL=FOLDER/usr/lib/aarch64-linux-gnu
set -euo pipefail
folder=${1:?usage: native-prerequisites.sh FOLDER}
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)

packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
need clang clang
need gcc gcc
need g++ g++
need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
need qemu-aarch64-static qemu-user-static
need valgrind valgrind
[ -e /usr/include/zlib.h ] || packages+=(zlib1g-dev)
[ -e /usr/aarch64-linux-gnu/include/stdio.h ] || packages+=(libc6-dev-arm64-cross)
if [ ${#packages[@]} -gt 0 ]; then
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

# The foreign architecture is there for one download alone.
if [ "$(dpkg --print-architecture)" != arm64 ] && [ ! -e "$folder/usr/lib/aarch64-linux-gnu/libssl.so.3" ]; then
  mkdir -p "$folder"
  known=$(dpkg --print-foreign-architectures)
  "${as_root[@]}" dpkg --add-architecture arm64
  "${as_root[@]}" apt-get update -qq
  (cd "$folder" && apt-get download -qq libssl3:arm64 && dpkg-deb -x libssl3_*_arm64.deb . && rm libssl3_*_arm64.deb)
  grep -qx arm64 <<<"$known" || "${as_root[@]}" dpkg --remove-architecture arm64
fi
