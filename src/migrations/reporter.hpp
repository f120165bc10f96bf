// SPDX-License-Identifier: Apache-2.0
//
// From what a rule says to a finding: its place, excerpt and identity, and the comments that allow it. A problem stands
// where its statement does, wherever it was noticed: its identity is made of the statement's words, and the comment on
// or above that statement allows it, so that a rule can move from a statement to a file without losing baselines.
#pragma once

#include "finding/finding.hpp"
#include "gate/source_text.hpp"
#include "gate/why.hpp"
#include "migrations/allow_comment.hpp"
#include "migrations/statement.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::migrations {

struct Rule;

/// What a rule has to say.
struct Problem
{
  Span where = {};           ///< the offending clause or statement; empty: the file as a whole, shown at its first line
  std::string message = {};  ///< names the lock, what it blocks, and the table
  std::string help = {};     ///< short, in the imperative
  std::optional<Confidence> confidence = std::nullopt;
  std::optional<Severity> severity = std::nullopt;  ///< if it is not the rule's
};

/// Makes findings of the problems of one file.
class Reporter
{
public:
  /// All three must outlive it. `decisions` is null unless it was asked why.
  Reporter(const gate::SourceText& source, std::span<const Statement> statements, gate::Decisions* decisions = nullptr)
      : source_(source),
        comments_(source),
        statements_(statements),
        decisions_(decisions)
  {}

  /// What is reported from here on is of this rule.
  void begin(const Rule& rule);
  void report(Problem problem);

  /// Tells who asked why: the rule looked at this place and found it harmless.
  void
  spare(Span where, std::string_view why)
  {
    if (decisions_ != nullptr) {
      note(where, gate::step::spared, std::string(why));
    }
  }
  /// Whether somebody wants to know; only then is `note` to be called.
  [[nodiscard]] bool
  is_asked() const
  {
    return decisions_ != nullptr;
  }
  void note(Span where, std::string_view step, std::string what);
  /// Whether another rule has reported the place, or a part of it.
  [[nodiscard]] bool is_reported(Span where) const;
  /// Whether anything was reported or noted of the statement.
  [[nodiscard]] bool
  has_noted(const Statement& statement) const
  {
    return noted_.contains(&statement);
  }

  [[nodiscard]] std::vector<Finding>&
  findings()
  {
    return findings_;
  }

private:
  [[nodiscard]] const Statement* statement_at(Span where) const;
  [[nodiscard]] const std::optional<InlineAllow>& allowed(const Statement* statement);
  [[nodiscard]] Fingerprint fingerprint(const Statement* statement, Span where);
  void note_report(const Finding& finding, Span where);

  const gate::SourceText& source_;
  AllowComments comments_;
  std::span<const Statement> statements_;
  gate::Decisions* decisions_;
  const Rule* rule_ = nullptr;
  /// Of this rule at the statement that it looked at last; the statement is null for the file as a whole.
  struct Allowed
  {
    const Statement* statement = nullptr;
    std::optional<InlineAllow> allow;
  };
  std::optional<Allowed> allowed_;
  std::map<std::string, unsigned> seen_;  ///< how often a statement of the same words was reported
  std::vector<Finding> findings_;
  std::vector<std::pair<Span, const Rule*>> reported_;
  std::set<const Statement*> noted_;  ///< only while it is asked why
};

/// Makes findings of the problems of a change, each at a file of it.
class ChangeReporter
{
public:
  /// The reporters of the judged files, in their order; must outlive it.
  explicit ChangeReporter(std::span<Reporter> files)
      : files_(files)
  {}

  void begin(const Rule& rule);
  /// `file` counts the judged files from 0.
  void
  report(std::size_t file, Problem problem)
  {
    files_[file].report(std::move(problem));
  }
  void
  spare(std::size_t file, Span where, std::string_view why)
  {
    files_[file].spare(where, why);
  }

private:
  std::span<Reporter> files_;
};

}  // namespace sluice::migrations
