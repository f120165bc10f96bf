// SPDX-License-Identifier: Apache-2.0
//
// What a vulnerability in a dependency means: ordered rules, of which the first that fits decides, and ignores by any
// of its names. Pure data and pure functions: the day is told.
#pragma once

#include "base/clock.hpp"
#include "base/enum_names.hpp"
#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "deps/acceptances.hpp"
#include "deps/package.hpp"
#include "finding/finding.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// A condition that may be left open.
enum class Wanted { any, yes, no };

/// The least severity of a condition.
enum class AtLeast { any, low, medium, high, critical };

struct PolicyRule
{
  AtLeast severity = AtLeast::any;
  double cvss = 0;  ///< the least score
  double epss = 0;  ///< the least probability
  Wanted fix = Wanted::any;
  Wanted direct = Wanted::any;
  Wanted kev = Wanted::any;
  Wanted malware = Wanted::any;
  Wanted unscored = Wanted::any;
  std::vector<std::string> scope;      ///< names of Scope; empty: any
  std::vector<std::string> ecosystem;  ///< empty: any
  std::vector<std::string> package;    ///< globs; empty: any
  std::vector<std::string> path;       ///< globs of lockfiles; empty: any
  std::int64_t grace = 0;              ///< days since the advisory was published in which `fail` warns
  OwnRuling::Kind action = OwnRuling::Kind::fail;
  std::string reason;
  std::string expires;
  std::string origin;
};

/// A vulnerability that is accepted.
struct Ignore
{
  std::string id;       ///< any of its names
  std::string package;  ///< a glob; empty: any
  std::string path;     ///< likewise
  std::string reason;
  std::string expires;
  std::string origin;
};

void describe(PolicyRule& rule, config::OptionTable& table);
void describe(Ignore& ignore, config::OptionTable& table);
void check(const std::vector<PolicyRule>& rules, config::OptionChecks& checks);

/// What a rule can ask about.
struct PolicyFacts
{
  std::optional<Severity> severity;
  std::optional<double> score;
  std::optional<double> epss;
  bool has_fix = false, is_kev = false, is_malware = false;
  Scope scope = Scope::runtime;
  bool is_direct = false;
  std::string_view ecosystem, name, path;
  std::optional<Date> published;
};

/// Malware and what is exploited fail always; where it runs, what is critical, and what is high and has a fix; all else
/// warns.
[[nodiscard]] const std::vector<PolicyRule>& default_rules();

/// The rules of a run: the configured ones, or the defaults. Behind configured ones malware and what is exploited still
/// fail, and all else warns; of these two a rule that warns or ignores decides only if it names them, `malware: true`
/// or `kev: true`, and what fails does so however severe it is.
class RuleList
{
public:
  explicit RuleList(const std::vector<PolicyRule>& configured);

  [[nodiscard]] OwnRuling decide(const PolicyFacts& facts, Date today);
  /// A sentence for each rule that has expired, and each that ignores and has decided nothing.
  [[nodiscard]] std::vector<std::string> notices(Date today) const;

  /// Whether some rule that fails could apply to the package, whatever its vulnerabilities; the rules for malware and
  /// what is exploited, which apply to everything, do not count.
  [[nodiscard]] bool can_fail(const PolicyFacts& package) const;
  /// The scopes of those of these rules that are for all ecosystems, "peer, runtime"; empty if one takes any.
  [[nodiscard]] std::string scopes_that_fail() const;

private:
  std::vector<PolicyRule> rules_;
  std::vector<bool> used_;
};

/// Which ignores are of use.
class IgnoreList
{
public:
  IgnoreList(const std::vector<Ignore>& entries, Date today)
      : entries_(entries, today)
  {}

  /// The ruling of the first entry that counts. `names` are all names of a vulnerability.
  [[nodiscard]] std::optional<OwnRuling> ruling(const std::vector<std::string>& names, std::string_view package,
                                                std::string_view path);
  /// A sentence for each entry that has expired or covers nothing.
  [[nodiscard]] std::vector<std::string> notices() const;

private:
  Acceptances<Ignore> entries_;
};

}  // namespace sluice::deps

template<> struct sluice::EnumNames<sluice::deps::Wanted>
{
  static constexpr std::array<std::string_view, 3> names{"any", "true", "false"};
};

template<> struct sluice::EnumNames<sluice::deps::AtLeast>
{
  static constexpr std::array<std::string_view, 5> names{"any", "low", "medium", "high", "critical"};
};

template<> struct sluice::EnumNames<sluice::OwnRuling::Kind>
{
  static constexpr std::array<std::string_view, 3> names{"fail", "warn", "ignore"};
};
