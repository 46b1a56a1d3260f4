// Runs a program and writes what it cost, in the names of push --stats: for programs that do not tell it themselves.
//
//   rusage STATS BYTES COMMAND...      BYTES: how much media it sends
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "rusage STATS BYTES COMMAND...\n");
    return 2;
  }
  auto start = std::chrono::steady_clock::now();
  pid_t child = fork();
  if (child == 0) {
    execvp(argv[3], argv + 3);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) {
    std::perror("rusage");
    return 1;
  }
  double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  auto seconds = [](timeval t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  double cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  double gigabytes = std::atof(argv[2]) / 1e9;
  FILE* file = std::fopen(argv[1], "w");
  if (file == nullptr) {
    std::perror(argv[1]);
    return 1;
  }
  std::fprintf(file, "{\n  \"cpu_s\": %.6f,\n  \"wall_s\": %.6f,\n  \"rss_kb\": %ld,\n  \"gb_per_s\": %.6f,\n  \"cpu_s_per_gb\": %.6f\n}\n",
               cpu, wall, usage.ru_maxrss, gigabytes / wall, cpu / gigabytes);
  std::fclose(file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
