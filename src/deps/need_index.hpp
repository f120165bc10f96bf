// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace sluice::deps {

/// The needs of a list by the package at one of their ends, as ranges of one array. The needs must outlive it and stay
/// where they are.
class NeedIndex
{
public:
  enum class By { from, to };

  /// `packages` is how many the list has.
  NeedIndex(std::span<const Need> needs, std::size_t packages, By by)
      : first_(packages + 1),
        sorted_(needs.size())
  {
    const auto end_of = [by](const Need& need) { return by == By::from ? need.from : need.to; };
    for (const Need& need : needs) {
      ++first_[end_of(need) + 1];
    }
    for (std::size_t i = 1; i < first_.size(); ++i) {
      first_[i] += first_[i - 1];
    }
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (const Need& need : needs) {
      sorted_[next[end_of(need)]++] = &need;
    }
  }

  /// In the order of the list.
  [[nodiscard]] std::span<const Need* const>
  of(PackageId package) const
  {
    return std::span(sorted_).subspan(first_[package], first_[package + 1] - first_[package]);
  }

private:
  std::vector<std::uint32_t> first_;  ///< of `sorted_`, by package
  std::vector<const Need*> sorted_;
};

}  // namespace sluice::deps
