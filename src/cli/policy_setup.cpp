// SPDX-License-Identifier: Apache-2.0
#include "cli/policy_setup.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/policy_file.hpp"

#include <fmt/format.h>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

/// The text of the baseline that counts; empty if there is none at the tip that is trusted.
Result<std::string>
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
    return fail(ErrorKind::config, "--baseline {}: there is no such file", printable(setup.options.baseline));
  }
  return counting.text.value_or("");
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

/// Where a trusted tip decides, whoever writes the change does not: there a comment must at least name its rule and say
/// why. What the counting configuration sets is what it wants.
InlineComments
inline_comments_of(const Setup& setup)
{
  const bool is_set = setup.table.find("inline-comments")->origin.layer != config::Layer::built_in;
  const bool is_own = setup.trust.source == ci::Trust::Source::work_tree;
  return is_set || is_own ? setup.options.inline_comments : InlineComments::own;
}

}  // namespace

Result<Policy>
make_policy(Setup& setup, const gate::Type& type, const Invocation& invocation, Date today)
{
  TRY(check_ids(setup));
  Policy policy;
  policy.min_confidence = setup.options.min_confidence;
  // In a hook a gate stands for all repositories that share the hook, also those that hold nothing of its kind.
  policy.asked = setup.context.is_hook() ? Asked::along : setup.options.asked;
  for (const RuleMeta* rule : type.rules) {
    policy.own_rules.emplace(rule->id);
  }
  policy.fail_on = setup.options.fail_on;
  policy.severity = setup.options.severity;
  policy.allow = setup.options.allow;
  policy.powerless = setup.powerless;
  policy.accept_gaps = setup.options.accept_gaps;
  policy.inline_comments = inline_comments_of(setup);
  policy.today = today;
  TRY(check_entries(policy));
  if (setup.options.baseline.empty()) {
    if (setup.options.baseline_action != BaselineAction::check) {
      return fail(ErrorKind::usage, "--baseline-action {}: needs --baseline FILE",
                  name_of(setup.options.baseline_action));
    }
    return policy;
  }
  if (setup.options.baseline_action != BaselineAction::create) {
    const fs::path file = policy_path(setup, invocation, setup.options.baseline);
    TRY_ASSIGN(const std::string text, baseline_text(setup, file));
    if (!text.empty()) {
      TRY_ASSIGN(policy.baseline, Baseline::parse(text, setup.options.baseline));
    }
  }
  return policy;
}

Result<std::optional<SavedBaseline>>
save_baseline(const Setup& setup, const Invocation& invocation, const Findings& findings)
{
  if (setup.options.baseline_action == BaselineAction::check) {
    return std::optional<SavedBaseline>();
  }
  const fs::path file = policy_path(setup, invocation, setup.options.baseline);
  std::error_code error;
  if (setup.options.baseline_action == BaselineAction::create && fs::exists(file, error)) {
    return fail(ErrorKind::usage, "--baseline {}: exists already; use --baseline-action update",
                setup.options.baseline);
  }
  Baseline baseline;
  for (const Finding& finding : findings.found) {
    Finding shown = finding;
    shown.where.path = invocation.redactor->redacted(finding.where.path, TextKind::name);
    baseline.add(shown);
  }
  TRY(write_file(file, baseline.text()));
  std::string notice = fmt::format("{}: wrote {} to the baseline", setup.options.baseline,
                                   counted(baseline.entries().size(), "finding", "findings"));
  return std::optional(SavedBaseline{std::move(baseline), std::move(notice)});
}

}  // namespace sluice::cli
