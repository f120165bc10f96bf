// SPDX-License-Identifier: Apache-2.0
#include "cli/policy_setup.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/policy_file.hpp"

#include <fmt/format.h>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

/// The text of the baseline that counts; nothing if there is none at the tip that is trusted.
Result<std::optional<std::string>>
baseline_text(Setup& setup, const fs::path& file)
{
  const config::Option* option = setup.table.find("baseline");
  if (option->origin.layer == config::Layer::file && !path_in_repository(setup, file)) {
    return fail(ErrorKind::config, "{}: \"baseline\" names {}, which is not in the repository; only --baseline may",
                option->origin.place, printable(setup.options.baseline));
  }
  TRY_ASSIGN(const PolicyFile files, read_policy_file(setup, file, setup.options.baseline));
  const config::ConfigFile& counting = files.counting(setup.trust.source);
  if (!counting.text && &counting == &files.own) {
    return fail(ErrorKind::config, "--baseline {}: there is no such file; --baseline-action create makes it",
                printable(setup.options.baseline));
  }
  return counting.text;
}

/// Ids that stand for no rule of any gate.
class IdCheck
{
public:
  explicit IdCheck(Setup& setup)
      : setup_(setup)
  {}

  /// A file may be older or newer than this version, and what it fails to switch off is only stricter.
  void
  look(std::string_view key, const std::string& id, std::string_view place)
  {
    if (!gate::tool_of_rule(id).empty() || (key == "preview" && id == "all")) {
      return;
    }
    const config::Option* option = setup_.table.find(key);
    const bool is_given_now = option != nullptr && option->origin.layer >= config::Layer::environment;
    const std::string text = fmt::format("{}: {} \"{}\": no gate has such a rule{}", printable(place), key,
                                         printable(id), gate::did_you_mean_rule(id));
    (key == "severity" || is_given_now ? problems_ : setup_.notices).push_back(text);
  }

  [[nodiscard]] std::string
  place_of(std::string_view key) const
  {
    const config::Option* option = setup_.table.find(key);
    return option == nullptr ? std::string(key) : option->origin.place;
  }

  [[nodiscard]] const std::vector<std::string>&
  problems() const
  {
    return problems_;
  }

private:
  Setup& setup_;
  std::vector<std::string> problems_;
};

Result<>
check_ids(Setup& setup)
{
  IdCheck check(setup);
  for (const std::string& id : setup.options.disable) {
    check.look("disable", id, check.place_of("disable"));
  }
  for (const std::string& id : setup.options.preview) {
    check.look("preview", id, check.place_of("preview"));
  }
  for (const auto& [id, severity] : setup.options.severity) {
    check.look("severity", id, check.place_of("severity"));
  }
  for (const Suppression& entry : setup.options.allow) {
    if (!entry.rule.empty()) {
      check.look("allow", entry.rule, entry.origin);
    }
  }
  if (!check.problems().empty()) {
    return fail(ErrorKind::config, "{}", join(check.problems(), "\n"));
  }
  return {};
}

Result<>
check_entries(const Policy& policy)
{
  std::vector<std::string> problems;
  for (const Suppression& entry : policy.allow) {
    if (entry.rule.empty() && entry.path.empty() && entry.fingerprint.empty() && entry.subject.empty()) {
      problems.push_back(fmt::format("{}: this entry needs a rule, a path, a subject or a fingerprint", entry.origin));
    }
    if (!entry.fingerprint.empty() && entry.fingerprint.size() < 12) {
      problems.push_back(fmt::format("{}: \"fingerprint\" needs at least 12 digits", entry.origin));
    }
  }
  for (const AcceptedGap& entry : policy.accept_gaps) {
    if (!is_acceptable(entry.kind)) {
      problems.push_back(fmt::format("{}: a gap of the kind {} cannot be accepted: nothing was examined", entry.origin,
                                     name_of(entry.kind)));
    }
  }
  if (!problems.empty()) {
    return fail(ErrorKind::config, "{}", join(problems, "\n"));
  }
  return {};
}

/// Ids of the gate's rules, and those of them that this run leaves out.
void
take_rules(const gate::Type& type, const config::CommonOptions& options, Policy& policy)
{
  policy.gate = type.face->info.name;
  const gate::RuleSet rules(options.disable, options.preview);
  for (const RuleMeta* rule : type.rules) {
    policy.own_rules.emplace(rule->id);
    if (!rules.applies(*rule)) {
      policy.off_rules.emplace(rule->id);
    }
  }
}

}  // namespace

InlineComments
inline_comments_of(const Setup& setup)
{
  const bool is_set = setup.table.find("inline-comments")->origin.layer != config::Layer::built_in;
  const bool is_own = setup.trust.source == ci::Trust::Source::work_tree;
  return is_set || is_own ? setup.options.inline_comments : InlineComments::own;
}

Result<Policy>
make_policy(Setup& setup, const gate::Type& type, const Invocation& invocation, Date today)
{
  TRY(check_ids(setup));
  Policy policy;
  policy.min_confidence = setup.options.min_confidence;
  // In a hook a gate stands for all repositories that share the hook, also those that hold nothing of its kind.
  policy.asked = setup.context.is_hook() ? Asked::along : setup.options.asked;
  take_rules(type, setup.options, policy);
  policy.fail_on = setup.options.fail_on;
  policy.severity = setup.options.severity;
  policy.allow = setup.options.allow;
  policy.powerless = setup.powerless;
  policy.accept_gaps = setup.options.accept_gaps;
  policy.inline_comments = inline_comments_of(setup);
  policy.today = today;
  policy.redactor = invocation.redactor;
  TRY(check_entries(policy));
  if (setup.options.baseline.empty()) {
    if (setup.options.baseline_action != BaselineAction::check) {
      return fail(ErrorKind::usage, "--baseline-action {}: needs --baseline FILE",
                  name_of(setup.options.baseline_action));
    }
    return policy;
  }
  policy.baseline_name = setup.options.baseline;
  // What is about to be made counts from then on, and not what was there.
  if (setup.options.baseline_action == BaselineAction::check) {
    const fs::path file = policy_path(setup, invocation, setup.options.baseline);
    TRY_ASSIGN(const std::optional<std::string> text, baseline_text(setup, file));
    if (text) {
      TRY_ASSIGN(policy.baseline, Baseline::parse(*text, setup.options.baseline));
    }
  }
  return policy;
}

Acceptance
acceptance_of(const Setup& setup, const Policy& policy, const Invocation& invocation)
{
  Acceptance acceptance;
  acceptance.comments = policy.inline_comments;
  acceptance.baseline = setup.options.baseline;
  if (!setup.options.config.empty()) {
    acceptance.configuration = setup.options.config;
  }
  const bool is_tip = setup.trust.source == ci::Trust::Source::tip && !setup.context.is_request()
                      && setup.trust.branch == setup.context.branch();
  const bool is_own = setup.trust.source == ci::Trust::Source::work_tree || is_tip
                      || !path_in_repository(setup, policy_path(setup, invocation, acceptance.configuration));
  if (!is_own) {
    acceptance.branch = setup.trust.branch.empty() ? "the default branch" : setup.trust.branch;
  }
  return acceptance;
}

}  // namespace sluice::cli
