// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace sluice::test {

/// An HTTP server on 127.0.0.1 for one test: every connection carries one request, which is recorded, and gets what
/// `reply` makes of it, byte for byte.
class LoopbackServer
{
public:
  struct Reply
  {
    std::string bytes;                   ///< all that is sent, status line and headers too
    std::chrono::milliseconds pause{0};  ///< before the last byte; cut short when the server goes
  };
  using Responder = std::function<Reply(const std::string& request, int number)>;

  explicit LoopbackServer(Responder reply);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  /// "http://127.0.0.1:12345" and the path; `host` may be another name of this machine.
  [[nodiscard]] std::string url(std::string_view path, std::string_view host = "127.0.0.1") const;
  [[nodiscard]] std::uint16_t
  port() const
  {
    return port_;
  }
  /// Requests so far, as they came.
  [[nodiscard]] std::vector<std::string> requests() const;

private:
  void serve();
  void converse(int connection);

  Responder reply_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ = false;
  std::vector<std::string> requests_;
  std::thread thread_;
};

/// "HTTP/1.1 200 OK" with the headers (each ending in CRLF) and Content-Length.
[[nodiscard]] LoopbackServer::Reply answer(std::string_view status, std::string_view body,
                                           std::string_view headers = {});

}  // namespace sluice::test
