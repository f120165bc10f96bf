// SPDX-License-Identifier: Apache-2.0
#include "migrations/reporter.hpp"

#include "migrations/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace sluice::migrations {

namespace {

constexpr std::size_t max_excerpt_bytes = 2000;

}  // namespace

void
Reporter::begin(const Rule& rule)
{
  rule_ = &rule;
  allowed_.reset();
}

/// Null if the place is in none, and for the file as a whole.
const Statement*
Reporter::statement_at(Span where) const
{
  const auto after = std::upper_bound(statements_.begin(), statements_.end(), where.begin,
                                      [](std::size_t at, const Statement& each) { return at < each.where.begin; });
  if (where.size() == 0 || after == statements_.begin()) {
    return nullptr;
  }
  const Statement& statement = *std::prev(after);
  return where.begin < statement.where.end ? &statement : nullptr;
}

/// A statement may have thousands of clauses on as many lines: its comments are looked for once.
const std::optional<InlineAllow>&
Reporter::allowed(const Statement* statement)
{
  if (!allowed_ || allowed_->statement != statement) {
    allowed_ = Allowed{statement, statement == nullptr ? comments_.at_top(*rule_)
                                                       : comments_.of_statement(statement->where, *rule_)};
    if (!allowed_->allow) {
      allowed_->allow = comments_.in_file(*rule_);
    }
  }
  return allowed_->allow;
}

void
Reporter::report(Problem problem)
{
  const Statement* statement = statement_at(problem.where);
  Finding finding;
  finding.rule = &rule_->meta;
  finding.where = source_.location(problem.where);
  // A line that nobody can read would only cost memory, once for each finding on it.
  if (const std::string_view line = source_.line(finding.where.begin.line); line.size() <= max_excerpt_bytes) {
    finding.excerpt = line;
  }
  finding.message = std::move(problem.message);
  finding.help = std::move(problem.help);
  finding.confidence = problem.confidence;
  finding.severity = problem.severity;
  finding.fingerprint = fingerprint(statement, problem.where);
  finding.inline_allow = allowed(statement);
  if (is_asked()) {
    note_report(finding, problem.where);
  }
  findings_.push_back(std::move(finding));
  reported_.emplace_back(problem.where, rule_);
}

/// Of the statement that is being judged, whose reports come last.
bool
Reporter::is_reported(Span where) const
{
  for (auto each = reported_.rbegin(); each != reported_.rend() && each->first.end > where.begin; ++each) {
    if (each->second != rule_ && each->first.begin < where.end) {
      return true;
    }
  }
  return false;
}

/// A migration is what it says and the file by whose name its tool remembers it: the same words in a later file are
/// another event, which a baseline must not cover.
Fingerprint
Reporter::fingerprint(const Statement* statement, Span where)
{
  const std::string name = std::filesystem::path(source_.path()).filename().string();
  const std::string identity = statement == nullptr ? std::string() : statement->identity;
  const std::string clause = normalized(where.of(source_.text()));
  const std::string count = std::to_string(seen_[std::string(rule_->meta.id) + '\0' + identity + clause]++);
  const std::array<std::string_view, 4> parts{name, identity, clause, count};
  return make_fingerprint(rule_->meta.id, parts);
}

void
Reporter::note(Span where, std::string_view step, std::string what)
{
  if (const Statement* statement = statement_at(where)) {
    noted_.insert(statement);
  }
  decisions_->note(where.size() == 0 ? Position() : source_.position(where.begin), step, std::move(what));
}

void
Reporter::note_report(const Finding& finding, Span where)
{
  note(where, gate::step::reported, finding.message);
  if (const auto& allow = finding.inline_allow) {
    note(where, gate::step::allowed,
         fmt::format("by the comment in line {}: {}", allow->where.line,
                     allow->reason.empty() ? "it gives no reason" : allow->reason));
  }
}

void
ChangeReporter::begin(const Rule& rule)
{
  for (Reporter& file : files_) {
    file.begin(rule);
  }
}

}  // namespace sluice::migrations
