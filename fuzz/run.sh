#!/usr/bin/env bash
# Fuzzes one target: run.sh TARGET SECONDS [SEED]. The same seed makes the same choices, as far as timing lets it.
# Ends with 1 at a finding, and says how to repeat it. Needs afl-fuzz (Debian: afl++). Results: fuzz/.runs/TARGET.
# FUZZ_PRODUCT: a folder that prepare.sh made, to spare the build.
set -euo pipefail
cd "$(dirname "$0")"

[ $# -ge 2 ] || { echo "Usage: run.sh TARGET SECONDS [SEED]" >&2; exit 2; }
target=$1 seconds=$2 seed=${3:-1}
[ -d "Corpora/$target" ] || { echo "There is no target $target: run.sh knows $(ls Corpora | tr '\n' ' ')" >&2; exit 2; }
command -v afl-fuzz >/dev/null || { echo "afl-fuzz is missing: apt-get install afl++" >&2; exit 2; }

product=${FUZZ_PRODUCT:-}
if [ -z "$product" ]; then
  product=.runs/product
  ./prepare.sh "$product"
fi

run=.runs/$target
rm -rf "$run"
mkdir -p "$run"
# Targets that read files do so in memory: afl-fuzz ends them without a word, so that what they leave is removed here.
TMPDIR=$(mktemp -d -p "$([ -d /dev/shm ] && echo /dev/shm || echo /tmp)" andmu-fuzz.XXXXXX)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
dictionary=()
[ -e "Dictionaries/$target.dict" ] && dictionary=(-x "Dictionaries/$target.dict")

# The targets run in afl-fuzz's one child: an exception is a crash and the child goes on, an input that takes 10 s ends the run, and is the one that stands in .cur_input.
# So long because a loaded machine stops a process for seconds; the slowest input of the corpora takes some milliseconds.
export AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_SKIP_BIN_CHECK=1 AFL_NO_AFFINITY=1
afl-fuzz -i "Corpora/$target" -o "$run/out" -m none -t 10000 -V "$seconds" -s "$seed" "${dictionary[@]}" \
  -- dotnet "$product/Andmu.Pipeline.Fuzz.dll" "$target" >"$run/afl.log" 2>&1 || {
  tail -n 30 "$run/afl.log"
  echo "afl-fuzz ended on $target. If an input hangs it is this one:"
  echo "  dotnet run -c Release --project fuzz/Andmu.Pipeline.Fuzz -- $target fuzz/$run/out/default/.cur_input"
  exit 1
}

stat() { sed -n "s/^$1 *: *//p" "$run/out/default/fuzzer_stats"; }
printf '%-20s %9s execs, %6.0f/s, %5s paths, %4s edges, stability %s, %s crashes\n' \
  "$target" "$(stat execs_done)" "$(stat execs_per_sec)" "$(stat corpus_count)" "$(stat edges_found)" "$(stat stability)" "$(stat saved_crashes)"

if [ "$(stat saved_crashes)" != 0 ]; then
  echo "Findings of $target; repeat one with"
  for file in "$run"/out/default/crashes/id*; do
    echo "  dotnet run -c Release --project fuzz/Andmu.Pipeline.Fuzz -- $target 'fuzz/$file'"
  done
  exit 1
fi
