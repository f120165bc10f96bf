// SPDX-License-Identifier: Apache-2.0
//
// A platform on this machine, as tests of platforms ask it.
#pragma once

#include "base/json.hpp"
#include "base/text.hpp"
#include "promote/platform.hpp"
#include "support/loopback_server.hpp"

#include <doctest/doctest.h>

namespace sluice::promote {

inline const std::string commit_a(40, 'a');
inline const std::string entry_e(40, 'e');
inline const std::string entry_f(40, 'f');

/// A request as it came: "POST /repos/o/n/deployments", its headers and its body.
struct SeenRequest
{
  std::string line, head;
  Json body;
};

inline SeenRequest
seen_request(const std::string& bytes)
{
  SeenRequest request;
  const std::size_t end = bytes.find("\r\n\r\n");
  request.head = bytes.substr(0, end);
  request.line = request.head.substr(0, request.head.find(" HTTP/1.1"));
  const auto parsed = Json::parse(bytes.substr(end + 4));
  request.body = parsed ? *parsed : Json();
  return request;
}

/// Answers requests in their order, the last answer again and again, and notes what was waited for.
class PlatformCase
{
public:
  using Reply = test::LoopbackServer::Reply;

  PlatformCase(std::vector<Reply> replies, Environment process)
      : server_([replies = std::move(replies)](const std::string& /*request*/, int number) {
          return replies.at(std::min(static_cast<std::size_t>(number), replies.size()) - 1);
        }),
        process_(std::move(process))
  {}

  [[nodiscard]] PlatformCall
  call()
  {
    return {client_, process_, [this](std::chrono::milliseconds time) { waits.push_back(time); },
            std::chrono::seconds(1)};
  }
  void
  set(std::string_view name, std::string value)
  {
    process_.insert_or_assign(std::string(name), std::move(value));
  }
  void
  unset(std::string_view name)
  {
    process_.erase(std::string(name));
  }
  [[nodiscard]] std::string
  url(std::string_view path = "") const
  {
    return server_.url(path);
  }
  [[nodiscard]] std::vector<SeenRequest>
  requests() const
  {
    std::vector<SeenRequest> all;
    for (const std::string& bytes : server_.requests()) {
      all.push_back(seen_request(bytes));
    }
    return all;
  }
  [[nodiscard]] std::vector<std::string>
  lines() const
  {
    std::vector<std::string> all;
    for (const SeenRequest& request : requests()) {
      all.push_back(request.line);
    }
    return all;
  }

  std::vector<std::chrono::milliseconds> waits;

private:
  test::LoopbackServer server_;
  Environment process_;
  net::HttpClient client_{
      net::HttpSettings{.sleep = [this](std::chrono::milliseconds time) { waits.push_back(time); }}};
};

inline PlatformCase::Reply
lost()
{
  return {};
}

inline DeploymentRecord
record_a()
{
  return {.promotion = entry_e,
          .number = 12,
          .environment = "production",
          .commit = commit_a,
          .ledger = entry_f,
          .description = "Sluice, ledger entry 12",
          .reach = DeploymentRecord::Reach::production};
}

template<typename T>
const Error&
error_of(const Result<T>& result)
{
  REQUIRE_FALSE(result);
  return result.error();
}

inline bool
holds(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

}  // namespace sluice::promote
