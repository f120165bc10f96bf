// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "deps/policy.hpp"

#include <string>
#include <vector>

namespace sluice::deps {

struct DepsOptions
{
  std::string db;                    ///< directory of the advisory database; empty: where the user keeps it
  std::string db_key;                ///< public key that must have signed the database; empty: none
  bool update_advisories = false;    ///< bring the database up to date first
  std::string update_from;           ///< where from; empty: OSV's own
  std::vector<std::string> exclude;  ///< globs of lockfiles
  std::vector<PolicyRule> rules;     ///< in their order; empty: the defaults
  std::vector<Ignore> ignore;
  std::int64_t max_age = 14;  ///< days that an index may be old; 0: any
};

void describe(DepsOptions& options, config::OptionTable& table);
void check(const DepsOptions& options, config::OptionChecks& checks);

}  // namespace sluice::deps
