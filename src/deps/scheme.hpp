// SPDX-License-Identifier: Apache-2.0
//
// How an ecosystem spells and orders versions. The order must be that of the ecosystem's own tool in every case: an
// advisory is a range, and a comparison that is nearly right is a hole that is told as clean. So there is one file for
// each tool's order, tested against the tool itself, and no order that "fits most". What the tool does not take for a
// version is none here: it is reported as such and never compared.
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <string_view>

namespace sluice::deps {

/// Whether a < b and b < c make a < c. Two tools compare so that it is not always; whoever sorts by their order must
/// not rely on it (std::sort does, and reads beyond its range if it fails).
enum class Cycles { none, known };

/// What two versions are that have no order: surely not the same (a branch of Composer and a release), or perhaps (a
/// moving tag of an action and the release that it may point at).
enum class Unordered { different, undecided };

struct Scheme
{
  std::string_view id;  ///< the name of its file: "npm", "pep440"
  /// The order of two versions, `equivalent` where the tool treats them as the same ("1.0" and "1.0.0" of PEP 440).
  /// Nothing if either is no version, or if the tool has no order for the two (a branch of Composer, a moving tag of an
  /// action): every version is equivalent to itself. Of any bytes, in time linear in their length, without recursion;
  /// `compare(b, a)` is always the reverse.
  std::optional<std::weak_ordering> (*compare)(std::string_view a, std::string_view b);
  Cycles cycles = Cycles::none;
  /// Of a version, whether it has an order to every other one of which this is true, and equals none of which it is
  /// not: a branch of Composer has an order to nothing. Null: all versions are in one line.
  bool (*is_in_line)(std::string_view version) = nullptr;
  Unordered unordered = Unordered::different;
};

/// Whether the text is a version of the scheme.
[[nodiscard]] inline bool
is_version(const Scheme& scheme, std::string_view text)
{
  return scheme.compare(text, text).has_value();
}

/// Whether the text is a version that may be sorted with others of which this is true, and searched for by halves.
[[nodiscard]] inline bool
is_in_line(const Scheme& scheme, std::string_view text)
{
  return scheme.cycles == Cycles::none && is_version(scheme, text)
         && (scheme.is_in_line == nullptr || scheme.is_in_line(text));
}

/// Every file of schemes/, by id.
[[nodiscard]] std::span<const Scheme* const> schemes();
[[nodiscard]] std::span<const std::string_view> scheme_ids();

/// Null if there is none.
[[nodiscard]] const Scheme* find_scheme(std::string_view id);

}  // namespace sluice::deps
