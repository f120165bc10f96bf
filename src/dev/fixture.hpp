// SPDX-License-Identifier: Apache-2.0
//
// fixtures/<gate>/<kind>/<id>/<case>/{input*, expected}: what the tests compare and the rules' pages show, read and
// judged in one way.
#pragma once

#include "base/result.hpp"
#include "gate/gate.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::dev {

struct FixtureCase
{
  std::string name;                ///< of its directory
  std::filesystem::path input;     ///< a file called input.*, or a directory called input; empty if there is none
  std::filesystem::path expected;  ///< may be absent

  /// Of a case that is a change: base.*, the same file before it, or base, the directory; need not be there.
  [[nodiscard]] std::filesystem::path base() const;
};

/// The cases of a thing, by name.
[[nodiscard]] std::vector<FixtureCase> fixture_cases(const std::filesystem::path& folder);

/// What the gate says of a directory with just this input, templates in it filled in for the rule
/// (gate::Type::expand_fixture). With a base.* or base beside it the input is the change since that. `previews` is as
/// an option: "all", a rule, or empty for none.
[[nodiscard]] Result<Report> judge_fixture(const gate::Type& type, std::string_view rule,
                                           const std::filesystem::path& input, std::string_view previews);

}  // namespace sluice::dev
