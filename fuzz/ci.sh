#!/usr/bin/env bash
# Fuzzes every target for a while, two at a time: ci.sh [SECONDS_EACH]. One line a target; ends with 1 at a finding.
# Installs afl++ from Debian when it is missing (as root or with sudo). FUZZ_NO_BUILD=1 takes what is built.
set -uo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

if ! command -v afl-fuzz >/dev/null; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends afl++ >"$logs/apt.log" 2>&1 ||
    { tail -n 20 "$logs/apt.log"; echo "Could not install afl++: install it by hand and run this again."; exit 2; }
fi

export FUZZ_PRODUCT=.runs/product
./prepare.sh "$FUZZ_PRODUCT" || exit 1
ls Corpora | xargs -P 2 -I {} sh -c './run.sh {} '"$seconds"' >"'"$logs"'/{}.log" 2>&1 || touch "'"$logs"'/{}.failed"; cat "'"$logs"'/{}.log"'
failed=$(find "$logs" -name '*.failed' | wc -l)
echo "$(ls Corpora | wc -l) targets, $failed with findings"
[ "$failed" -eq 0 ]
