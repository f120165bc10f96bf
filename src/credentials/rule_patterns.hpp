// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"
#include "credentials/rule.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::credentials {

struct PatternMatch
{
  Span whole;
  Span secret;  ///< never empty, inside `whole`
};

/// The regular expressions of rules, compiled by RE2 when first needed: most runs need a handful of them. Safe to use
/// from several threads. RE2 runs in linear time and in a bounded memory, whatever the text.
class RulePatterns
{
public:
  explicit RulePatterns(std::span<const Rule> rules);
  ~RulePatterns();
  RulePatterns(RulePatterns&&) noexcept;
  RulePatterns& operator=(RulePatterns&&) noexcept;

  /// The leftmost match that begins at or after `from` and ends at or before `to`. What surrounds that range still
  /// counts for `\b`, `^` and `$`.
  [[nodiscard]] std::optional<PatternMatch> find(std::uint32_t rule, std::string_view text, std::size_t from,
                                                 std::size_t to) const;

  /// Whether the rule's lists take a match in `text` for a placeholder.
  [[nodiscard]] bool denies(std::uint32_t rule, const PatternMatch& match, std::string_view text) const;

private:
  struct Compiled;
  const Compiled& compiled(std::uint32_t rule) const;

  std::span<const Rule> rules_;
  mutable std::vector<std::unique_ptr<Compiled>> compiled_;
};

}  // namespace sluice::credentials
