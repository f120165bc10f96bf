// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "deps/licence_policy.hpp"
#include "deps/policy.hpp"

#include <string>
#include <vector>

namespace sluice::deps {

struct DepsOptions
{
  std::string db;                    ///< directory of the advisory database; empty: none was named
  std::vector<std::string> exclude;  ///< globs of lockfiles
  std::vector<PolicyRule> rules;     ///< in their order; empty: the defaults
  std::vector<Ignore> ignore;
  std::int64_t max_age = 14;  ///< days that an index may be old; 0: any
  LicenceOptions licences;
  std::vector<std::string> vex;  ///< paths and globs of OpenVEX documents, from the root of the work tree
};

void describe(DepsOptions& options, config::OptionTable& table);
void check(const DepsOptions& options, config::OptionChecks& checks);

}  // namespace sluice::deps
