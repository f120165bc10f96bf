// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "env/stage.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// What `.sluice.yml` says of one environment, which no schema can.
struct EnvironmentSetting
{
  Phase phase = Phase::runtime;
  std::vector<std::string> files;     ///< dotenv files whose values it has, from the root; later ones win
  std::vector<std::string> required;  ///< names that must have a value there, beside what schemas say
  std::vector<std::string> optional;  ///< names that need none there, whatever schemas say
  std::vector<std::string> constant;  ///< names whose values must not change from one fingerprint to the next
  std::vector<std::string> hosts;     ///< globs; empty: any host may be named there
  std::string origin;
};

void describe(EnvironmentSetting& setting, config::OptionTable& table);

struct EnvOptions
{
  std::map<std::string, EnvironmentSetting> environments;
  std::vector<std::string> exclude;          ///< globs of files that are not looked at
  std::vector<std::string> client_prefixes;  ///< of names that a build hands to browsers, beside the known ones
  std::vector<std::string> ambient;          ///< names, or globs of them, that are given from outside
  std::int64_t rotation = 92;                ///< days that a key may be old; 0: any
  bool style = false;                        ///< check how dotenv files are written
  std::vector<std::string> stores;           ///< ENVIRONMENT=FILE
  std::vector<std::string> fingerprints;     ///< files that `fingerprint` made
};

void describe(EnvOptions& options, config::OptionTable& table);
void check(const EnvOptions& options, config::OptionChecks& checks);

}  // namespace sluice::env
