// SPDX-License-Identifier: Apache-2.0
#include "migrations/reporter.hpp"

#include "migrations/allow_comment.hpp"
#include "migrations/rule.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace sluice::migrations {

namespace {

constexpr std::size_t max_excerpt_bytes = 2000;

}  // namespace

void
Reporter::begin(const Rule& rule, const Statement& statement)
{
  rule_ = &rule;
  statement_ = &statement;
  allow_.reset();
}

/// A statement may have thousands of clauses on as many lines: its comments are looked for once.
const std::optional<InlineAllow>&
Reporter::allowed()
{
  if (!allow_) {
    allow_ = allow_comment(source_, statement_->where, *rule_);
  }
  if (*allow_) {
    return *allow_;
  }
  const auto [entry, added] = allow_in_file_.try_emplace(rule_);
  if (added) {
    entry->second = file_allow_comment(source_, *rule_);
  }
  return entry->second;
}

void
Reporter::report(Problem problem)
{
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
  finding.fingerprint = fingerprint(problem.where);
  finding.inline_allow = allowed();
  findings_.push_back(std::move(finding));
}

/// A migration is what it says and the file by whose name its tool remembers it: the same words in a later file are
/// another event, which a baseline must not cover.
Fingerprint
Reporter::fingerprint(Span where)
{
  const std::string name = std::filesystem::path(source_.path()).filename().string();
  const std::string clause = normalized(where.of(source_.text()));
  const std::string count = std::to_string(seen_[std::string(rule_->meta.id) + '\0' + statement_->identity + clause]++);
  const std::array<std::string_view, 4> parts{name, statement_->identity, clause, count};
  return make_fingerprint(rule_->meta.id, parts);
}

}  // namespace sluice::migrations
