# What the scripts of the benchmarks have in common. To be sourced at the root of the repository, with $out set: a directory, absolute.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
pids=()

stop_sinks() { [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true; }

# Builds the command ahead of time, unless the build of the last time is good enough for another round.
publish() {
  [ -z "${SKIP_PUBLISH:-}" ] || return 0
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

# start_sink NAME [raw|slow]: its port lands in the variable NAME.
start_sink() {
  "$out/sink" "$out/sink.pem" "$out/sink.key" "${2:-}" >"$out/$1.out" &
  pids+=($!)
  until grep -q ready "$out/$1.out"; do sleep 0.1; done
  printf -v "$1" '%s' "$(cut -d ' ' -f 2 "$out/$1.out")"
}
