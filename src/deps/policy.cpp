// SPDX-License-Identifier: Apache-2.0
#include "deps/policy.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "deps/ecosystem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace sluice::deps {

namespace {

bool
fits(Wanted wanted, bool holds)
{
  return wanted == Wanted::any || (wanted == Wanted::yes) == holds;
}

bool
holds_text(const std::vector<std::string>& globs, std::string_view text)
{
  return globs.empty() || std::any_of(globs.begin(), globs.end(), [text](const std::string& glob) {
           return matches_text(glob, text);
         });
}

bool
holds_path(const std::vector<std::string>& globs, std::string_view path)
{
  return globs.empty() || std::any_of(globs.begin(), globs.end(), [path](const std::string& glob) {
           return Glob(glob).matches(path);
         });
}

bool
is_one_of(const std::vector<std::string>& names, std::string_view name)
{
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

/// "Debian" names every release of it.
bool
is_ecosystem(const std::vector<std::string>& names, std::string_view ecosystem)
{
  return is_one_of(names, ecosystem) || is_one_of(names, ecosystem.substr(0, ecosystem.find(':')));
}

/// What of a rule can be told of a package alone.
bool
fits_package(const PolicyRule& rule, const PolicyFacts& facts)
{
  return is_one_of(rule.scope, name_of(facts.scope)) && fits(rule.direct, facts.is_direct)
         && is_ecosystem(rule.ecosystem, facts.ecosystem) && holds_text(rule.package, facts.name)
         && holds_path(rule.path, facts.path);
}

bool
fits(const PolicyRule& rule, const PolicyFacts& facts)
{
  const bool is_severe = rule.severity == AtLeast::any
                         || (facts.severity && static_cast<int>(*facts.severity) >= static_cast<int>(rule.severity));
  const bool is_scored = rule.cvss <= 0 || (facts.score && *facts.score >= rule.cvss);
  const bool is_likely = rule.epss <= 0 || (facts.epss && *facts.epss >= rule.epss);
  return is_severe && is_scored && is_likely && fits(rule.fix, facts.has_fix) && fits(rule.kev, facts.is_kev)
         && fits(rule.malware, facts.is_malware) && fits(rule.unscored, !facts.severity) && fits_package(rule, facts);
}

/// The rule's conditions in words: "high or worse, with a fix, scope runtime or peer".
std::string
words_of(const PolicyRule& rule)
{
  std::vector<std::string> words;
  const auto add = [&words](bool holds, std::string text) {
    if (holds) {
      words.push_back(std::move(text));
    }
  };
  add(rule.malware == Wanted::yes, "malware");
  add(rule.kev == Wanted::yes, "known to be exploited");
  add(rule.severity != AtLeast::any, fmt::format("{} or worse", name_of(rule.severity)));
  add(rule.cvss > 0, fmt::format("CVSS from {:.1f}", rule.cvss));
  add(rule.epss > 0, fmt::format("EPSS from {:.2f}", rule.epss));
  add(rule.unscored == Wanted::yes, "unscored");
  add(rule.fix != Wanted::any, rule.fix == Wanted::yes ? "with a fix" : "without a fix");
  add(rule.direct != Wanted::any, rule.direct == Wanted::yes ? "direct" : "transitive");
  add(!rule.scope.empty(), fmt::format("scope {}", join(rule.scope, " or ")));
  add(!rule.ecosystem.empty(), join(rule.ecosystem, " or "));
  add(!rule.package.empty(), join(rule.package, " or "));
  add(!rule.path.empty(), join(rule.path, " or "));
  return words.empty() ? "everything else" : join(words, ", ");
}

std::optional<Date>
end_of_grace(const PolicyRule& rule, const PolicyFacts& facts)
{
  if (rule.grace == 0 || !facts.published) {
    return std::nullopt;
  }
  const auto [year, month, day] = *facts.published;
  const std::chrono::sys_days end =
      std::chrono::sys_days(std::chrono::year(year) / month / day) + std::chrono::days(rule.grace);
  return date_of(std::chrono::system_clock::time_point(end));
}

const std::vector<PolicyRule>&
always_failing()
{
  static const std::vector<PolicyRule> rules = [] {
    PolicyRule malware;
    malware.malware = Wanted::yes;
    PolicyRule exploited;
    exploited.kev = Wanted::yes;
    return std::vector{malware, exploited};
  }();
  return rules;
}

/// That an attack is under way is more than any rule about a severity, a scope or a package had in mind: what softens
/// has to name it.
bool
is_silent_about_attack(const PolicyRule& rule, const PolicyFacts& facts)
{
  const bool softens = rule.action != OwnRuling::Kind::fail || rule.grace != 0;
  const bool is_named = facts.is_malware ? rule.malware == Wanted::yes : rule.kev == Wanted::yes;
  return softens && (facts.is_malware || facts.is_kev) && !is_named;
}

PolicyRule
warning(AtLeast severity, Wanted unscored)
{
  PolicyRule rule;
  rule.severity = severity;
  rule.unscored = unscored;
  rule.action = OwnRuling::Kind::warn;
  return rule;
}

}  // namespace

void
describe(PolicyRule& rule, config::OptionTable& table)
{
  table.choice(rule.severity, {.key = "severity", .value = "SEVERITY", .help = "At least this severe."});
  table.real(rule.cvss, 0, 10, {.key = "cvss", .value = "SCORE", .help = "At least this CVSS score."});
  table.real(rule.epss, 0, 1, {.key = "epss", .value = "P", .help = "At least this EPSS probability."});
  table.choice(rule.fix, {.key = "fix", .value = "BOOL", .help = "Whether a version without it is known."});
  table.choice(rule.direct,
               {.key = "direct", .value = "BOOL", .help = "Whether the project names the package itself."});
  table.choice(rule.kev, {.key = "kev", .value = "BOOL", .help = "Whether CISA knows that it is exploited."});
  table.choice(rule.malware, {.key = "malware", .value = "BOOL", .help = "Whether the package itself is the attack."});
  table.choice(rule.unscored, {.key = "unscored", .value = "BOOL", .help = "Whether nobody has rated it."});
  table.list(rule.scope,
             {.key = "scope", .value = "SCOPE", .help = "What the package is needed for; anything if absent."});
  table.list(rule.ecosystem, {.key = "ecosystem", .value = "NAME", .help = "As OSV spells it; any if absent."});
  table.list(rule.package, {.key = "package", .value = "GLOB", .help = "Names of packages; any if absent."});
  table.list(rule.path, {.key = "path", .value = "GLOB", .help = "Lockfiles; any if absent."});
  table.number(rule.grace, 0, 3650,
               {.key = "grace", .value = "DAYS", .help = "Days since its publication in which it only warns."});
  table.choice(rule.action, {.key = "action", .value = "ACTION", .help = "What happens if all of this holds."});
  table.required();
  table.text(rule.reason, {.key = "reason", .value = "TEXT", .help = "Why; needed to ignore."});
  table.date(
      rule.expires,
      {.key = "expires", .value = "YYYY-MM-DD", .help = "The last day on which the rule counts; needed to ignore."});
}

void
describe(Ignore& ignore, config::OptionTable& table)
{
  table.text(ignore.id, {.key = "id", .value = "ID", .help = "Any of its names: CVE, GHSA or another."});
  table.required();
  table.text(ignore.package, {.key = "package", .value = "GLOB", .help = "The package; any if absent."});
  table.text(ignore.path, {.key = "path", .value = "GLOB", .help = "The lockfiles; any if absent."});
  table.text(ignore.reason, {.key = "reason", .value = "TEXT", .help = "Why this is acceptable."});
  table.required();
  table.date(ignore.expires, {.key = "expires", .value = "YYYY-MM-DD", .help = "The last day on which this counts."});
  table.required();
}

void
check(const std::vector<PolicyRule>& rules, config::OptionChecks& checks)
{
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const PolicyRule& rule = rules[i];
    for (std::size_t j = 0; j < rule.scope.size(); ++j) {
      const auto& names = EnumNames<Scope>::names;
      if (std::find(names.begin(), names.end(), rule.scope[j]) == names.end()) {
        checks.refuse({"rules", i, "scope", j},
                      fmt::format("is no scope: {}{}", printable(rule.scope[j]), did_you_mean(rule.scope[j], names)));
      }
    }
    std::vector<std::string_view> ecosystem_names;
    for (const Ecosystem& each : ecosystems()) {
      ecosystem_names.push_back(each.name);
    }
    for (std::size_t j = 0; j < rule.ecosystem.size(); ++j) {
      if (const std::string& name = rule.ecosystem[j]; find_ecosystem(name) == nullptr) {
        checks.refuse({"rules", i, "ecosystem", j}, fmt::format("is no ecosystem of OSV: {}{}", printable(name),
                                                                did_you_mean(name, ecosystem_names)));
      }
    }
    if (rule.action == OwnRuling::Kind::ignore && (rule.reason.empty() || rule.expires.empty())) {
      checks.refuse({"rules", i, "action"}, "is ignore, which needs a reason and a last day, `reason` and `expires`");
    }
  }
}

