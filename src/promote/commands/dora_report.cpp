// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/dora_report.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "git/history.hpp"
#include "promote/dora.hpp"
#include "promote/time_words.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::promote {

namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr std::array<days, 2> spans{days(30), days(90)};

std::optional<std::vector<std::chrono::sys_seconds>>
times_between(const git::Repository& repository, const std::string& commit, const std::string& previous)
{
  const auto id = git::ObjectId::from_hex(commit);
  const auto before = git::ObjectId::from_hex(previous);
  if (!id || !repository.objects().contains(*id)) {
    return std::nullopt;
  }
  std::vector<git::Commit> commits;
  if (before) {
    std::vector<Gap> gaps;
    commits = git::commits_between(repository, std::span(&*id, 1), std::span(&*before, 1), gaps);
    if (!gaps.empty() || !repository.objects().contains(*before)) {
      return std::nullopt;
    }
  } else if (auto own = repository.commit(*id)) {
    commits.push_back(*std::move(own));
  }
  std::vector<std::chrono::sys_seconds> times;
  for (const git::Commit& each : commits) {
    times.emplace_back(seconds(each.commit_time));
  }
  return times;
}

Json
json_of(const Spread& spread)
{
  return Json{{"count", spread.count},
              {"median_seconds", spread.count == 0 ? Json() : Json(spread.median.count())},
              {"longest_seconds", spread.count == 0 ? Json() : Json(spread.longest.count())}};
}

Json
json_of(const Dora& dora)
{
  const auto rate = dora.failure_rate();
  Json lead = json_of(dora.lead);
  lead.at("unknown_deployments") = dora.lead_unknown;
  Json restore = json_of(dora.restore);
  restore.at("unrestored") = dora.unrestored;
  return Json{{"days", dora.span.count()},
              {"deployments", dora.deployments},
              {"deployment_frequency", Json{{"per_day", dora.per_day()}}},
              {"lead_time_for_changes", std::move(lead)},
              {"change_failure_rate", Json{{"failures", dora.failures}, {"rate", rate ? Json(*rate) : Json()}}},
              {"time_to_restore", std::move(restore)}};
}

std::string
text_of(const Spread& spread, std::string_view one, std::string_view many)
{
  if (spread.count == 0) {
    return "none";
  }
  return fmt::format("median {}, longest {}, of {}", shown_time(spread.median), shown_time(spread.longest),
                     counted(spread.count, one, many));
}

std::string
text_of(const Dora& dora)
{
  const auto rate = dora.failure_rate();
  std::string text = fmt::format("  last {} days\n", dora.span.count());
  text += fmt::format("    deployment frequency   {:.2f} a day, {}\n", dora.per_day(),
                      counted(dora.deployments, "deployment", "deployments"));
  text += fmt::format("    lead time for changes  {}{}\n", text_of(dora.lead, "commit", "commits"),
                      dora.lead_unknown == 0 ? std::string()
                                             : fmt::format("; of {} the commits are not all here (a shallow clone?)",
                                                           counted(dora.lead_unknown, "deployment", "deployments")));
  text += fmt::format("    change failure rate    {}\n",
                      rate ? fmt::format("{:.1f} %, {} of {}", *rate * 100, dora.failures, dora.deployments) : "none");
  text += fmt::format("    time to restore        {}{}\n", text_of(dora.restore, "failure", "failures"),
                      dora.unrestored == 0 ? std::string() : fmt::format("; {} not yet", dora.unrestored));
  return text;
}

}  // namespace

std::string
dora_report(const Session& session, const std::string& environment, std::string_view format)
{
  const CommitTimes times = [&session](const std::string& commit, const std::string& previous) {
    return times_between(session.repository(), commit, previous);
  };
  const auto now = session.clock.now();
  std::string text;
  Json environments = Json::object();
  for (const auto& [name, state] : session.ledger.state().environments) {
    const bool is_wanted = environment.empty() ? !state.promotions.empty() : name == environment;
    if (!is_wanted) {
      continue;
    }
    text += fmt::format("{}\n", printable(name));
    Json list = Json::array();
    for (const days span : spans) {
      const Dora dora = dora_of(state, now, span, times);
      text += text_of(dora);
      list.push_back(json_of(dora));
    }
    environments.at(name) = std::move(list);
  }
  if (format == "json") {
    return Json{{"until", rfc3339(now)}, {"environments", std::move(environments)}}.dump(2, JsonText::ascii) + "\n";
  }
  return text.empty() ? "nothing was promoted yet\n" : text;
}

}  // namespace sluice::promote
