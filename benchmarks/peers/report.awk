# The table of compare.sh: medians of the rounds, and medians of the ratios within each round.
function value(name, round, key,    line, file, found) {
  file = dir "/" name "." round ".json"
  found = "none"
  while ((getline line < file) > 0)
    if (line ~ "\"" key "\":") { sub(/.*: */, "", line); sub(/,.*/, "", line); found = line + 0 }
  close(file)
  return found
}

function median(values, count,    i, j, swap) {
  for (i = 2; i <= count; i++)
    for (j = i; j > 1 && values[j - 1] > values[j]; j--) { swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap }
  return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
}

function of(name, key, base,    round, count, values, v, b) {
  for (round = 1; round <= rounds; round++) {
    v = value(name, round, key)
    b = base == "" ? 1 : value(base, round, key)
    if (v == "none" || b == "none" || b == 0) return "-"
    values[++count] = v / b
  }
  return median(values, count)
}

function show(number, format) { return number == "-" ? "-" : sprintf(format, number) }

BEGIN {
  count = split(names, list, " ")
  print ""
  printf "%-10s %9s %8s %9s %10s | %19s | %18s\n", "", "CPU s/GB", "GB/s", "RSS MB", "alloc B", "CPU/reference", "CPU/ref-file"
  for (i = 1; i <= count; i++) {
    rss = of(list[i], "rss_kb", "")
    printf "%-10s %9s %8s %9s %10s | %19s | %18s\n", list[i], show(of(list[i], "cpu_s_per_gb", ""), "%.3f"), show(of(list[i], "gb_per_s", ""), "%.3f"),
      show(rss == "-" ? rss : rss / 1024, "%.1f"), show(of(list[i], "alloc_bytes", ""), "%d"),
      show(of(list[i], "cpu_s_per_gb", "reference"), "%.2f"), show(of(list[i], "cpu_s_per_gb", "ref-file"), "%.2f")
  }
}
