// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/framework.hpp"
#include "migrations/replay.hpp"
#include "migrations/rule.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations::test {

/// Migrations by text: those before the change, and those of it.
struct Scripts
{
  std::vector<std::string> earlier;
  std::vector<std::string> change;
  ChangeSet::Deployment deployment = ChangeSet::Deployment::together;
  std::string_view framework = "plain";
  MigrationsOptions options;
};

inline ChangeSet
change_set(const Scripts& scripts)
{
  ChangeSet set;
  set.deployment = scripts.deployment;
  set.framework = find_framework(scripts.framework);
  int number = 0;
  for (const std::string& text : scripts.earlier) {
    const gate::SourceText source(fmt::format("migrations/{:03}.sql", ++number), text);
    set.history.push_back(source);
    set.migrations.push_back({source, Role::replayed});
  }
  for (const std::string& text : scripts.change) {
    set.migrations.push_back({gate::SourceText(fmt::format("migrations/{:03}.sql", ++number), text), Role::judged});
  }
  return set;
}

inline Findings
judge(const Scripts& scripts)
{
  return migrations::replay(change_set(scripts), scripts.options, {rules().begin(), rules().end()});
}

/// What one rule of a test finds.
inline Findings
judge(const Scripts& scripts, const Rule& rule)
{
  return migrations::replay(change_set(scripts), scripts.options, {&rule});
}

/// "line:column rule" of each finding, in order; missing-lock-timeout only if asked for.
enum class LockTimeout { ignored, counted };
inline std::vector<std::string>
places(const Findings& findings, LockTimeout lock_timeout = LockTimeout::ignored)
{
  std::vector<std::string> all;
  for (const Finding& finding : findings.found) {
    if (lock_timeout == LockTimeout::counted || finding.rule->id != "missing-lock-timeout") {
      all.push_back(fmt::format("{}:{} {}", finding.where.begin.line, finding.where.begin.column, finding.rule->id));
    }
  }
  return all;
}

using Places = std::vector<std::string>;

/// What a single new script brings.
inline Places
places_of(std::string_view change, std::vector<std::string> earlier = {})
{
  return places(judge({.earlier = std::move(earlier), .change = {std::string(change)}, .options = {}}));
}

}  // namespace sluice::migrations::test
