// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/checksum.hpp"
#include "finding/rule_meta.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace sluice::credentials {

/// One kind of credential: a file of rules/, compiled into the program. All texts are in static storage.
struct Rule
{
  RuleMeta meta;
  std::string_view pattern;         ///< RE2, over bytes; the group named `secret` is the secret, else the whole match
  std::string_view candidate;       ///< Vectorscan; matches somewhere inside whatever `pattern` matches
  std::string_view prefix;          ///< literal text that every secret of this rule begins with, public; may be empty
  std::uint32_t max_length = 1024;  ///< bytes; longest match of `pattern` that is looked for, and where it is cut
  Checksum checksum = Checksum::none;
  double min_entropy = 0;  ///< bits per byte of the secret (Shannon); below it a match is a placeholder
  std::span<const std::string_view> deny_secrets;  ///< RE2: a secret that holds such a text is a placeholder
  std::span<const std::string_view> deny_context;  ///< RE2: likewise for what the match holds around its secret
};

/// Whether the rule goes by words and entropy rather than by a provider's format: it yields to any rule that does.
[[nodiscard]] bool is_generic(const Rule& rule);

/// Every rule, by id; generated from rules/*.yml.
[[nodiscard]] std::span<const Rule> rules();

/// The scan database of `rules()` as it was compiled with the program (scan_database.hpp).
[[nodiscard]] std::string_view compiled_database();

}  // namespace sluice::credentials
