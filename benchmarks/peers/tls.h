// What both ends need of OpenSSL and sockets. Faults end the program: these are measuring instruments.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

// One suite for everybody, so that the same cipher is compared.
constexpr const char* kSuite = "ECDHE-ECDSA-AES128-GCM-SHA256";

[[noreturn]] inline void Fail(const char* what) {
  std::perror(what);
  ERR_print_errors_fp(stderr);
  std::exit(1);
}

inline SSL_CTX* NewContext(const SSL_METHOD* method) {
  SSL_CTX* context = SSL_CTX_new(method);
  if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION) != 1 || SSL_CTX_set_cipher_list(context, kSuite) != 1) {
    Fail("context");
  }
  return context;
}

inline sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

inline uint32_t ReadBigEndian(const unsigned char* bytes) {
  return uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 | bytes[3];
}

inline void WriteBigEndian(uint32_t value, char* bytes) {
  for (int i = 0; i < 4; i++) {
    bytes[i] = static_cast<char>(value >> (24 - 8 * i));
  }
}
