#!/usr/bin/env bash
# Builds libandmu.so and installs it: build.sh RID PREFIX, with RID linux-x64 or linux-arm64. Needs the .NET SDK, clang and zlib1g-dev;
# for arm64 on another machine gcc-aarch64-linux-gnu. Installs, below PREFIX:
#   include/andmu.h  lib/libandmu.so.1  lib/libandmu.so  lib/debug/libandmu.so.1.debug  lib/pkgconfig/andmu.pc  lib/cmake/andmu/
set -euo pipefail
rid=${1:?usage: build.sh RID PREFIX}
prefix=${2:?usage: build.sh RID PREFIX}
here=$(cd "$(dirname "$0")" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

case $rid in
  linux-x64) triplet=x86_64-linux-gnu ;;
  linux-arm64) triplet=aarch64-linux-gnu ;;
  *) echo "build.sh: $rid is neither linux-x64 nor linux-arm64" >&2; exit 2 ;;
esac

# Tools of the target where it is another machine's; a native one's have no prefix on some distributions.
tool() { if command -v "$triplet-$1" >/dev/null; then echo "$triplet-$1"; else echo "$1"; fi; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish "$here/Andmu.Pipeline.Native.csproj" -c Release -r "$rid" -o "$work" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
if grep -E 'warning (IL|AOT)' "$work/log" >&2; then exit 1; fi

mkdir -p "$prefix/include" "$prefix/lib/debug" "$prefix/lib/pkgconfig" "$prefix/lib/cmake/andmu"
prefix=$(cd "$prefix" && pwd)
"$(tool objcopy)" --only-keep-debug "$work/Andmu.Pipeline.Native.so" "$prefix/lib/debug/libandmu.so.1.debug"
"$(tool strip)" --strip-all -o "$work/libandmu.so.1" "$work/Andmu.Pipeline.Native.so"
(cd "$prefix/lib/debug" && "$(tool objcopy)" --add-gnu-debuglink=libandmu.so.1.debug "$work/libandmu.so.1")
install -m 755 "$work/libandmu.so.1" "$prefix/lib/libandmu.so.1"
ln -sf libandmu.so.1 "$prefix/lib/libandmu.so"
install -m 644 "$here/include/andmu.h" "$prefix/include/andmu.h"

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$here/../../Directory.Build.props")
sed -e "s|@PREFIX@|$prefix|" -e "s|@VERSION@|$version|" "$here/packaging/andmu.pc.in" >"$prefix/lib/pkgconfig/andmu.pc"
install -m 644 "$here/packaging/andmu-config.cmake" "$prefix/lib/cmake/andmu/andmu-config.cmake"
sed -e "s|@VERSION@|$version|" "$here/packaging/andmu-config-version.cmake.in" >"$prefix/lib/cmake/andmu/andmu-config-version.cmake"
echo "$prefix/lib/libandmu.so.1: $(stat -c %s "$prefix/lib/libandmu.so.1") bytes"
