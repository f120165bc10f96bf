// SPDX-License-Identifier: Apache-2.0
#include "promote/probe.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "promote/probe/probe_reply.hpp"
#include "promote/probe/probe_synthetic.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::size_t most_answer = 2048;
constexpr std::size_t most_text = 300;
constexpr std::size_t shortest_prefix = 7;

const Probe*
probe_of(std::string_view kind)
{
  const auto all = probes();
  const auto found = std::find_if(all.begin(), all.end(), [kind](const Probe* each) { return each->id == kind; });
  return found == all.end() ? nullptr : *found;
}

/// Without "sha256:", which an answer may leave out.
std::string
plain_version(std::string_view version)
{
  std::string lower = to_lower(trim(version));
  constexpr std::string_view algorithm = "sha256:";
  return lower.starts_with(algorithm) ? lower.substr(algorithm.size()) : lower;
}

/// A service may tell no more of a commit than people do.
bool
is_same_version(std::string_view answered, std::string_view expected)
{
  const std::string a = plain_version(answered);
  const std::string b = plain_version(expected);
  const bool is_hexadecimal = std::all_of(a.begin(), a.end(), [](char c) { return hex_value(c) >= 0; });
  return a == b || (is_hexadecimal && a.size() >= shortest_prefix && b.starts_with(a));
}

/// `each` is one of those that the sample was made of.
void
compare_version(Sample& sample, const Sample& each, const std::string& expected)
{
  if (expected.empty() || !each.version || sample.health == Health::unhealthy
      || is_same_version(*each.version, expected)) {
    return;
  }
  sample.version = each.version;
  sample.health = Health::unhealthy;
  sample.why = fmt::format("version {} answered, {} was promoted", *each.version, expected);
}

void
bound_texts(Sample& sample)
{
  sample.answer = ellipsis(sample.answer, most_answer);
  sample.why = sample.health == Health::healthy ? "" : ellipsis(printable(sample.why), most_text);
  if (sample.version) {
    sample.version = ellipsis(printable(*sample.version), most_text);
  }
}

}  // namespace

Sample
conclude(const ProbeSetting& setting, std::string_view name, std::span<const Reply> replies,
         const ProbeContext& context)
{
  const Probe* const probe = probe_of(setting.kind);
  std::vector<Sample> samples;
  for (const Reply& reply : replies) {
    Sample sample = probe->read(setting, reply, context);
    sample.answer = sample.answer.empty() ? reply.body.substr(0, 2 * most_answer) : sample.answer;
    samples.push_back(std::move(sample));
  }
  Sample sample = samples.size() == 1 ? samples.front() : of_many(samples, replies);
  for (const Sample& each : samples) {
    compare_version(sample, each, context.expected);
  }
  sample.probe = name;
  sample.at = sample.at == std::chrono::sys_seconds() ? context.now : sample.at;
  bound_texts(sample);
  return sample;
}

Sample
take(const ProbeSetting& setting, std::string_view name, const ProbeContext& context)
{
  if (const auto problem = problem_of(setting)) {
    Sample sample = sample_of(Health::cannot_observe, fmt::format("\"{}\" {}", problem->key, problem->what));
    sample.probe = name;
    sample.at = context.now;
    return sample;
  }
  return conclude(setting, name, probe_of(setting.kind)->look(setting, context), context);
}

bool
answers(net::HttpClient& http, const std::string& url, std::chrono::milliseconds timeout)
{
  const net::Attempt attempt = http.attempt({.url = url, .timeout = timeout, .max_redirects = 0});
  return attempt.response.has_value() || attempt.loss == net::Loss::too_long;
}

}  // namespace sluice::promote
