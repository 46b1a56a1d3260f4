// Test media: an Annex B stream with the sizes of a camera's 1080p, 25 pictures a GOP, an I of 60 KB and P of 14 KB. Slices hold noise, which nobody decodes.
//
//   media FILE GOPS PARAMETERS      PARAMETERS: a real stream, whose parameter sets are taken
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

namespace {

constexpr int kPicturesPerGop = 25;
constexpr size_t kIntraBytes = 60 * 1000;
constexpr size_t kInterBytes = 14 * 1000;
const std::string kStartCode("\0\0\0\1", 4);

// The units before the first slice, each behind a start code of four bytes.
std::string ParameterSets(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::string all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string short_code("\0\0\1", 3);
  std::string sets;
  for (size_t at = all.find(short_code); at != std::string::npos;) {
    size_t begin = at + 3;
    int type = all[begin] & 0x1F;
    at = all.find(short_code, begin);
    if (type == 5 || type == 1) {
      break;
    }
    if (type == 7 || type == 8) {
      size_t end = at;
      while (all[end - 1] == 0) {
        end--;
      }
      sets += kStartCode + all.substr(begin, end - begin);
    }
  }
  return sets;
}

// A slice that begins a picture (first_mb_in_slice 0) of the first parameter set, and then noise in which no start code can be.
std::string Slice(char header, size_t length, std::minstd_rand& random) {
  std::string slice = kStartCode + header + static_cast<char>(0x88) + static_cast<char>(0x84);
  while (slice.size() < length) {
    slice += static_cast<char>(random() % 255 + 1);
  }
  return slice;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "media FILE GOPS PARAMETERS\n");
    return 2;
  }
  std::minstd_rand random(1);
  std::string sets = ParameterSets(argv[3]);
  std::ofstream file(argv[1], std::ios::binary);
  for (int gop = 0; gop < std::atoi(argv[2]); gop++) {
    file << sets << Slice(0x65, kIntraBytes, random);
    for (int picture = 1; picture < kPicturesPerGop; picture++) {
      file << Slice(0x41, kInterBytes, random);
    }
  }
  return file.good() ? 0 : 1;
}
