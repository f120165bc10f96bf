// SPDX-License-Identifier: Apache-2.0
#include "promote/announcing.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

constexpr std::size_t longest_answer = 100;

Result<net::HttpResponse>
sent(const PlatformCall& call, const net::HttpRequest& request)
{
  if (call.attempts == PlatformCall::Attempts::several) {
    return call.http.send(request);
  }
  net::Attempt attempt = call.http.attempt(request);
  return attempt.response ? Result<net::HttpResponse>(*std::move(attempt.response))
                          : fail(ErrorKind::unavailable, "{}", attempt.why);
}

}  // namespace

Result<>
post_announcement(const PlatformCall& call, const std::string& address, std::string_view content_type, std::string body)
{
  const auto url = net::Url::parse(address);
  if (!url) {
    return fail(ErrorKind::config, "the webhook's variable holds no http or https address");
  }
  const auto response = sent(call, {.method = "POST",
                                    .url = address,
                                    .headers = {{"Content-Type", std::string(content_type)}},
                                    .body = std::move(body),
                                    .timeout = call.patience,
                                    .max_bytes = 64U << 10U,
                                    .max_redirects = 0});
  if (!response) {
    // Its message has the path, by which alone anybody could write there.
    return fail(ErrorKind::unavailable, "{}: {}", url->host,
                replace_all(response.error().message, url->shown(), "its webhook"));
  }
  if (response->status < 200 || response->status > 299) {
    return fail(ErrorKind::environment, "{}: its webhook answered {} ({})", url->host, response->status,
                ellipsis(printable(response->body), longest_answer));
  }
  return {};
}

}  // namespace sluice::promote
