// SPDX-License-Identifier: Apache-2.0
//
// Ranges of npm, as package.json and the lockfiles of npm, Yarn, pnpm and Bun write them: "^1.2.3", "1.x || >=2.5.0",
// "1.2 - 2.3". npm asks node-semver loosely (npm-pick-manifest and Arborist pass `loose`), and so do pnpm and Yarn:
// leading zeros are taken, a prerelease needs no hyphen, and of an alternative that holds something which is no
// comparator the rest counts ("1.2.3 foo" is 1.2.3).
#pragma once

#include "deps/npm_version.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

class NpmRange
{
public:
  /// Nothing of what is no range: a tag ("latest"), an address, a path, an alias. Of any bytes, in time linear in their
  /// length; at most 64 KiB are a range.
  [[nodiscard]] static std::optional<NpmRange> parse(std::string_view text);

  /// Whether the version is in the range. A prerelease is only where an end of the same three numbers is one too. Not
  /// of what is no version.
  [[nodiscard]] bool admits(std::string_view version) const;

  /// The least version that may be in it, with "-0" where everything from a first prerelease on is; nothing if no
  /// version is.
  [[nodiscard]] std::optional<std::string> least() const;

  /// Whether the other admits all that this admits, as far as can be told from each alternative alone.
  [[nodiscard]] bool is_within(const NpmRange& other) const;

private:
  enum class Operator { equal, less, at_most, greater, at_least };
  struct Comparator
  {
    Operator op = Operator::equal;
    std::uint64_t major = 0, minor = 0, patch = 0;
    std::string prerelease;
    [[nodiscard]] NpmVersion version() const;
    [[nodiscard]] bool admits(const NpmVersion& version) const;
    /// The least version that it admits, of one that has no end above.
    [[nodiscard]] std::string first() const;
  };
  /// All of which must hold; none: any release.
  using Alternative = std::vector<Comparator>;
  /// What lies between the ends of an alternative; null where there is no end.
  struct Interval
  {
    const Comparator* low = nullptr;
    const Comparator* high = nullptr;
  };
  friend class NpmRangeReader;

  [[nodiscard]] static bool admits(const Alternative& alternative, const NpmVersion& version);
  [[nodiscard]] static Interval interval_of(const Alternative& alternative);
  [[nodiscard]] static bool is_empty(const Interval& interval);
  [[nodiscard]] static bool is_within(const Interval& inner, const Interval& outer);

  std::vector<Alternative> alternatives_;  ///< never empty
};

}  // namespace sluice::deps
