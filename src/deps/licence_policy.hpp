// SPDX-License-Identifier: Apache-2.0
//
// Which licences a project takes. Of a choice (OR) one that passes is enough, of a sum (AND) all must pass. "Or later"
// is a choice as well: GPL-2.0-or-later passes where GPL-3.0-only does; and an entry that says it, in a list, stands
// for every version from that on. A licence with an exception (WITH) is looked for as it is written; where no entry
// names it, what holds of the licence without the exception, which only ever adds a permission, holds of it.
//
// A denied licence is denied also where an entry allows it. What nobody knows is neither allowed nor denied: it is
// told, and `unknown` says what that means. Pure data and pure functions: the day is told.
#pragma once

#include "base/clock.hpp"
#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "deps/acceptances.hpp"
#include "deps/licence.hpp"
#include "deps/licence_ids.hpp"
#include "deps/policy.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// A package whose licence is accepted all the same.
struct LicenceException
{
  std::string package;  ///< a glob
  std::string licence;  ///< a glob over what the package says; empty: any
  std::string reason;
  std::string expires;
  std::string origin;
};

struct LicenceOptions
{
  std::vector<std::string> allow;  ///< ids, "ID WITH EXCEPTION" or globs; empty: whatever is not denied
  std::vector<std::string> deny;
  OwnRuling::Kind unknown = OwnRuling::Kind::warn;
  std::vector<LicenceException> exceptions;
  std::string origin;

  /// Whether there is anything to judge by.
  [[nodiscard]] bool
  is_policy() const
  {
    return !allow.empty() || !deny.empty() || unknown == OwnRuling::Kind::fail;
  }
};

void describe(LicenceException& exception, config::OptionTable& table);
void describe(LicenceOptions& options, config::OptionTable& table);
void check(const LicenceOptions& options, config::OptionChecks& checks);

/// What a policy says of an expression, and of which of its parts.
struct LicenceVerdict
{
  enum class Outcome { passes, unknown, refused } outcome = Outcome::passes;
  std::vector<std::string> refused;  ///< parts, each with why: "GPL-3.0-only is denied (GPL-*)"
  std::vector<std::string> unknown;  ///< parts that nobody knows
  std::vector<std::string> passing;  ///< parts that would pass alone
};

/// An entry of `allow` or `deny`.
class LicenceEntry
{
public:
  explicit LicenceEntry(std::string text);
  /// Whether it is one at all; what is wrong with it ("is no licence of SPDX's list").
  [[nodiscard]] std::optional<std::string> defect() const;
  /// Whether the entry is about a licence with its exception, as an expression names it.
  [[nodiscard]] bool covers(const LicenceTerm& term) const;
  [[nodiscard]] const std::string&
  text() const
  {
    return text_;
  }

private:
  std::string text_;
  std::string glob_;                 ///< in lower case; empty if it is none
  std::optional<LicenceTerm> term_;  ///< nothing if it is a glob or wrong
  LicenceVersion version_;
};

class LicencePolicy
{
public:
  explicit LicencePolicy(const LicenceOptions& options);
  [[nodiscard]] LicenceVerdict judge(const LicenceExpression& expression) const;

private:
  struct TermVerdict
  {
    LicenceVerdict::Outcome outcome = LicenceVerdict::Outcome::passes;
    std::string why;
  };

  [[nodiscard]] TermVerdict judge(const LicenceTerm& term) const;
  [[nodiscard]] TermVerdict judge_exact(const LicenceTerm& term) const;
  [[nodiscard]] TermVerdict judge_versions(const LicenceTerm& term) const;

  std::vector<LicenceEntry> allow_, deny_;
};

/// Which exceptions are of use.
class LicenceExceptions
{
public:
  LicenceExceptions(const std::vector<LicenceException>& entries, Date today)
      : entries_(entries, today)
  {}

  /// The ruling of the first entry that counts.
  [[nodiscard]] std::optional<OwnRuling> ruling(std::string_view package, std::string_view licence);
  /// A sentence for each entry that has expired or covers nothing.
  [[nodiscard]] std::vector<std::string> notices() const;

private:
  Acceptances<LicenceException> entries_;
};

}  // namespace sluice::deps
