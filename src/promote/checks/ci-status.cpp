// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/ci_status.hpp"
#include "promote/gate_asking.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

std::string
names_of(const std::vector<CiCheck>& checks, CiCheck::State state)
{
  constexpr std::size_t most = 5;
  std::vector<std::string> names;
  for (const CiCheck& check : checks) {
    if (check.state == state) {
      names.push_back(ellipsis(printable(check.name), 80));
    }
  }
  const std::size_t more = names.size() - std::min(most, names.size());
  names.resize(names.size() - more);
  return join(names, ", ") + (more > 0 ? fmt::format(" and {} more", more) : "");
}

Ruling
conclude(const Situation& situation, const std::vector<CiCheck>& checks)
{
  if (checks.empty()) {
    return {.answer = Answer::no,
            .why = fmt::format("no check of the platform has looked at {}", situation.commit),
            .fix = "Run the pipeline for the commit"};
  }
  if (const auto failed = names_of(checks, CiCheck::State::failed); !failed.empty()) {
    return {.answer = Answer::no, .why = fmt::format("failed: {}", failed), .fix = "Mend them, or run them again"};
  }
  if (const auto pending = names_of(checks, CiCheck::State::pending); !pending.empty()) {
    return {.answer = Answer::wait, .why = fmt::format("not done: {}", pending)};
  }
  return {.why = fmt::format("{} passed", counted(checks.size(), "check", "checks"))};
}

Ruling
ask(const Situation& situation, const Gate& /*gate*/)
{
  const gate::Services& services = situation.input.services;
  if (services.http == nullptr || services.process == nullptr) {
    return {.answer = Answer::unavailable, .why = "the platform cannot be asked from here"};
  }
  const auto checks = ci_checks(*services.http, *services.process, situation.commit);
  if (!checks) {
    return {.answer = Answer::unavailable, .why = ellipsis(printable(checks.error().message), 300)};
  }
  return conclude(situation, *checks);
}

std::vector<Ruling>
judge(const Situation& situation)
{
  return of_gates(
      situation, [](const Gate& gate) { return gate.ci; }, ask);
}

}  // namespace

extern const Check check_ci_status{
    .id = "ci-status",
    .topic = Topic::evidence,
    .title = "passed by the platform's checks",
    .doc = "A gate with `ci: true` asks GitHub or GitLab for what its checks said of the commit. All must have passed, "
           "but for the job that asks; a commit that nothing has checked has not passed.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
