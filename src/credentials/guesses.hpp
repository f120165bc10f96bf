// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/rule.hpp"
#include "credentials/stand_in.hpp"
#include "finding/redactor.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::credentials {

/// What no rule knows and nobody should see: see the chapters of their files.
class Guesses
{
public:
  explicit Guesses(std::span<const Rule> rules)
      : rules_(rules)
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
  std::uint64_t work_ = 0;
};

}  // namespace sluice::credentials
