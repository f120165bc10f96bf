// SPDX-License-Identifier: Apache-2.0
#include "promote/platform/platform_http.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "net/url.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::promote {

namespace {

using std::chrono::seconds;

constexpr seconds longest_wait{30};
constexpr std::size_t longest_message = 300;
constexpr std::size_t longest_description = 140;
constexpr std::uint64_t most_bytes = 8U << 20U;

/// How long the platform wants us to wait before the same is asked again; nothing: it would not help. A 429 is the
/// client's to repeat, and GitHub's secondary limits are 403 (docs.github.com, "Rate limits for the REST API").
std::optional<seconds>
asked_to_wait(const net::HttpResponse& response)
{
  if (response.status != 403) {
    return std::nullopt;
  }
  const auto wait = number_of<std::uint32_t>(response.header("retry-after"));
  return wait && seconds(*wait) <= longest_wait ? std::optional(seconds(*wait)) : std::nullopt;
}

Json
json_in(const net::HttpResponse& response)
{
  auto parsed = Json::parse(response.body, {.bytes = most_bytes, .duplicates = JsonLimits::Duplicates::last_wins});
  return parsed ? *std::move(parsed) : Json();
}

/// What a member holds, of whatever shape: GitLab answers texts, lists and objects of lists.
void
collect_texts(const Json& json, std::vector<std::string>& texts)
{
  constexpr std::size_t enough = 4;
  if (const std::string* text = json.text(); text != nullptr && texts.size() < enough) {
    texts.push_back(*text);
  }
  for (const Json& item : json.items()) {
    collect_texts(item, texts);
  }
  for (const Json::Member& member : json.members()) {
    collect_texts(member.value, texts);
  }
}

}  // namespace

std::string
uri_encoded(std::string_view text)
{
  std::string out;
  for (const char c : text) {
    const bool is_unreserved = is_letter(c) || is_digit(c) || is_any_of(c, "-._~");
    out += is_unreserved ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string
ApiAnswer::message() const
{
  std::vector<std::string> texts;
  collect_texts(body["message"], texts);
  collect_texts(body["error"], texts);
  for (const Json& error : body["errors"].items()) {
    collect_texts(error.is_object() ? error["message"] : error, texts);
  }
  return ellipsis(printable(join(texts, "; ")), longest_message);
}

Result<Api>
Api::at(std::string_view title, std::string_view root, std::vector<net::Header> headers)
{
  while (root.ends_with('/')) {
    root.remove_suffix(1);
  }
  const auto url = net::Url::parse(root);
  if (!url) {
    return fail(ErrorKind::config, "{}: the address of its API is no http or https address", title);
  }
  Api api;
  api.title_ = title;
  api.root_ = root;
  api.host_ = fmt::format("{}:{}", url->host, url->port);
  api.headers_ = std::move(headers);
  return api;
}

Result<ApiAnswer>
Api::ask(const PlatformCall& call, const ApiQuestion& question) const
{
  net::HttpRequest request{.method = question.method,
                           .url = root_ + question.path,
                           .headers = headers_,
                           .timeout = call.patience,
                           .max_bytes = most_bytes,
                           .allowed_hosts = {host_}};
  request.effect = question.is_harmless ? net::HttpRequest::Effect::none : net::HttpRequest::Effect::by_method;
  if (!question.body.is_null()) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = question.body.dump();
  }
  constexpr int most_attempts = 3;
  for (int attempt = 1;; ++attempt) {
    auto response = call.http.send(request);
    if (!response) {
      return fail(ErrorKind::unavailable, "{}: {}", title_, response.error().message);
    }
    const auto wait = asked_to_wait(*response);
    if (!wait || attempt == most_attempts) {
      ApiAnswer answer{*std::move(response), {}};
      answer.body = json_in(answer.response);
      return answer;
    }
    call.sleep(*wait);
  }
}

Failure
Api::refusal(const ApiAnswer& answer, std::string_view what, std::string_view permission) const
{
  const std::string said = answer.message();
  const std::string detail = fmt::format("{}{}{}", answer.status(), said.empty() ? "" : ": ", said);
  const bool is_used_up =
      answer.response.header("x-ratelimit-remaining") == "0" || answer.response.header("ratelimit-remaining") == "0";
  switch (answer.status()) {
  case 401:
    return fail(ErrorKind::environment, "{}: {}: it does not take the token ({})", title_, what, detail);
  case 403:
    if (is_used_up || !answer.response.header("retry-after").empty()) {
      return fail(ErrorKind::environment, "{}: {}: its rate limit is used up ({})", title_, what, detail);
    }
    [[fallthrough]];
  case 404:
    return fail(ErrorKind::environment, "{}: {}: the token may not, or it is not there ({}); the token needs {}",
                title_, what, detail, permission);
  default:
    return fail(ErrorKind::environment, "{}: {}: it answered {}", title_, what, detail);
  }
}

std::string
short_description(std::string_view text)
{
  return ellipsis(printable(text), longest_description);
}

}  // namespace sluice::promote
