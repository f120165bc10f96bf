// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/probe/probe_contract.hpp"
#include "promote/probe/probe_path.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Whether what was lost waited long enough to have failed, and was not cut short by the end of the sample's time.
bool
was_given_time(const Reply& reply, milliseconds timeout)
{
  return reply.loss != net::Loss::timed_out || reply.latency_ms.value_or(0) * 2 >= static_cast<double>(timeout.count());
}

/// Where a redirect may be what is wanted, it is the answer.
bool
wants_redirect(const ProbeSetting& setting)
{
  return std::ranges::any_of(setting.status, [](const std::string& pattern) { return pattern.starts_with('3'); });
}

std::vector<Reply>
look(const ProbeSetting& setting, const ProbeContext& context)
{
  const auto url = expanded(setting.url, context);
  if (!url) {
    return {not_asked(url.error().message)};
  }
  const auto end = steady_clock::now() + setting.timeout;
  net::HttpRequest request{.method = setting.method, .url = *url};
  if (wants_redirect(setting)) {
    request.max_redirects = 0;
  }
  std::vector<Reply> replies;
  ProbeSetting rest = setting;
  while (replies.size() < static_cast<std::size_t>(setting.requests) && rest.timeout > milliseconds(0)) {
    Reply reply = ask(rest, context, request);
    if (replies.empty() || was_given_time(reply, setting.timeout)) {
      replies.push_back(std::move(reply));
    }
    rest.timeout = duration_cast<milliseconds>(end - steady_clock::now());
  }
  return replies;
}

bool
matches_status(std::string_view pattern, std::string_view status)
{
  return pattern == status || (pattern.substr(1) == "xx" && pattern[0] == status[0]);
}

bool
is_expected_status(const ProbeSetting& setting, int status)
{
  const std::string text = std::to_string(status);
  if (setting.status.empty()) {
    return status / 100 == 2;
  }
  return std::any_of(setting.status.begin(), setting.status.end(),
                     [&](const std::string& pattern) { return matches_status(pattern, text); });
}

std::string
departure_of_json(const ProbeSetting& setting, const Result<Json>& json)
{
  for (const auto& [path, expected] : setting.json) {
    const auto steps = parse_path(path);
    const Json* const value = json && steps ? value_at(*json, *steps) : nullptr;
    if (value == nullptr) {
      return json ? fmt::format("the answer has no {}", path) : "the answer is not JSON";
    }
    if (plain_text(*value) != expected) {
      return fmt::format("{} is {}, not {}", path, plain_text(*value), expected);
    }
  }
  return {};
}

std::string
departure(const ProbeSetting& setting, const Reply& reply, const Result<Json>& json)
{
  if (!is_expected_status(setting, reply.status)) {
    return fmt::format("HTTP {}", reply.status);
  }
  std::string why = departure_of_headers(setting, reply);
  return why.empty() ? departure_of_json(setting, json) : why;
}

/// What the body says; a text that is no JSON and does not claim to be says nothing.
Sample
read_body(const ProbeSetting& setting, const Reply& reply, const Result<Json>& json)
{
  if (json) {
    return read_contract(*json, setting.version_path).sample;
  }
  const bool claims_json = header_of(reply, "content-type").value_or("").find("json") != std::string_view::npos;
  return claims_json && !trim(reply.body).empty()
             ? sample_of(Health::no_data, "the answer says that it is JSON, and is none")
             : sample_of(Health::healthy, "");
}

Sample
read(const ProbeSetting& setting, const Reply& reply, const ProbeContext& context)
{
  if (reply.loss) {
    return sample_of_loss(reply, context.observer);
  }
  const auto json = Json::parse(reply.body, {.bytes = most_answered});
  Sample sample = read_body(setting, reply, json);
  sample.latency_ms = reply.latency_ms;
  sample.is_number_alone = false;  // its status said something too
  if (std::string why = departure(setting, reply, json); !why.empty()) {
    sample.health = Health::unhealthy;
    sample.why = sample.why.empty() ? std::move(why) : fmt::format("{}: {}", why, sample.why);
  }
  return sample;
}

}  // namespace

extern const Probe probe_http{
    .id = "http",
    .title = "an answer by HTTP",
    .doc = "Asks an address. A status of those that are expected is healthy unless the answer is JSON that says "
           "otherwise: `status`, `version` and `checks` of the health contract are understood. `json` and `headers` "
           "say what else the answer must have. Redirects are followed on the same host, unless `status` names one. "
           "With `requests` a sample is that many requests, one after the other "
           "and each on a connection of its own.",
    .gives_value = true,
    .gives_latency = true,
    .look = look,
    .read = read};

}  // namespace sluice::promote
