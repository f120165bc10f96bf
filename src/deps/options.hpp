// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "deps/licence_policy.hpp"
#include "deps/policy.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// What becomes of packages that a change brings for the first time.
enum class NewPackages {
  list,     ///< the report names them
  approve,  ///< each that nobody has approved is a finding
};

/// In place of an address: what is known of attacks is not fetched.
inline constexpr std::string_view no_exploits = "none";

struct DepsOptions
{
  std::string db;                             ///< directory of the advisory database; empty: where the user keeps it
  std::string db_key;                         ///< public key that must have signed the database; empty: none
  bool update_advisories = false;             ///< bring the database up to date first
  bool online = false;                        ///< ask a service instead of a database
  std::string api;                            ///< its address; empty: osv.dev's
  std::vector<std::string> private_packages;  ///< globs of names that it is not told
  std::string update_from;                    ///< where from; empty: OSV's own
  std::string kev_from, epss_from;   ///< where what is known of attacks is from; empty: the public ones; or "none"
  std::vector<std::string> exclude;  ///< globs of lockfiles
  std::vector<PolicyRule> rules;     ///< in their order; empty: the defaults
  std::vector<Ignore> ignore;
  std::int64_t max_age = 14;  ///< days that an index may be old; 0: any
  std::vector<std::string>
      registries;  ///< globs of hosts, or of host and path, that are as good as the public registry
  NewPackages new_packages = NewPackages::list;
  std::vector<std::string> approved_packages;  ///< globs of names
  std::int64_t min_release_age = 0;            ///< days since a version was published before it may be locked; 0: any
  LicenceOptions licences;
  std::vector<std::string> vex;  ///< paths and globs of VEX documents, from the root of the work tree
};

/// Refuses a source of advisories that none can be: an address that is not https, a directory that is not there.
void check_source(const std::string& from, std::string_view key, config::OptionChecks& checks);

void describe(DepsOptions& options, config::OptionTable& table);
void check(const DepsOptions& options, config::OptionChecks& checks);

}  // namespace sluice::deps

template<> struct sluice::EnumNames<sluice::deps::NewPackages>
{
  static constexpr std::array<std::string_view, 2> names{"list", "approve"};
};
