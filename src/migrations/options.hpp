// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "config/option_table.hpp"
#include "migrations/session.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

enum class FrameworkChoice { automatic, plain, supabase };

struct MigrationsOptions
{
  std::vector<std::string> paths;
  FrameworkChoice framework = FrameworkChoice::automatic;
  FileTransaction transaction = FileTransaction::none;
  std::string supabase_cli_version;
  std::vector<std::string> exclude;
  std::vector<std::string> disable;
};

void describe(MigrationsOptions& options, config::OptionTable& table);

}  // namespace sluice::migrations

template<> struct sluice::EnumNames<sluice::migrations::FrameworkChoice>
{
  static constexpr std::array<std::string_view, 3> names{"auto", "plain", "supabase"};
};

template<> struct sluice::EnumNames<sluice::migrations::FileTransaction>
{
  static constexpr std::array<std::string_view, 2> names{"none", "per-file"};
};
