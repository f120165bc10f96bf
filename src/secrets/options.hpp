// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "config/option_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::secrets {

/// What of a repository is looked at.
enum class Scope {
  automatic,       ///< what the event brings; without one everything that is here
  history,         ///< every object
  range,           ///< the commits of the change
  staged,          ///< the index against HEAD
  worktree,        ///< files on disk
  standard_input,  ///< one text
};

struct SecretsOptions
{
  Scope scope = Scope::automatic;
  std::vector<std::string> exclude;  ///< globs
  std::int64_t max_file_size = 128;  ///< MiB
};

void describe(SecretsOptions& options, config::OptionTable& table);

}  // namespace sluice::secrets

template<> struct sluice::EnumNames<sluice::secrets::Scope>
{
  static constexpr std::array<std::string_view, 6> names{"auto", "history", "range", "staged", "worktree", "stdin"};
};
