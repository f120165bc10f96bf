// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/probe/probe_browser_headers.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

std::vector<Reply>
look(const ProbeSetting& setting, const ProbeContext& context)
{
  auto url = expanded(setting.url, context);
  if (!url) {
    return {not_asked(url.error().message)};
  }
  return {ask(setting, context, {.url = *std::move(url)})};
}

std::vector<std::string>
departures_from_presets(const ProbeSetting& setting, const Reply& reply)
{
  const bool is_default = setting.presets.empty() && setting.headers.empty();
  const std::vector<std::string> all(EnumNames<HeaderPreset>::names.begin(), EnumNames<HeaderPreset>::names.end());
  std::vector<std::string> departures;
  for (const std::string& name : is_default ? all : setting.presets) {
    const auto preset = from_name<HeaderPreset>(name);
    if (std::string why = preset ? departure_from_preset(*preset, reply.headers) : name + " is no preset";
        !why.empty()) {
      departures.push_back(std::move(why));
    }
  }
  return departures;
}

/// The names and values, for a record; of a page nobody needs the text here.
std::string
listing(const Reply& reply)
{
  std::string text;
  for (const net::Header& header : reply.headers) {
    // A cookie is somebody's session.
    text += header.name == "set-cookie" ? "" : fmt::format("{}: {}\n", header.name, header.value);
  }
  return text;
}

Sample
judge(const ProbeSetting& setting, const Reply& reply)
{
  if (reply.status >= 400) {
    return sample_of(Health::unhealthy, fmt::format("HTTP {}", reply.status));
  }
  if (std::string why = departure_of_headers(setting, reply); !why.empty()) {
    return sample_of(Health::unhealthy, std::move(why));
  }
  const std::vector<std::string> departures = departures_from_presets(setting, reply);
  return departures.empty() ? sample_of(Health::healthy, "") : sample_of(Health::degraded, join(departures, "; "));
}

Sample
read(const ProbeSetting& setting, const Reply& reply, const ProbeContext& context)
{
  if (reply.loss) {
    return sample_of_loss(reply, context.observer);
  }
  Sample sample = judge(setting, reply);
  sample.latency_ms = reply.latency_ms;
  sample.answer = listing(reply);
  return sample;
}

}  // namespace

extern const Probe probe_headers{
    .id = "headers",
    .title = "headers for the safety of browsers",
    .doc = "Asks an address for its headers. `presets` say what browsers need to protect people: a "
           "Content-Security-Policy without inline scripts, Strict-Transport-Security of 180 days, nosniff, who may "
           "frame the page, a Referrer-Policy; what of these is missing is degraded, for the page works. A header of "
           "`headers` that is missing or otherwise is unhealthy, and so is an error.",
    .gives_latency = true,
    .look = look,
    .read = read};

}  // namespace sluice::promote
