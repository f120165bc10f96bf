// SPDX-License-Identifier: Apache-2.0
//
// Prometheus' HTTP API, "Instant queries": GET /api/v1/query, which Thanos, Mimir and VictoriaMetrics have too. What
// fails here is the watcher's eye and not the service.
#include "base/json.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "promote/json_members.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

#include <cmath>

namespace sluice::promote {

namespace {

constexpr std::string_view api = "/api/v1/query";

/// Everything but the unreserved characters of RFC 3986.
std::string
percent_encoded(std::string_view text)
{
  std::string encoded;
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || is_any_of(c, "-._~")) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::string
question(std::string url, std::string_view query)
{
  while (url.ends_with('/')) {
    url.pop_back();
  }
  url += url.ends_with(api) ? "" : api;
  return fmt::format("{}?query={}", url, percent_encoded(query));
}

std::vector<Reply>
look(const ProbeSetting& setting, const ProbeContext& context)
{
  auto url = expanded(setting.url, context);
  if (!url) {
    return {not_asked(url.error().message)};
  }
  return {ask(setting, context, {.url = question(*std::move(url), setting.query)})};
}

/// Of [time, "text"]: nothing if it is none, or no number.
std::optional<double>
number_in(const Json& pair)
{
  const std::string text = text_of(pair[std::size_t{1}]);
  const auto number = number_of<double>(std::string_view(text).substr(text.starts_with('+') ? 1 : 0));
  return number && !std::isnan(*number) ? number : std::nullopt;
}

void
keep_worst(std::optional<double>& worst, std::optional<double> number, Worst which)
{
  if (number && (!worst || (which == Worst::highest ? *number > *worst : *number < *worst))) {
    worst = number;
  }
}

Sample
read_data(const Json& data, Worst which)
{
  std::optional<double> worst;
  const Json& result = data["result"];
  const std::string type = text_of(data, "resultType");
  if (type != "scalar" && type != "vector") {
    return sample_of(Health::no_data, "the query's result is neither a vector nor a scalar");
  }
  if (type == "scalar") {
    keep_worst(worst, number_in(result), which);
  } else {
    for (const Json& series : result.items()) {
      keep_worst(worst, number_in(series["value"]), which);
    }
  }
  if (!worst) {
    return sample_of(Health::no_data, result.size() == 0 ? "the query has no series" : "the query has no number");
  }
  Sample sample = sample_of(Health::healthy, "");
  sample.value = worst;
  sample.is_number_alone = true;
  return sample;
}

Sample
read(const ProbeSetting& setting, const Reply& reply, const ProbeContext& /*context*/)
{
  if (reply.loss) {
    return sample_of(Health::cannot_observe, reply.why);
  }
  const auto json = Json::parse(reply.body, {.bytes = most_answered});
  const std::string status = json ? text_of(*json, "status") : "";
  if (status == "error") {
    return sample_of(Health::cannot_observe, fmt::format("the query failed: {}", text_of(*json, "error")));
  }
  if (reply.status != 200 || status != "success") {
    return sample_of(Health::cannot_observe, fmt::format("HTTP {}, and no answer of Prometheus", reply.status));
  }
  return read_data((*json)["data"], setting.worst);
}

}  // namespace

extern const Probe probe_prometheus{
    .id = "prometheus",
    .title = "a metric of Prometheus",
    .doc = "Asks a Prometheus for the value of a query now, which thresholds may judge. Of several series the highest "
           "counts, or with `worst: lowest` the lowest; those that are NaN do not, and where nothing is left it is no "
           "data. Infinity is a value. A Prometheus that does not answer, or not the query, says nothing of the "
           "service: it cannot be observed.",
    .gives_value = true,
    .is_number_alone = true,
    .look = look,
    .read = read};

}  // namespace sluice::promote
