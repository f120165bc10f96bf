// SPDX-License-Identifier: Apache-2.0
#include "migrations/explain.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

std::string_view
first_line(std::string_view text)
{
  return trim(text.substr(0, text.find('\n')));
}

/// Why no rule looks at the file; empty if they do.
std::string_view
unjudged(Role role)
{
  switch (role) {
  case Role::judged:
    break;
  case Role::excluded:
    return "the option exclude covers the file: it is only read for what it creates";
  case Role::replayed:
    return "the file brings nothing that was not there before the change: databases have run all of it";
  }
  return {};
}

std::string_view
step_of(Role role)
{
  return role == Role::excluded ? "excluded" : "replayed";
}

}  // namespace

void
note_script(const Migration& migration, const Script& script, gate::Decisions& decisions)
{
  const gate::SourceText& source = migration.source;
  const std::string_view why = unjudged(migration.role);
  for (const Statement& statement : script.statements) {
    const Position where = source.position(statement.where.begin);
    decisions.note(where, "statement", std::string(first_line(statement.where.of(source.text()))));
    if (as<DoBlock>(statement) != nullptr) {
      decisions.note(where, "not-examined", "the code of a DO block is not examined");
    }
    if (!why.empty()) {
      decisions.note(where, step_of(migration.role), std::string(why));
    }
  }
  for (const Foreign& foreign : script.foreign) {
    const Position where = source.position(foreign.where.begin);
    decisions.note(where, "statement", std::string(first_line(foreign.where.of(source.text()))));
    decisions.note(where, "not-parsed", foreign.why);
  }
}

void
note_silence(const JudgedFile& file, const std::vector<const Rule*>& rules, Reporter& reporter)
{
  if (rules.empty()) {
    for (const Statement& statement : file.statements) {
      reporter.note(statement.where, gate::step::disabled, "the rule is not applied");
    }
    return;
  }
  const bool looks_at_statements = std::any_of(rules.begin(), rules.end(), [](const Rule* rule) {
    return rule->check != nullptr || rule->check_file != nullptr;
  });
  const std::string_view why = looks_at_statements ? "the rule does not look at statements of this kind"
                                                   : "the rule looks at the change as a whole";
  for (const Statement& statement : file.statements) {
    if (!reporter.has_noted(statement)) {
      reporter.note(statement.where, gate::step::outside, std::string(why));
    }
  }
}

}  // namespace sluice::migrations
