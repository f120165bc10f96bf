// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "base/text.hpp"
#include "promote/backup/postgres_address.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice::promote {

namespace {

constexpr int connection_failed = 2;  // psql(1), "Exit Status"

/// A look changes nothing, and must not go on in the server when nobody waits for it any more: the server ends it a
/// little earlier, and so says that it is there. Both are said of the one transaction, for behind a pooler the session
/// is others' too.
std::string
script_of(const ProbeSetting& setting)
{
  return fmt::format("begin read only;\nset local statement_timeout = {};\n{}\n;\ncommit;\n",
                     std::max<std::int64_t>(setting.timeout.count() / 10 * 9, 1), setting.query);
}

std::vector<Reply>
look(const ProbeSetting& setting, const ProbeContext& context)
{
  const Environment process = context.process == nullptr ? Environment() : *context.process;
  auto address = read_postgres_address(setting.database, "database", process);
  if (!address) {
    return {not_asked(address.error().message)};
  }
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(setting.timeout).count();
  address->parameters.try_emplace("connect_timeout", std::to_string(seconds));
  const Environment environment = connection_environment(*address, process);
  ProbeContext connected = context;
  connected.process = &environment;
  return {run(setting, connected,
              {.argv = {"psql", "-X", "-A", "-t", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-d", connection_words(*address),
                        "-f", "-"},
               .input = script_of(setting)})};
}

/// Why psql has no connection, by what libpq says in the C locale. A server that refuses is there.
net::Loss
loss_in(std::string_view complaint)
{
  struct Phrase
  {
    std::string_view text;
    net::Loss loss;
  };
  static constexpr std::array<Phrase, 10> phrases{{{"FATAL:", net::Loss::refused},
                                                   {"Connection refused", net::Loss::refused},
                                                   {"Is the server running", net::Loss::refused},
                                                   {"could not translate host name", net::Loss::unresolved},
                                                   {"timeout expired", net::Loss::timed_out},
                                                   {"Connection timed out", net::Loss::timed_out},
                                                   {"No route to host", net::Loss::unreachable},
                                                   {"Network is unreachable", net::Loss::unreachable},
                                                   {"closed the connection", net::Loss::broken},
                                                   {"certificate", net::Loss::untrusted}}};
  for (const Phrase& phrase : phrases) {
    if (complaint.find(phrase.text) != std::string_view::npos) {
      return phrase.loss;
    }
  }
  return net::Loss::unreachable;
}

Sample
read_value(std::string_view output)
{
  const auto lines = lines_of(output);
  const std::string_view line = lines.empty() ? std::string_view() : lines.front();
  const std::string_view first = trim(line.substr(0, line.find('|')));
  if (first.empty()) {
    return sample_of(Health::no_data, "the query has no value");
  }
  if (first == "t" || first == "true" || first == "f" || first == "false") {
    return first.front() == 't' ? sample_of(Health::healthy, "") : sample_of(Health::unhealthy, "the query says no");
  }
  const auto number = number_of<double>(first);
  if (!number || std::isnan(*number)) {
    return sample_of(Health::no_data, fmt::format("{} is neither a truth nor a number", ellipsis(first, 80)));
  }
  Sample sample = sample_of(Health::healthy, "");
  sample.value = number;
  sample.is_number_alone = true;
  return sample;
}

Sample
read(const ProbeSetting& /*setting*/, const Reply& reply, const ProbeContext& context)
{
  if (reply.loss) {
    return sample_of_loss(reply, context.observer);
  }
  if (reply.status == connection_failed) {
    return sample_of(health_of(loss_in(reply.error_output), context.observer), complaint_of(reply));
  }
  if (reply.status != 0) {
    return sample_of(Health::unhealthy, complaint_of(reply));
  }
  Sample sample = read_value(reply.body);
  sample.latency_ms = reply.latency_ms;
  return sample;
}

}  // namespace

extern const Probe probe_sql{
    .id = "sql",
    .title = "a query's answer",
    .doc = "Asks a PostgreSQL database, by `psql`, in a transaction that cannot write. The first value is a truth, "
           "false being unhealthy, or a number, which thresholds may judge; null, no row and any other text are no "
           "data. A server that refuses the connection or the query is unhealthy; of one that cannot be reached "
           "nothing is known.",
    .gives_value = true,
    .gives_latency = true,
    .look = look,
    .read = read};

}  // namespace sluice::promote
