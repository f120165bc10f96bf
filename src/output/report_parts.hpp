// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// The parts of reading a report that know nothing of JSON.
namespace sluice::output {

/// `YYYY-MM-DDTHH:MM:SSZ`, optionally with a fraction of nine digits; from 1970 to 2199.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> parse_time(std::string_view text);

/// 1 to 100 lower-case letters, digits and hyphens.
[[nodiscard]] bool is_kebab(std::string_view id);

/// 64 lower-case hexadecimal digits, or nothing at all.
[[nodiscard]] bool is_fingerprint(std::string_view hex);

/// Rules of one report, by id, at addresses that stay.
class RuleStore
{
public:
  /// Points `rule.meta` at the rule's own texts.
  const RuleMeta* add(OwnedRule rule);
  [[nodiscard]] const RuleMeta* find(const std::string& id) const;
  [[nodiscard]] const std::shared_ptr<std::deque<OwnedRule>>&
  rules() const
  {
    return rules_;
  }

private:
  std::shared_ptr<std::deque<OwnedRule>> rules_ = std::make_shared<std::deque<OwnedRule>>();
  std::map<std::string_view, const RuleMeta*> by_id_;
};

}  // namespace sluice::output
