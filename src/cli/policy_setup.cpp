// SPDX-License-Identifier: Apache-2.0
#include "cli/policy_setup.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/policy_file.hpp"

#include <fmt/format.h>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

/// The text of the baseline that counts.
Result<std::string>
baseline_text(const Setup& setup, const fs::path& file)
{
  const auto inside = path_in_repository(setup, file);
  if (!setup.context.change_under_test() || !inside) {
    return read_file(file, 64U << 20U);
  }
  if (!setup.trusted) {
    return std::string();
  }
  TRY_ASSIGN(auto text, setup.repository->file_at(*setup.trusted, *inside));
  return text.value_or("");
}

Result<>
check_entries(const Policy& policy)
{
  std::vector<std::string> problems;
  for (const Suppression& entry : policy.allow) {
    if (entry.rule.empty() && entry.path.empty() && entry.fingerprint.empty()) {
      problems.push_back(fmt::format("{}: this entry needs a rule, a path or a fingerprint", entry.origin));
    }
    if (!entry.fingerprint.empty() && entry.fingerprint.size() < 12) {
      problems.push_back(fmt::format("{}: \"fingerprint\" needs at least 12 digits", entry.origin));
    }
  }
  if (!problems.empty()) {
    return fail(ErrorKind::config, "{}", join(problems, "\n"));
  }
  return {};
}

}  // namespace

Result<Policy>
make_policy(const Setup& setup, const Invocation& invocation, Date today)
{
  Policy policy;
  policy.fail_on = setup.options.fail_on;
  policy.severity = setup.options.severity;
  policy.allow = setup.options.allow;
  policy.accept_gaps = setup.options.accept_gaps;
  policy.inline_comments = setup.options.inline_comments;
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
    baseline.add(finding);
  }
  TRY(write_file(file, baseline.text()));
  std::string notice = fmt::format("{}: wrote {} to the baseline", setup.options.baseline,
                                   counted(baseline.entries().size(), "finding", "findings"));
  return std::optional(SavedBaseline{std::move(baseline), std::move(notice)});
}

}  // namespace sluice::cli
