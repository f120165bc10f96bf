// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

Result<>
check_server(std::string_view address)
{
  TRY_ASSIGN(const net::Url url, net::Url::parse(address));
  constexpr std::array<std::string_view, 3> of_this_machine{"localhost", "127.0.0.1", "[::1]"};
  const bool is_local = std::find(of_this_machine.begin(), of_this_machine.end(), url.host) != of_this_machine.end();
  if (url.scheme != "https" && !is_local) {
    return fail(ErrorKind::usage, "{}: advisories are fetched by https only", url.shown());
  }
  return {};
}

net::HttpRequest
request_to(const std::string& url, std::uint64_t max_bytes)
{
  net::HttpRequest request;
  request.url = url;
  request.timeout = std::chrono::minutes(5);
  request.max_bytes = max_bytes;
  const auto parsed = net::Url::parse(url);
  if (parsed && parsed->scheme != "https") {
    request.allowed_hosts = {fmt::format("{}:{}", parsed->host, parsed->port)};
  }
  return request;
}

Result<std::optional<std::string>>
page_of(net::HttpClient& http, const std::string& url, std::uint64_t max_bytes)
{
  TRY_ASSIGN(net::HttpResponse response, http.send(request_to(url, max_bytes)));
  if (response.status == 404) {
    return std::nullopt;
  }
  if (response.status != 200) {
    return fail(ErrorKind::unavailable, "{}: the server answered {}", url, response.status);
  }
  return std::move(response.body);
}

}  // namespace sluice::deps
