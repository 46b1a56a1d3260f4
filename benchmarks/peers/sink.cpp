// A TLS sink on loopback: accepts any login, answers pings, throws media away.
//
//   sink CERTIFICATE KEY [raw|slow] prints "ready PORT"; one thread a connection; runs until it is ended
//
// With raw it only reads: for what speaks another protocol. With slow it has a small window and reads in jerks, so that its peer waits with every send.
#include <cstring>
#include <thread>
#include <vector>

#include "hedgw.pb.h"
#include "tls.h"

namespace {

constexpr uint32_t kLongestControl = 4096;  // longer packets are media
constexpr int kSlowWindow = 32 * 1024;
constexpr int kSlowPauseMicroseconds = 500;  // a TLS record of 16 KB: 30 MB/s at the most

void Send(SSL* tls, const hedgw::HEDGWMessage& message) {
  std::string packet(4, '\0');
  message.AppendToString(&packet);
  WriteBigEndian(static_cast<uint32_t>(packet.size() - 4), packet.data());
  SSL_write(tls, packet.data(), static_cast<int>(packet.size()));
}

void Answer(SSL* tls, const char* body, uint32_t length) {
  hedgw::HEDGWMessage message;
  if (!message.ParseFromArray(body, static_cast<int>(length))) {
    return;
  }
  hedgw::HEDGWMessage answer;
  if (message.message_type() == hedgw::HEDGWMessage::DevLoginReq) {
    answer.set_message_type(hedgw::HEDGWMessage::DevLoginResp);
    answer.mutable_dev_login_resp()->set_result(0);
    answer.mutable_dev_login_resp()->set_device_status(1);
    answer.mutable_dev_login_resp()->set_ping_pong_span(60);
  } else if (message.message_type() == hedgw::HEDGWMessage::PING) {
    answer.set_message_type(hedgw::HEDGWMessage::PONG);
    answer.mutable_pong()->set_id(message.ping().id());
  } else {
    return;
  }
  Send(tls, answer);
}

// Packets out of pieces: a short one is collected and looked at, a long one is skipped.
class Packets {
 public:
  void Take(SSL* tls, const char* bytes, size_t count) {
    while (count > 0) {
      if (skip_ > 0) {
        size_t skipped = std::min<size_t>(skip_, count);
        skip_ -= skipped;
        bytes += skipped;
        count -= skipped;
        continue;
      }
      collected_.push_back(*bytes++);
      count--;
      if (collected_.size() < 4) {
        continue;
      }
      uint32_t length = ReadBigEndian(reinterpret_cast<const unsigned char*>(collected_.data()));
      if (length > kLongestControl) {
        skip_ = length;
        collected_.clear();
        continue;
      }
      size_t wanted = std::min<size_t>(length + 4 - collected_.size(), count);
      collected_.insert(collected_.end(), bytes, bytes + wanted);
      bytes += wanted;
      count -= wanted;
      if (collected_.size() == length + 4) {
        Answer(tls, collected_.data() + 4, length);
        collected_.clear();
      }
    }
  }

 private:
  std::vector<char> collected_;
  size_t skip_ = 0;
};

void Serve(SSL_CTX* context, int socket, bool raw, bool slow) {
  SSL* tls = SSL_new(context);
  SSL_set_fd(tls, socket);
  if (SSL_accept(tls) == 1) {
    Packets packets;
    std::vector<char> buffer(16384);
    int count;
    while ((count = SSL_read(tls, buffer.data(), static_cast<int>(buffer.size()))) > 0) {
      if (!raw) {
        packets.Take(tls, buffer.data(), static_cast<size_t>(count));
      }
      if (slow) {
        usleep(kSlowPauseMicroseconds);
      }
    }
    SSL_shutdown(tls);
  }
  SSL_free(tls);
  close(socket);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "sink CERTIFICATE KEY [raw|slow]\n");
    return 2;
  }
  bool raw = argc > 3 && std::strcmp(argv[3], "raw") == 0;
  bool slow = argc > 3 && std::strcmp(argv[3], "slow") == 0;
  signal(SIGPIPE, SIG_IGN);
  SSL_CTX* context = NewContext(TLS_server_method());
  if (SSL_CTX_use_certificate_chain_file(context, argv[1]) != 1 || SSL_CTX_use_PrivateKey_file(context, argv[2], SSL_FILETYPE_PEM) != 1) {
    Fail("certificate");
  }
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (slow) {
    setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &kSlowWindow, sizeof kSlowWindow);  // its connections have the same
  }
  sockaddr_in address = Loopback(0);
  socklen_t length = sizeof address;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener, 1024) != 0 ||
      getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    Fail("listen");
  }
  std::printf("ready %d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  for (;;) {
    int socket = accept(listener, nullptr, nullptr);
    if (socket < 0) {
      Fail("accept");
    }
    std::thread(Serve, context, socket, raw, slow).detach();
  }
}
