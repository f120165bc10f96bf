// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/server.hpp"

#include <fmt/format.h>

namespace sluice::deps {

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
