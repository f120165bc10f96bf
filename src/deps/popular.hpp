// SPDX-License-Identifier: Apache-2.0
//
// Names that so many projects depend on that a slip in one of them is worth registering. The lists of popular/ are
// written by hand and judge nothing by themselves: a name that is missing is one whose look-alikes are not told.
#pragma once

#include "base/enum_names.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace sluice::deps {

/// What a name has that the popular one has not; of several popular names that which needs the likelier slip counts.
enum class NameDifference {
  swapped,       ///< "lodahs"
  one_more,      ///< "lodashs"
  one_less,      ///< "lodas"
  other_letter,  ///< "lodazh"
  marks,         ///< the same letters: other hyphens, dots, slashes, scope signs or capitals, "types-node"
};

struct NearName
{
  std::string_view popular;  ///< static storage
  NameDifference how = NameDifference::marks;
};

/// The names of one ecosystem, as its registry spells them.
struct PopularList
{
  std::string_view ecosystem;
  std::span<const std::string_view> names;  ///< sorted, each once
};

/// Every list of popular/, by ecosystem.
[[nodiscard]] std::span<const PopularList> popular_lists();

/// The popular name that `name` is one edit away from; nothing if it is popular itself, if its owner is that of a
/// popular name, or if the ecosystem has no list. The time does not depend on the length of the list, and names of any
/// length may be asked for.
[[nodiscard]] std::optional<NearName> near_popular(std::string_view ecosystem, std::string_view name);

}  // namespace sluice::deps

template<> struct sluice::EnumNames<sluice::deps::NameDifference>
{
  static constexpr std::array<std::string_view, 5> names{"swapped", "one-more", "one-less", "other-letter", "marks"};
};