const std::vector<PolicyRule>&
default_rules()
{
  static const std::vector<PolicyRule> rules = [] {
    std::vector<PolicyRule> all = always_failing();
    PolicyRule severe;
    severe.severity = AtLeast::high;
    severe.fix = Wanted::yes;
    severe.scope = {"runtime", "peer"};
    all.push_back(severe);
    // Without a fix there is something to decide all the same: to do without the package, or to accept it.
    PolicyRule critical = severe;
    critical.severity = AtLeast::critical;
    critical.fix = Wanted::any;
    all.push_back(critical);
    // What a workflow uses runs with its secrets; that it is no part of the product does not help.
    PolicyRule action = severe;
    action.scope.clear();
    action.ecosystem = {"GitHub Actions"};
    all.push_back(action);
    all.push_back(warning(AtLeast::any, Wanted::yes));
    all.push_back(warning(AtLeast::any, Wanted::any));
    return all;
  }();
  return rules;
}

RuleList::RuleList(const std::vector<PolicyRule>& configured)
    : rules_(configured.empty() ? default_rules() : configured)
{
  if (!configured.empty()) {
    rules_.insert(rules_.end(), always_failing().begin(), always_failing().end());
    rules_.push_back(warning(AtLeast::any, Wanted::any));
  }
  used_.resize(rules_.size());
}

