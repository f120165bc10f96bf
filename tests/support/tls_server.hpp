// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/path.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace sluice::test {

/// An https server on 127.0.0.1 that answers 200 to everything, by the program `openssl`, with a certificate of its
/// own.
class TlsServer
{
public:
  struct Certificate
  {
    std::string names = "DNS:localhost,IP:127.0.0.1";
    int days = 30;  ///< from today
  };

  /// Nothing, and the reason, if this machine has no program for it.
  static std::optional<TlsServer> start(const Certificate& certificate, std::string& reason);
  TlsServer(TlsServer&& other) noexcept;
  TlsServer& operator=(TlsServer&&) = delete;
  ~TlsServer();

  [[nodiscard]] std::string url(std::string_view path, std::string_view host = "localhost") const;
  [[nodiscard]] std::uint16_t
  port() const
  {
    return port_;
  }
  /// The certificate, which is its own authority.
  [[nodiscard]] std::string ca_file() const;

private:
  explicit TlsServer(TemporaryDirectory directory)
      : directory_(std::move(directory))
  {}
  [[nodiscard]] std::string make_certificate(const Certificate& certificate) const;
  [[nodiscard]] bool listen();

  TemporaryDirectory directory_;
  pid_t child_ = 0;
  int output_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace sluice::test
