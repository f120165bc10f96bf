// SPDX-License-Identifier: Apache-2.0
#include "promote/options.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "promote/watch/limits.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>

namespace sluice::promote {

namespace {

// All of it decides what reaches production, so no change under test may set any of it.
using config::Trust;

constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 366);

void
describe_hook(Hook& hook, std::string_view key, std::string_view help, config::OptionTable& table)
{
  table.record(hook, {.key = key, .value = "HOOK", .help = help, .trust = Trust::base_ref});
}

void
describe_gates(Stage& stage, config::OptionTable& table)
{
  table.list(stage.needs, {.key = "needs",
                           .value = "ENVIRONMENT",
                           .help = "Environments in which the same identity must have been verified before.",
                           .trust = Trust::base_ref});
  table.duration(stage.soak, {}, longest,
                 {.key = "soak",
                  .value = "DURATION",
                  .help = "How long it must have been verified there.",
                  .trust = Trust::base_ref});
  table.record(stage.approvals, {.key = "approvals",
                                 .value = "APPROVALS",
                                 .help = "Who must agree before it is promoted.",
                                 .trust = Trust::base_ref});
  table.list(stage.evidence, {.key = "evidence",
                              .value = "GATE",
                              .help = "Gates whose report must have passed for the very commit: secrets, deps, "
                                      "migrations, env.",
                              .trust = Trust::base_ref});
  table.duration(stage.evidence_max_age, std::chrono::seconds(1), longest,
                 {.key = "evidence_max_age",
                  .value = "DURATION",
                  .help = "How old such a report may be.",
                  .trust = Trust::base_ref});
  table.choice(stage.evidence_fail_on, {.key = "evidence_fail_on",
                                        .value = "SEVERITY",
                                        .help = "Reports that would not have failed for this do not count.",
                                        .trust = Trust::base_ref});
  table.list(stage.evidence_verify, {.key = "evidence_verify",
                                     .value = "WORD",
                                     .help = "A command that must vouch for a file of evidence, which it is given as "
                                             "its last word, before it counts.",
                                     .trust = Trust::base_ref});
  table.records(stage.allow, {.key = "allow",
                              .value = "WINDOW",
                              .help = "When it may be promoted; without any, always.",
                              .trust = Trust::base_ref});
  table.records(stage.deny, {.key = "deny",
                             .value = "WINDOW",
                             .help = "When it may not; by default on Fridays, unless this or `allow` is there.",
                             .trust = Trust::base_ref});
  table.choice(stage.freeze, {.key = "freeze",
                              .value = "PLATFORM",
                              .help = "Whose freeze periods count beside these windows.",
                              .trust = Trust::base_ref});
  table.record_map(stage.gates,
                   {.key = "gates", .value = "GATE", .help = "Further conditions by name.", .trust = Trust::base_ref});
  table.record_map(stage.risk, {.key = "risk",
                                .value = "RISK",
                                .help = "What changes of a risk (low, medium, high; by the report of the migrations "
                                        "gate) ask for beyond the rest.",
                                .trust = Trust::base_ref});
}

void
describe_release(Stage& stage, config::OptionTable& table)
{
  table.choice(stage.identity, {.key = "identity",
                                .value = "KIND",
                                .help = "What the promoted thing is known by: its commit, the digest that the hook "
                                        "`identify` prints, or the digest of files.",
                                .trust = Trust::base_ref});
  table.list(stage.files, {.key = "files",
                           .value = "GLOB",
                           .help = "Files that are deployed, for the identity of that kind.",
                           .trust = Trust::base_ref});
  table.choice(stage.strategy, {.key = "strategy",
                                .value = "STRATEGY",
                                .help = "How a release comes in; a canary's deploy hook is run for each of `steps`.",
                                .trust = Trust::base_ref});
  table.list(stage.steps, {.key = "steps",
                           .value = "PERCENT",
                           .help = "Shares of the traffic that a canary gets, rising; each is watched.",
                           .trust = Trust::base_ref});
  table.toggle(stage.irreversible, {.key = "irreversible",
                                    .help = "A rollback must say what becomes of the data (--data).",
                                    .trust = Trust::base_ref});
  table.toggle(stage.previous_required, {.key = "previous_required",
                                         .help = "Refuse a promotion that could not be rolled back, for there is no "
                                                 "release before it.",
                                         .trust = Trust::base_ref});
  table.text(stage.rollback_plan, {.key = "rollback_plan",
                                   .value = "PATH",
                                   .help = "The plan for the way back, which must be in the commit and name each "
                                           "migration.",
                                   .trust = Trust::base_ref,
                                   .holds = config::Holds::paths});
  table.duration(stage.rehearsed, {}, longest,
                 {.key = "rehearsed",
                  .value = "DURATION",
                  .help = "How long ago a rollback may have been rehearsed in one of `needs`; 0: not asked.",
                  .trust = Trust::base_ref});
  table.duration(stage.lease, std::chrono::seconds(1), std::chrono::hours(24),
                 {.key = "lease",
                  .value = "DURATION",
                  .help = "After which the lock of a run that tells nothing more may be taken over.",
                  .trust = Trust::base_ref});
}

}  // namespace

