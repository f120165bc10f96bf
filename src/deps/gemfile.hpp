// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

/// What a Gemfile says of groups (bundler.io, "Gemfile"). It is a program; read are the forms that Bundler's own
/// documentation shows: gem lines, and blocks of `group … do`.
struct Gemfile
{
  std::unordered_map<std::string, Scope> gems;
  std::unordered_set<std::string> conditional;  ///< those of some platforms, or under another condition
  bool has_gemspec = false;  ///< what the gemspec needs for development is in the group of development
};

[[nodiscard]] Gemfile read_gemfile(std::string_view text);

}  // namespace sluice::deps
