// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "env/dialect.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::env {

/// A value with its references replaced.
struct Expansion
{
  std::string value = {};
  bool executes = false;  ///< only running something gives it
  bool expands = false;   ///< a reference was replaced
  /// Why the program refuses the file for it; null if it does not.
  const char* refusal = nullptr;
};

/// The entries of a file as a dialect comes to them, and what references below them see.
class Entries
{
public:
  explicit Entries(const Environment& outer)
      : outer_(outer)
  {}

  /// The entry is seen by references from here on.
  void add(Entry entry);
  /// Adds with the value, unless that is refused or all values together are too large: then false.
  bool add(Entry entry, Expansion expansion, std::string_view text, Refusal& refusal);

  /// The last of that key above; null if there is none.
  [[nodiscard]] const Entry* in_file(std::string_view key) const;
  /// Of the environment; null if it has none.
  [[nodiscard]] const std::string* outside(std::string_view key) const;

  [[nodiscard]] Reading take() &&;

private:
  struct Hash : std::hash<std::string_view>
  {
    using is_transparent = void;
  };
  const Environment& outer_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> last_;
  std::size_t bytes_made_ = 0;  ///< of values that references made
};

/// A reading that refuses the file at the line of `at`.
[[nodiscard]] Reading refused(std::string_view text, std::size_t at, std::string why);

/// The line of a place, from 1, where CR LF, CR and LF each end one.
[[nodiscard]] std::uint32_t line_of(std::string_view text, std::size_t at);

/// Where a value made of references is too large to go on.
inline constexpr const char* too_large = "references make a value too large";

}  // namespace sluice::env