void
describe(Hooks& hooks, config::OptionTable& table)
{
  describe_hook(hooks.backup, "backup", "Takes a backup.", table);
  describe_hook(hooks.migrate, "migrate", "Changes the database.", table);
  describe_hook(hooks.deploy, "deploy", "Brings the release in.", table);
  describe_hook(hooks.rollback, "rollback", "Brings the release before it back.", table);
  describe_hook(hooks.restore, "restore", "Brings the verified backup back, where a rollback asks for it.", table);
  describe_hook(hooks.probe, "probe", "Prints one look at the service as JSON.", table);
  describe_hook(hooks.diagnose, "diagnose", "Keeps what would be lost, before a rollback.", table);
  describe_hook(hooks.identify, "identify", "Prints the digest of the image that would be deployed.", table);
  describe_hook(hooks.applied, "applied", "Prints the migrations that the database has, a line each.", table);
}

void
describe(Approvals& approvals, config::OptionTable& table)
{
  table.number(approvals.count, 0, 100,
               {.key = "count", .value = "N", .help = "How many people must agree.", .trust = Trust::base_ref});
  table.toggle(approvals.not_author,
               {.key = "not_author", .help = "Whoever wrote or started it does not count.", .trust = Trust::base_ref});
  table.choice(approvals.proof, {.key = "proof",
                                 .value = "PROOF",
                                 .help = "Whose word counts: a signed entry, the platform's approval, or who the "
                                         "machine says it is.",
                                 .trust = Trust::base_ref});
  table.list(approvals.from, {.key = "from",
                              .value = "NAME",
                              .help = "Who may agree; without any, whoever can prove it.",
                              .trust = Trust::base_ref});
  table.list(approvals.database, {.key = "database",
                                  .value = "NAME",
                                  .help = "One of these must be among them where the change holds migrations.",
                                  .trust = Trust::base_ref});
}

void
describe(Stage& stage, config::OptionTable& table)
{
  describe_gates(stage, table);
  describe_release(stage, table);
  table.record(stage.hooks,
               {.key = "hooks", .value = "HOOKS", .help = "Programs that do the work.", .trust = Trust::base_ref});
  table.record(
      stage.verify,
      {.key = "verify", .value = "VERIFY", .help = "What is looked at after a deployment.", .trust = Trust::base_ref});
  table.record(stage.database_backup, {.key = "database_backup",
                                       .value = "BACKUP",
                                       .help = "A database that is dumped, and whose dump is proven, before anything "
                                               "is changed.",
                                       .trust = Trust::base_ref});
  table.text(stage.url,
             {.key = "url", .value = "URL", .help = "Where people meet it, for records.", .trust = Trust::base_ref});
  table.text(stage.runbook, {.key = "runbook",
                             .value = "URL",
                             .help = "What to do when it goes wrong, linked in records and failures.",
                             .trust = Trust::base_ref});
  table.list(stage.contacts, {.key = "contacts",
                              .value = "WHO",
                              .help = "Whom to call, named in records and failures.",
                              .trust = Trust::base_ref});
}

void
describe(PromoteOptions& options, config::OptionTable& table)
{
  table.record_map(options.environments,
                   {.key = "environments",
                    .value = "ENVIRONMENT",
                    .help = "The environments of the pipeline, by name; in promotion.yml this key is at its top.",
                    .trust = Trust::base_ref});
  table.text(
      options.zone,
      {.key = "zone", .value = "ZONE", .help = "IANA time zone of windows that name none.", .trust = Trust::base_ref});
  table.text(options.allowed_signers, {.key = "allowed_signers",
                                       .value = "PATH",
                                       .help = "Whose signatures count (ssh-keygen(1), ALLOWED SIGNERS), as the "
                                               "default branch has the file.",
                                       .trust = Trust::base_ref,
                                       .holds = config::Holds::paths});
  table.choice(options.platform, {.key = "platform",
                                  .value = "PLATFORM",
                                  .help = "Where deployments are recorded beside the ledger: by default where the "
                                          "run is, if it has a token.",
                                  .trust = Trust::base_ref});
  table.records(options.notify,
                {.key = "notify", .value = "NOTIFICATION", .help = "Who is told, and when.", .trust = Trust::base_ref});
}