OwnRuling
RuleList::decide(const PolicyFacts& facts, Date today)
{
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const PolicyRule& rule = rules_[i];
    if (has_expired(rule.expires, today) || !fits(rule, facts) || is_silent_about_attack(rule, facts)) {
      continue;
    }
    used_[i] = true;
    std::string reason = words_of(rule);
    reason += rule.origin.empty() ? "" : fmt::format(" (rule at {})", rule.origin);
    reason += rule.reason.empty() ? "" : fmt::format(": {}", rule.reason);
    const auto grace = end_of_grace(rule, facts);
    if (rule.action == OwnRuling::Kind::fail && grace && today < *grace) {
      return {OwnRuling::Kind::warn, fmt::format("{}; warns until {}", reason, to_string(*grace))};
    }
    return {rule.action, std::move(reason), facts.is_malware || facts.is_kev};
  }
  return {OwnRuling::Kind::warn, "no rule fits"};
}

std::vector<std::string>
RuleList::notices(Date today) const
{
  std::vector<std::string> notices;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const PolicyRule& rule = rules_[i];
    const std::string reason = rule.reason.empty() ? "" : fmt::format(" (reason given: {})", rule.reason);
    if (has_expired(rule.expires, today)) {
      notices.push_back(
          fmt::format("{}: the rule for {} expired on {}{}", rule.origin, words_of(rule), rule.expires, reason));
    } else if (rule.action == OwnRuling::Kind::ignore && !used_[i]) {
      notices.push_back(
          fmt::format("{}: the rule that ignores {} covers nothing{}", rule.origin, words_of(rule), reason));
    }
  }
  return notices;
}

bool
RuleList::can_fail(const PolicyFacts& package) const
{
  return std::any_of(rules_.begin(), rules_.end(), [&package](const PolicyRule& rule) {
    return rule.action == OwnRuling::Kind::fail && rule.malware != Wanted::yes && rule.kev != Wanted::yes
           && fits_package(rule, package);
  });
}

std::string
RuleList::scopes_that_fail() const
{
  std::vector<std::string> scopes;
  for (const PolicyRule& rule : rules_) {
    const bool is_for_all = rule.malware != Wanted::yes && rule.kev != Wanted::yes && rule.ecosystem.empty();
    if (rule.action == OwnRuling::Kind::fail && is_for_all) {
      if (rule.scope.empty()) {
        return {};
      }
      scopes.insert(scopes.end(), rule.scope.begin(), rule.scope.end());
    }
  }
  std::sort(scopes.begin(), scopes.end());
  scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
  return join(scopes, ", ");
}

std::optional<OwnRuling>
IgnoreList::ruling(const std::vector<std::string>& names, std::string_view package, std::string_view path)
{
  return entries_.ruling([&](const Ignore& entry) {
    const bool is_named = std::any_of(
        names.begin(), names.end(), [&entry](const std::string& name) { return to_lower(name) == to_lower(entry.id); });
    return is_named && (entry.package.empty() || matches_text(entry.package, package))
           && (entry.path.empty() || Glob(entry.path).matches(path));
  });
}

std::vector<std::string>
IgnoreList::notices() const
{
  return entries_.notices([](const Ignore& entry) { return fmt::format("the ignore of {}", entry.id); });
}

}  // namespace sluice::deps
