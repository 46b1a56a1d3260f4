#!/usr/bin/env bash
# Runs every check of the repository: builds, tests, formatting, benchmarks (one dry round), gates of speed and memory, NativeAOT publish, and
# a minute of fuzzing for each target (FUZZ_SECONDS=0 leaves that out).
# Installs what it needs from Debian (as root or with sudo) and NuGet. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0
failed=0

say() { printf '\n== %s\n' "$*"; }

# check NAME COMMAND...: one check, counted; its output is shown only when it fails.
check() {
  local name=$1 log="$logs/check.log"
  shift
  say "$name"
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok"
  else
    failed=$((failed + 1))
    tail -n 60 "$log"
    echo "FAILED: $name"
  fi
}

install_missing() {
  local packages=()
  command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null || packages+=(ffmpeg)
  command -v clang >/dev/null || packages+=(clang)
  [ -e /usr/include/zlib.h ] || packages+=(zlib1g-dev)
  [ ${#packages[@]} -eq 0 ] && return 0
  say "Installing ${packages[*]}"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$logs/apt.log" 2>&1 ||
    { tail -n 20 "$logs/apt.log"; echo "Could not install ${packages[*]}: install them by hand and run this again."; exit 2; }
}

# The runner's own summary is the count: "  total: N", "  failed: N", "  succeeded: N".
run_tests() {
  say "Tests"
  dotnet test --solution Andmu.Pipeline.sln -c Release --no-build --no-progress 2>&1 | tee "$logs/tests.log"
  local ok bad
  ok=$(sed -n 's/^ *succeeded: *\([0-9]*\).*/\1/p' "$logs/tests.log" | tail -n 1)
  bad=$(sed -n 's/^ *failed: *\([0-9]*\).*/\1/p' "$logs/tests.log" | tail -n 1)
  passed=$((passed + ${ok:-0}))
  failed=$((failed + ${bad:-1}))
  # A test project that crashes reports no failed test, but an error.
  if grep -qE '^ *error: *[1-9]' "$logs/tests.log"; then failed=$((failed + 1)); fi
}

aot_publish() {
  dotnet publish src/Andmu.Pipeline.Cli -c Release -r "$(runtime_id)" -o "$logs/aot" >"$logs/aot.log" 2>&1 || { cat "$logs/aot.log"; return 1; }
  if grep -E 'warning (IL|AOT)' "$logs/aot.log"; then return 1; fi
  "$logs/aot/andmu" --help
}

# The C library, built once for the tests: for this machine, and for arm64 where the cross compiler and the emulator can be had.
build_native() {
  local folder="$logs/native"
  export ANDMU_NATIVE_PREFIX="$folder"
  check "C library for this machine" src/Andmu.Pipeline.Native/build.sh "$(runtime_id)" "$folder/$(runtime_id)"
  [ "$(runtime_id)" = linux-x64 ] || return 0
  if tests/native-prerequisites.sh "$logs/arm64" >"$logs/arm64.log" 2>&1; then
    export ANDMU_ARM64_LIBSSL="$logs/arm64/usr/lib/aarch64-linux-gnu"
    check "C library for arm64" src/Andmu.Pipeline.Native/build.sh linux-arm64 "$folder/linux-arm64"
  else
    tail -n 5 "$logs/arm64.log"
    echo "The tests of the C library on arm64 are skipped: what they need could not be installed."
  fi
}

runtime_id() { case $(uname -m) in aarch64) echo linux-arm64 ;; *) echo linux-x64 ;; esac; }

install_missing
check "Build (Release, warnings are errors)" dotnet build Andmu.Pipeline.sln -c Release
build_native
run_tests
check "Formatting" dotnet format Andmu.Pipeline.sln --verify-no-changes --no-restore
check "Benchmarks, one dry round" dotnet run -c Release --no-build --project benchmarks/Andmu.Pipeline.Benchmarks -- --job Dry --filter '*'
check "NativeAOT publish of the command line, without a trim or AOT warning" aot_publish
check "Demo, compiled ahead of time" "$logs/aot/andmu" demo --seconds 4 --out "$logs/demo"
check "Gates: ratios of times, bytes allocated" benchmarks/gates.sh --no-build
check "Gates: one stream and 50 devices in a process" benchmarks/scale-ci.sh "$logs/aot/andmu"
[ "${FUZZ_SECONDS:-60}" -eq 0 ] || FUZZ_NO_BUILD=1 check "Fuzzing" fuzz/ci.sh "${FUZZ_SECONDS:-60}"

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
