// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "config/values.hpp"
#include "promote/json_members.hpp"
#include "promote/probe/probe_contract.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::sys_seconds;

constexpr std::uint64_t most_bytes{16U << 20U};
constexpr std::chrono::seconds clock_difference{60};  ///< of the machine that pushes to ours

std::vector<Reply>
look(const ProbeSetting& setting, const ProbeContext& context)
{
  auto text = read_file(context.directory / setting.file, most_bytes);
  return {text ? Reply{.body = std::move(*text)} : not_asked(text.error().message)};
}

/// A list, or an object a line. A last line that is not ended is being written, and not there yet.
Result<std::vector<Json>>
objects_in(std::string_view text)
{
  std::vector<Json> objects;
  if (trim(text).starts_with('[')) {
    TRY_ASSIGN(const Json list, Json::parse(text, {.bytes = most_bytes}));
    objects.assign(list.items().begin(), list.items().end());
    return objects;
  }
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (trim(lines[i]).empty()) {
      continue;
    }
    auto object = Json::parse(lines[i], {.bytes = most_answered});
    if (!object && i + 1 == lines.size() && !text.ends_with('\n')) {
      break;
    }
    if (!object) {
      return fail(ErrorKind::input, "line {} is not JSON", i + 1);
    }
    objects.push_back(std::move(*object));
  }
  return objects;
}

/// What the file has of the time since the deployment, by time.
std::vector<Sample>
samples_of(const std::vector<Json>& objects, const ProbeSetting& setting, const ProbeContext& context)
{
  std::vector<Sample> samples;
  for (const Json& object : objects) {
    const auto at = time_of(object, "at");
    if (!at || *at < context.deployed_at || *at > context.now + clock_difference) {
      continue;
    }
    ContractReading reading = read_contract(object, setting.version_path);
    samples.push_back(reading.says_something ? std::move(reading.sample)
                                             : sample_of(Health::no_data, "a sample says nothing of a service"));
    samples.back().at = *at;
    samples.back().answer = object.dump();
  }
  std::stable_sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.at < b.at; });
  return samples;
}

void
add(std::optional<std::uint64_t>& sum, const std::optional<std::uint64_t>& more)
{
  if (more) {
    const std::uint64_t all = sum.value_or(0) + *more;
    sum = std::max(all, *more);  // of a file that lies about 2^64 requests
  }
}

/// The newest, and what the others that are new had of requests and ills.
///
/// A look that finds nothing new is not one that saw nothing: who pushes a sample a minute says with each how the
/// service is until the next, and a good release would stay inconclusive for want of three samples of four. Nor is it a
/// new look: one bad sample would be a row of them, and its requests would be counted four times. So the last one is
/// told again as it was, so that people see what is known, and whoever concludes leaves it out (series_in). Once it is
/// older than `max_age` nothing is known.
Sample
summed(const std::vector<Sample>& samples, std::optional<sys_seconds> since)
{
  Sample sum = samples.back();
  if (since && sum.at <= *since) {
    sum.is_repeated = true;
    return sum;
  }
  sum.requests.reset();
  sum.errors.reset();
  for (const Sample& each : samples) {
    if (since && each.at <= *since) {
      continue;
    }
    add(sum.requests, each.requests);
    add(sum.errors, each.errors);
    if (each.health > sum.health) {
      sum.health = each.health;
      sum.why = each.why;
    }
  }
  if (sum.requests && sum.errors) {
    sum.errors = std::min(*sum.errors, *sum.requests);  // of samples that have one number alone
  }
  return sum;
}

Sample
read(const ProbeSetting& setting, const Reply& reply, const ProbeContext& context)
{
  if (reply.loss) {
    return sample_of(Health::no_data, reply.why);
  }
  const auto objects = objects_in(reply.body);
  if (!objects) {
    return sample_of(Health::no_data, objects.error().message);
  }
  const std::vector<Sample> samples = samples_of(*objects, setting, context);
  if (samples.empty()) {
    return sample_of(Health::no_data, "there is no sample since the deployment");
  }
  if (context.now - samples.back().at > setting.max_age) {
    return sample_of(Health::no_data,
                     fmt::format("the newest sample is of {}, and older than {}", rfc3339(samples.back().at),
                                 config::spelled_duration(setting.max_age)));
  }
  return summed(samples, context.since);
}

}  // namespace

extern const Probe probe_samples{
    .id = "samples",
    .title = "samples that something else took",
    .doc = "Reads a file of samples that something else writes where the service can be seen from: JSON objects of the "
           "health contract, in a list or a line each, with `at`, the time of RFC 3339. What is from before the "
           "deployment, from the future or without a time does not count. What was pushed since the look before is one "
           "sample, with the sum of its requests; where nothing was, the last one is told again and counts once. A "
           "file that is missing, damaged, or without "
           "a sample of the last `max_age` is no data.",
    .gives_value = true,
    .gives_latency = true,
    .look = look,
    .read = read};

}  // namespace sluice::promote
