// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "gate/source_text.hpp"
#include "migrations/statement.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

struct Rule;

/// What a rule has to say.
struct Problem
{
  Span where = {};           ///< the offending clause
  std::string message = {};  ///< names the lock, what it blocks, and the table
  std::string help = {};     ///< short, in the imperative
  std::optional<Confidence> confidence = std::nullopt;
};

/// Makes findings of problems: place, excerpt, identity, and the comments that allow them.
class Reporter
{
public:
  explicit Reporter(const gate::SourceText& source)
      : source_(source)
  {}

  /// What is reported from here on is of this rule and statement.
  void begin(const Rule& rule, const Statement& statement);
  void report(Problem problem);

  [[nodiscard]] std::vector<Finding>&
  findings()
  {
    return findings_;
  }

private:
  [[nodiscard]] const std::optional<InlineAllow>& allowed();
  [[nodiscard]] Fingerprint fingerprint(Span where);

  const gate::SourceText& source_;
  const Rule* rule_ = nullptr;
  const Statement* statement_ = nullptr;
  std::optional<std::optional<InlineAllow>> allow_;  ///< of this rule at this statement, once it was looked for
  std::map<const Rule*, std::optional<InlineAllow>> allow_in_file_;
  std::map<std::string, unsigned> seen_;  ///< how often a statement of the same words was reported
  std::vector<Finding> findings_;
};

}  // namespace sluice::migrations