namespace {

/// Whether the environment needs itself, by way of others.
bool
is_in_a_circle(const PromoteOptions& options, const std::string& name)
{
  std::set<std::string> seen;
  std::vector<std::string> open{options.environments.at(name).needs};
  while (!open.empty()) {
    const std::string next = std::move(open.back());
    open.pop_back();
    if (next == name) {
      return true;
    }
    const auto found = options.environments.find(next);
    if (found != options.environments.end() && seen.insert(next).second) {
      open.insert(open.end(), found->second.needs.begin(), found->second.needs.end());
    }
  }
  return false;
}

/// Shares of the traffic rise and stay below all of it, which the last deployment gets.
void
check_steps(const std::string& name, const Stage& stage, config::OptionChecks& checks)
{
  int before = 0;
  for (std::size_t i = 0; i < stage.steps.size(); ++i) {
    const auto share = number_of<int>(stage.steps[i]);
    if (!share || *share <= before || *share >= 100) {
      return checks.refuse({"environments", name, "steps", i}, "is no share of the traffic from 1 to 99 that rises");
    }
    before = *share;
  }
}

/// What the calendar says of the windows of a stage.
void
check_windows(const PromoteOptions& options, const std::string& name, config::OptionChecks& checks)
{
  const Stage& stage = options.environments.at(name);
  for (const auto& [key, windows] : {std::pair("allow", &stage.allow), std::pair("deny", &stage.deny)}) {
    for (std::size_t i = 0; i < windows->size(); ++i) {
      Window window = (*windows)[i];
      if (window.origin == Stage::built_in) {
        continue;
      }
      window.origin.clear();  // the place is told with the name
      if (const auto calendar = Calendar::of({}, std::span(&window, 1), options.zone); !calendar) {
        checks.refuse({"environments", name, key, i}, fmt::format("is no window: {}", calendar.error().message));
      }
    }
  }
}

/// Environments that are needed are there, and can have had what comes here.
void
check_needs(const PromoteOptions& options, const std::string& name, config::OptionChecks& checks)
{
  const Stage& stage = options.environments.at(name);
  for (std::size_t i = 0; i < stage.needs.size(); ++i) {
    const auto needed = options.environments.find(stage.needs[i]);
    if (needed == options.environments.end()) {
      checks.refuse({"environments", name, "needs", i}, "is no environment of this pipeline");
    } else if (needed->second.identity != stage.identity) {
      checks.refuse({"environments", name, "needs", i},
                    fmt::format("is {}, whose `identity` is {}, and that of {} is {}: what was verified there would "
                                "never be known again here; give both the same",
                                printable(stage.needs[i]), name_of(needed->second.identity), printable(name),
                                name_of(stage.identity)));
    }
  }
}

/// How many people can approve at most; nothing if a name is a pattern, or whoever can prove it may.
std::optional<std::int64_t>
most_approvals(const Approvals& approvals)
{
  if (approvals.from.empty()) {
    return std::nullopt;
  }
  std::set<std::string> people;
  for (const auto* list : {&approvals.from, &approvals.database}) {
    for (const std::string& who : *list) {
      if (who.find_first_of("*?[") != std::string::npos) {
        return std::nullopt;
      }
      people.insert(to_lower(who));
    }
  }
  return static_cast<std::int64_t>(people.size());
}

/// What asks for more people than there are waits for ever.
void
check_approvals(const std::string& name, const Stage& stage, config::OptionChecks& checks)
{
  const auto most = most_approvals(stage.approvals);
  if (!most) {
    return;
  }
  const std::string few = fmt::format("is more than the {} whom `from` and `database` of the approvals name",
                                      counted(static_cast<std::uint64_t>(*most), "person", "people"));
  if (stage.approvals.count > *most) {
    checks.refuse({"environments", name, "approvals", "count"}, few);
  }
  for (const auto& [risk, setting] : stage.risk) {
    if (setting.approvals > *most) {
      checks.refuse({"environments", name, "risk", risk, "approvals"}, few);
    }
  }
}

/// Gates whose reports are evidence. That of promotions says nothing of a commit.
constexpr std::array<std::string_view, 4> gates_with_evidence{"secrets", "deps", "migrations", "env"};

void
check_evidence(const std::string& name, const Stage& stage, config::OptionChecks& checks)
{
  for (std::size_t i = 0; i < stage.evidence.size(); ++i) {
    const auto& known = gates_with_evidence;
    if (std::find(known.begin(), known.end(), stage.evidence[i]) == known.end()) {
      checks.refuse({"environments", name, "evidence", i},
                    fmt::format("is no gate whose report is evidence: {}{}", fmt::join(known, ", "),
                                did_you_mean(stage.evidence[i], known)));
    }
  }
}

void
check_risk(const std::string& name, const Stage& stage, config::OptionChecks& checks)
{
  for (const auto& [risk, setting] : stage.risk) {
    const auto& known = EnumNames<Risk>::names;
    if (!from_name<Risk>(risk)) {
      checks.refuse({"environments", name, "risk", risk},
                    fmt::format("is no risk: {}{}", fmt::join(known, ", "), did_you_mean(risk, known)));
    }
  }
}

}  // namespace

void
check(const PromoteOptions& options, config::OptionChecks& checks)
{
  check_notifications(options.notify, checks);
  for (const auto& [name, stage] : options.environments) {
    if (is_in_a_circle(options, name)) {
      checks.refuse({"environments", name, "needs"}, "needs itself, by way of others");
    }
    check_windows(options, name, checks);
    check_steps(name, stage, checks);
    check_limits(name, stage.verify, checks);
    check_needs(options, name, checks);
    check_approvals(name, stage, checks);
    check_evidence(name, stage, checks);
    check_risk(name, stage, checks);
    check_gates(name, stage.gates, checks);
    check_probes(stage.verify.probes, name, checks);
  }
}

}  // namespace sluice::promote
