// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/rule.hpp"
#include "credentials/stand_in.hpp"
#include "finding/redactor.hpp"

#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::credentials {

/// Which rules a text may hold a prefix of: looked up by four bytes at a time, and not by one rule after the other.
class PrefixFilter
{
public:
  static constexpr std::size_t shortest_prefix = 4;

  explicit PrefixFilter(std::span<const Rule> rules);
  /// Indexes of rules in their order, each once.
  [[nodiscard]] std::vector<std::uint32_t> rules_for(std::string_view text) const;

private:
  struct Beginning
  {
    std::uint32_t bytes = 0, rule = 0;
  };
  std::bitset<std::size_t{1} << 14U> seen_;
  std::vector<Beginning> beginnings_;  ///< by their bytes
};

/// What no rule knows and nobody should see: see the chapters of their files.
class Guesses
{
public:
  /// `prefixes` are those of `rules` and must outlive it.
  Guesses(std::span<const Rule> rules, const PrefixFilter& prefixes)
      : rules_(rules),
        prefixes_(prefixes)
  {}

  /// Passwords in URLs of any scheme.
  void hide_users(std::string_view text, TextKind kind, std::vector<Hidden>& hidden);
  /// What begins with a rule's prefix and goes on long enough to be worth something.
  void hide_fragments(std::string_view text, std::vector<Hidden>& hidden);
  /// Values of a line of somebody's file.
  void hide_values(std::string_view line, std::vector<Hidden>& hidden);

  /// Bytes looked at so far. For each byte of a text it is bounded by a constant, whatever the text.
  [[nodiscard]] std::uint64_t
  work() const
  {
    return work_;
  }

private:
  std::span<const Rule> rules_;
  const PrefixFilter& prefixes_;
  std::uint64_t work_ = 0;
};

}  // namespace sluice::credentials
