// SPDX-License-Identifier: Apache-2.0
//
// Ranges of ecosystems other than npm (npm_range.hpp), as their lockfiles and manifests write them: ">=1.2,<2" of PyPI,
// "~> 1.2, >= 1.2.3" of RubyGems, "^1.2 || ~2.0" of Packagist, "1.2" of Cargo, "[1.0, 2.0)" of NuGet, "~> 1.2 or 2.0.0"
// of Hex. They are few ideas under many signs: a range is alternatives, an alternative is intervals that must all hold,
// and whether a version lies within ends is asked of the scheme of the ecosystem. So each ecosystem is a row of signs
// (range_dialect.cpp) and not a parser.
//
// Whether a prerelease is in a range every tool decides in its own way, by options that no lockfile has. What is asked
// for here is whether a fix is, and of one that is no release no answer is given, but where ends alone decide.
#pragma once

#include "deps/scheme.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

class VersionRange
{
public:
  static constexpr std::size_t max_bytes = 64UL * 1024;

  struct End
  {
    std::string version;
    bool is_included = true;
  };
  struct Interval
  {
    std::optional<End> low, high;  ///< neither: every version
    bool is_excluded = false;      ///< what lies in it is not meant
  };
  using Alternative = std::vector<Interval>;  ///< all must hold; none: nothing is admitted

  explicit VersionRange(std::vector<Alternative> alternatives)
      : alternatives_(std::move(alternatives))
  {}

  /// Nothing where that cannot be told: an end is no version of the scheme.
  [[nodiscard]] std::optional<bool> admits(const Scheme& scheme, std::string_view version) const;

private:
  std::vector<Alternative> alternatives_;
};

/// How an ecosystem writes ranges, and which versions can be asked for.
struct RangeSyntax
{
  std::string_view ecosystem;  ///< as OSV spells it
  /// Nothing of what is no range. Of any bytes, in time linear in their length.
  std::optional<VersionRange> (*parse)(std::string_view text);
  bool are_prereleases_told = false;  ///< ends alone decide
};

/// Null if it is not known. Not of npm.
[[nodiscard]] const RangeSyntax* range_syntax(std::string_view ecosystem);

}  // namespace sluice::deps
