// The client to compare with: what one writes first in C++. Fill the message, serialise it, SSL_write; blocking, one thread.
//
//   reference PORT CA MEDIA LOOPS STATS [file]
//
// Frames lie in memory and are found beforehand: only sending is measured, which is less than what `andmu push` has to do. With "file" the file
// is read and cut into pictures while it is sent, as push does. STATS has the same names as push --stats.
#include <sys/resource.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <string_view>
#include <vector>

#include "hedgw.pb.h"
#include "tls.h"

namespace {

constexpr double kWarmUp = 0.1;

struct Reading {
  double cpu = 0;
  double wall = 0;
  uint64_t bytes = 0;
};

Reading Now(uint64_t bytes) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](timeval t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  double wall = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime), wall, bytes};
}

class Client {
 public:
  Client(int port, const char* ca) {
    SSL_CTX* context = NewContext(TLS_client_method());
    if (SSL_CTX_load_verify_locations(context, ca, nullptr) != 1) {
      Fail("ca");
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = Loopback(port);
    int on = 1;
    if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0) {
      Fail("connect");
    }
    tls_ = SSL_new(context);
    SSL_set_fd(tls_, socket);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls_), "127.0.0.1");
    if (SSL_connect(tls_) != 1) {
      Fail("handshake");
    }
  }

  void Send(const hedgw::HEDGWMessage& message) {
    packet_.assign(4, '\0');
    message.AppendToString(&packet_);
    WriteBigEndian(static_cast<uint32_t>(packet_.size() - 4), packet_.data());
    if (SSL_write(tls_, packet_.data(), static_cast<int>(packet_.size())) <= 0) {
      Fail("write");
    }
  }

  hedgw::HEDGWMessage Receive() {
    std::string prefix = Read(4);
    std::string body = Read(ReadBigEndian(reinterpret_cast<const unsigned char*>(prefix.data())));
    hedgw::HEDGWMessage message;
    if (!message.ParseFromString(body)) {
      Fail("parse");
    }
    return message;
  }

 private:
  std::string Read(size_t length) {
    std::string bytes(length, '\0');
    for (size_t at = 0; at < length;) {
      int count = SSL_read(tls_, bytes.data() + at, static_cast<int>(length - at));
      if (count <= 0) {
        Fail("read");
      }
      at += static_cast<size_t>(count);
    }
    return bytes;
  }

  SSL* tls_;
  std::string packet_;
};

void LogIn(Client& client) {
  hedgw::HEDGWMessage message;
  message.set_message_type(hedgw::HEDGWMessage::DevLoginReq);
  hedgw::DevLoginReq* login = message.mutable_dev_login_req();
  login->set_access_key("key");
  login->set_access_secret("secret");
  login->set_user_name("13800000000");
  login->set_device_token("token");
  login->set_unified_id("1");
  login->set_device_mac("2059a074e0bc");
  login->set_channel_id(0);
  login->set_video_width(1920);
  login->set_video_height(1080);
  login->set_audio_type(2);
  login->set_audio_khz(8);
  login->set_audio_channel(1);
  client.Send(message);
  if (client.Receive().dev_login_resp().result() != 0) {
    Fail("login");
  }
}

// All that was sent has been read once the Pong is there.
void AwaitDelivery(Client& client) {
  hedgw::HEDGWMessage ping;
  ping.set_message_type(hedgw::HEDGWMessage::PING);
  ping.mutable_ping()->set_id(1);
  client.Send(ping);
  client.Receive();
}

void SendFrame(Client& client, std::string_view data, uint32_t number) {
  bool key = (data[4] & 0x1F) == 5;  // after the start code: nal_unit_type, ITU-T H.264 7.4.1
  bool parameters = (data[4] & 0x1F) >= 7;
  hedgw::HEDGWMessage message;
  message.set_message_type(hedgw::HEDGWMessage::TDMediaPackage);
  hedgw::TDMediaPackage* media = message.mutable_td_media_package();
  media->set_package_type(parameters ? 3 : 2);
  media->set_sync(key ? 1 : 0);
  media->set_data(data.data(), data.size());
  media->set_data_size(static_cast<uint32_t>(data.size()));
  media->set_start_time(number * 40);
  media->set_seq_num(number);
  client.Send(message);
}

// Gives each NAL unit with its start code (0 0 0 1) as it comes out of the file. The parameter sets of the test media are one unit each.
template <typename Sink>
void ReadFrames(const char* path, Sink sink) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> chunk(65536);
  std::string pending;
  const std::string_view start_code("\0\0\0\1", 4);
  size_t searched = 4;
  while (file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())), file.gcount() > 0) {
    pending.append(chunk.data(), static_cast<size_t>(file.gcount()));
    size_t begin = 0;
    for (;;) {
      const void* found = searched + 4 > pending.size() ? nullptr
          : memmem(pending.data() + searched, pending.size() - searched, start_code.data(), start_code.size());
      if (found == nullptr) {
        break;
      }
      size_t end = static_cast<size_t>(static_cast<const char*>(found) - pending.data());
      sink(std::string_view(pending).substr(begin, end - begin));
      begin = end;
      searched = end + 4;
    }
    pending.erase(0, begin);
    searched = std::max<size_t>(4, pending.size() >= 3 ? pending.size() - 3 : 0);
  }
  if (!pending.empty()) {
    sink(std::string_view(pending));
  }
}

void WriteStatistics(const char* path, Reading begin, Reading warm, Reading end) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  double gigabytes = static_cast<double>(end.bytes - warm.bytes) / 1e9;
  FILE* file = std::fopen(path, "w");
  if (file == nullptr) {
    Fail(path);
  }
  std::fprintf(file, "{\n  \"bytes\": %llu,\n  \"cpu_s\": %.6f,\n  \"wall_s\": %.6f,\n  \"rss_kb\": %ld,\n  \"gb_per_s\": %.6f,\n  \"cpu_s_per_gb\": %.6f\n}\n",
               static_cast<unsigned long long>(end.bytes), end.cpu - begin.cpu, end.wall - begin.wall, usage.ru_maxrss,
               gigabytes / (end.wall - warm.wall), (end.cpu - warm.cpu) / gigabytes);
  std::fclose(file);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fprintf(stderr, "reference PORT CA MEDIA LOOPS STATS [file]\n");
    return 2;
  }
  bool from_file = argc > 6 && std::strcmp(argv[6], "file") == 0;
  const char* media = argv[3];
  int loops = std::atoi(argv[4]);
  std::vector<std::string> frames;
  if (!from_file) {
    ReadFrames(media, [&](std::string_view frame) { frames.emplace_back(frame); });
  }
  Client client(std::atoi(argv[1]), argv[2]);
  LogIn(client);

  uint32_t number = 0;
  uint64_t bytes = 0;
  auto send = [&](std::string_view frame) {
    SendFrame(client, frame, number++);
    bytes += frame.size();
  };
  Reading begin = Now(0);
  Reading warm = begin;
  bool is_warm = false;
  for (int loop = 0; loop < loops; loop++) {
    if (!is_warm && loop >= loops * kWarmUp) {
      warm = Now(bytes);
      is_warm = true;
    }
    if (from_file) {
      ReadFrames(media, send);
    } else {
      for (const std::string& frame : frames) {
        send(frame);
      }
    }
  }
  AwaitDelivery(client);
  WriteStatistics(argv[5], begin, warm, Now(bytes));
  return 0;
}
