#!/usr/bin/env bash
# Builds the targets and puts a copy of them into a folder, the product's assemblies instrumented for afl-fuzz: prepare.sh FOLDER.
# The copy runs under afl-fuzz alone; what the build made stays as it is, to repeat findings with.
set -euo pipefail
cd "$(dirname "$0")"
folder=$1
build=Andmu.Pipeline.Fuzz/bin/Release/net10.0

[ -n "${FUZZ_NO_BUILD:-}" ] || dotnet build Andmu.Pipeline.Fuzz -c Release -v quiet --nologo
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
cp -r "$build" "$folder"
instrumented=()
for assembly in "$folder"/Andmu.Pipeline*.dll "$folder/andmu.dll"; do
  # Never the harness itself: it runs before afl-fuzz is there.
  [ "$(basename "$assembly")" = Andmu.Pipeline.Fuzz.dll ] || instrumented+=("$assembly")
done
dotnet "$build/Andmu.Pipeline.Fuzz.dll" --instrument "${instrumented[@]}"
