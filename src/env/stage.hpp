// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"

#include <array>
#include <string_view>

namespace sluice::env {

/// What an environment is for, by custom told from its name.
enum class Stage {
  unknown,  ///< a name that says nothing, or none
  local,    ///< one developer's machine
  test,
  preview,  ///< of one change: Vercel's preview, review apps
  staging,  ///< like production, with nobody's data
  production,
};

/// When the values are taken: baked in while the program is built, or read while it runs.
enum class Phase { runtime, build };

/// "production" and "prod" are production, "stage", "uat" and "qa" staging, "dev", "development" and "local" local, …;
/// a part of a name counts where the whole says nothing: "eu-prod".
[[nodiscard]] Stage stage_of(std::string_view environment);

/// Whether it is one of the words that everybody calls environments by.
[[nodiscard]] bool is_stage_word(std::string_view name);

/// What a file of a repository is for, by the words of its path: `test` of what tests are made of, `local` of what
/// starts the program on a developer's machine, else `unknown`.
[[nodiscard]] Stage stage_of_path(std::string_view path);

/// Whether strangers can reach it: staging and production.
[[nodiscard]] constexpr bool
is_deployed(Stage stage)
{
  return stage == Stage::staging || stage == Stage::production;
}

}  // namespace sluice::env

template<> struct sluice::EnumNames<sluice::env::Phase>
{
  static constexpr std::array<std::string_view, 2> names{"runtime", "build"};
};
template<> struct sluice::EnumNames<sluice::env::Stage>
{
  static constexpr std::array<std::string_view, 6> names{"unknown", "local",   "test",
                                                         "preview", "staging", "production"};
};
