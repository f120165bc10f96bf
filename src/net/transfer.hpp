// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_client.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice::net {

/// One request to one address, without redirects and repetitions.
struct Exchange
{
  std::string method;
  Url url;
  std::vector<Header> headers;
  std::string body;
  std::chrono::milliseconds timeout{};
  std::uint64_t max_bytes = 0;
  HttpRequest::Effect effect = HttpRequest::Effect::by_method;
  /// Fresh: not one that is open already, and to addresses that were asked for anew.
  enum class Connection { pooled, fresh } connection = Connection::pooled;
};

enum class Outcome {
  answered,
  lost,     ///< no connection, no complete answer: another attempt may succeed
  refused,  ///< too long, not to be verified: another attempt would not
};

struct Delivery
{
  Outcome outcome = Outcome::lost;
  HttpResponse response;                                          ///< if answered
  std::string why;                                                ///< if not
  Loss loss = Loss::ours;                                         ///< if not
  std::optional<std::chrono::sys_seconds> certificate_ends = {};  ///< of a fresh https connection, if it is trusted
};

struct Curl;

/// libcurl's handle, kept for its open connections.
class Transfer
{
public:
  explicit Transfer(const HttpSettings& settings);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  [[nodiscard]] Delivery perform(const Exchange& exchange);

private:
  const HttpSettings& settings_;
  const Curl* curl_ = nullptr;  ///< null: nothing was sent yet
  void* handle_ = nullptr;
};

}  // namespace sluice::net
