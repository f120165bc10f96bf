// SPDX-License-Identifier: Apache-2.0
//
// What is done to the database: which migrations it has, and the hook that gives it more.
#include "base/text.hpp"
#include "promote/engine/execution.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::size_t most_migrations = 20'000;

/// Whether nobody knows what the database has after the promotion: a run died in the hook that changes it, somebody
/// gave up meanwhile or found it done, or a backup was brought back.
bool
has_lost_count(const Promotion& promotion)
{
  const Step* migrate = promotion.step("migrate");
  const bool is_unknown =
      migrate != nullptr && !migrate->body["applied"].is_array() && !migrate->body["found"].is_array();
  return is_unknown || promotion.step("restore") != nullptr;
}

/// The migrations that the database had when the newest promotion that changed them told of them, or that a person has
/// found there since and lets pass; nothing if that is not known.
std::optional<std::vector<std::string>>
expected_migrations(const State& ledger, const Promotion& now)
{
  const EnvironmentState& here = ledger.of(now.environment);
  for (auto each = here.promotions.rbegin(); each != here.promotions.rend(); ++each) {
    const Step* step = each->step("migrate");
    if (each->id == now.id) {
      continue;
    }
    if (here.believed_migrations.is_array() && here.believed_at > each->number
        && (step == nullptr || here.believed_at > step->number)) {
      return texts_of(here.believed_migrations);
    }
    if (has_lost_count(*each) || ledger.accepted_at > each->number) {
      return std::nullopt;
    }
    if (step != nullptr && step->body["applied"].is_array()) {
      return texts_of(step->body["applied"]);
    }
  }
  return std::nullopt;
}

/// The first that only one of the two has.
std::string
difference(const std::vector<std::string>& expected, const std::vector<std::string>& actual)
{
  for (const std::string& each : expected) {
    if (std::find(actual.begin(), actual.end(), each) == actual.end()) {
      return fmt::format("{} is not applied, and the ledger says that it was", printable(each));
    }
  }
  for (const std::string& each : actual) {
    if (std::find(expected.begin(), expected.end(), each) == expected.end()) {
      return fmt::format("{} is applied, and no promotion did it", printable(each));
    }
  }
  return "they were applied in another order";
}

}  // namespace

Result<std::vector<std::string>>
Execution::applied_migrations()
{
  HookCall call;
  call.step = "applied";
  call.variables = variables("applied");
  call.process = &session_.process();
  call.directory = session_.input.input.directory;
  call.tick = [this] { return beat(); };
  const HookOutcome outcome = run_hook(stage_.hooks.applied, call);
  if (outcome.end != HookOutcome::End::succeeded) {
    return fail(ErrorKind::environment, "the hook `applied` failed: {}", outcome.why);
  }
  std::vector<std::string> applied;
  for (const std::string_view line : lines_of(outcome.output)) {
    if (const std::string_view name = trim(line); !name.empty() && applied.size() < most_migrations) {
      applied.emplace_back(name);
    }
  }
  return applied;
}

Result<StepEnd>
Execution::migrate()
{
  if (!stage_.hooks.applied) {
    return run_step_hook(stage_.hooks.migrate, "migrate");
  }
  const auto before = applied_migrations();
  if (!before) {
    return StepEnd{"failed", before.error().message};
  }
  const auto expected = expected_migrations(session_.ledger.state(), promotion());
  const Step* own = promotion().step("migrate");
  const bool is_first_attempt = own == nullptr || !own->was_repeated;
  if (expected && *expected != *before && is_first_attempt) {
    const std::string why = difference(*expected, *before);
    return StepEnd{"failed",
                   fmt::format("the database is not as the last promotion left it: {}; if it may stand: sluice promote "
                               "unlock --force --environment {} --reason TEXT",
                               why, environment_),
                   Json{{"found", Json::array_of(*before)}}};
  }
  TRY_ASSIGN(StepEnd end, run_step_hook(stage_.hooks.migrate, "migrate"));
  const auto after = applied_migrations();
  if (after) {
    end.body.at("applied") = Json::array_of(*after);
  } else if (end.outcome == "done") {
    // Without the list the next promotion would take for foreign what this one did.
    end.outcome = "failed";
    end.why = fmt::format("what was applied is not known: {}", after.error().message);
  }
  return end;
}

}  // namespace sluice::promote
