// SPDX-License-Identifier: Apache-2.0
#include "migrations/gate.hpp"

#include "base/text.hpp"
#include "migrations/change_set.hpp"
#include "migrations/judge.hpp"
#include "migrations/rule.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace sluice::migrations {

namespace {

Result<std::vector<const Rule*>>
enabled_rules(const std::vector<std::string>& disabled)
{
  std::vector<std::string_view> ids;
  for (const Rule* rule : rules()) {
    ids.push_back(rule->meta.id);
  }
  for (const std::string& id : disabled) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
      return fail(ErrorKind::usage, "disable: {}: no such rule{}", id, did_you_mean(id, ids));
    }
  }
  std::vector<const Rule*> enabled;
  std::copy_if(rules().begin(), rules().end(), std::back_inserter(enabled), [&disabled](const Rule* rule) {
    return std::find(disabled.begin(), disabled.end(), rule->meta.id) == disabled.end();
  });
  return enabled;
}

/// "2.109.0", "v2.109": anything else would silently count as some version.
Result<>
check_version(std::string_view version)
{
  const std::string_view digits = version.starts_with('v') ? version.substr(1) : version;
  const std::vector<std::string_view> parts = split(digits, '.');
  const bool is_version =
      parts.size() > 1 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
        return !part.empty() && part.size() < 8 && part.find_first_not_of("0123456789") == std::string_view::npos;
      });
  if (!version.empty() && !is_version) {
    return fail(ErrorKind::usage, "supabase-cli-version: {}: is not a version such as 2.109.0", version);
  }
  return {};
}

void
append(std::vector<Gap>& all, const std::vector<Gap>& more)
{
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

const ci::GateInfo&
MigrationsGate::info()
{
  static constexpr std::array<ci::GateExample, 3> examples{{
      {"sluice-migrations", "every migration of this repository"},
      {"sluice-migrations --base origin/main", "only what this branch adds"},
      {"sluice-migrations --paths db/changes --transaction per-file", "a directory of its own kind"},
  }};
  static constexpr ci::GateInfo info{
      .name = name,
      .question = "Will any pending migration lock, rewrite, break or lose data on the live database?",
      .description =
          "Parses each new migration with PostgreSQL's own grammar, knows from the earlier ones which tables exist, "
          "and "
          "reports what would block the running application, fail half-way or destroy data. Supabase's directory and "
          "plain directories of .sql files are found by themselves. A statement that cannot be understood is a gap.",
      .examples = examples};
  return info;
}

void
MigrationsGate::describe(config::OptionTable& table)
{
  migrations::describe(options, table);
}

std::span<const RuleMeta* const>
MigrationsGate::rule_metas()
{
  static const std::vector<const RuleMeta*> metas = [] {
    std::vector<const RuleMeta*> all;
    for (const Rule* rule : rules()) {
      all.push_back(&rule->meta);
    }
    return all;
  }();
  return metas;
}

Result<Findings>
MigrationsGate::run(const ci::GateInput& input) const
{
  TRY_ASSIGN(const auto enabled, enabled_rules(options.disable));
  TRY(check_version(options.supabase_cli_version));
  Findings findings;
  if (input.range.kind == ci::RangeKind::nothing) {
    findings.coverage.scope = input.range.reason;
    return findings;
  }
  if (input.range.kind == ci::RangeKind::unresolved) {
    findings.coverage.scope = "nothing: which migrations are new is not known";
    findings.gaps = input.range.gaps;
    if (findings.gaps.empty()) {
      findings.gaps.push_back({"the range of the change", input.range.reason, ""});
    }
    return findings;
  }
  TRY_ASSIGN(const ChangeSet set, load_change_set(options, input));
  if (set.framework != nullptr) {
    findings = judge(set, options, enabled);
  }
  findings.coverage.scope = set.scope;
  append(findings.gaps, set.gaps);
  // What a clone lacks of its history matters only where the past decides which files are new.
  if (input.range.kind == ci::RangeKind::commits) {
    append(findings.gaps, input.range.gaps);
  }
  return findings;
}

}  // namespace sluice::migrations
