// SPDX-License-Identifier: Apache-2.0
//
// The words of the room below that this gate speaks all the time.
#pragma once

#include "credentials/matcher.hpp"
#include "gate/rule_set.hpp"

#include <functional>

namespace sluice::secrets {

using credentials::Checksum;
using credentials::ChecksumResult;
using credentials::ChecksumVerdict;
using credentials::compiled_database;
using credentials::is_generic;
using credentials::Match;
using credentials::Matcher;
using credentials::Matches;
using credentials::MatchWorker;
using credentials::Rule;
using credentials::rules;

/// Which rules the matcher is to apply. `set` must outlive it.
[[nodiscard]] inline std::function<bool(const RuleMeta&)>
wanted_of(const gate::RuleSet& set)
{
  return [&set](const RuleMeta& rule) { return set.applies(rule); };
}

}  // namespace sluice::secrets
