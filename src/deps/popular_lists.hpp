// SPDX-License-Identifier: Apache-2.0
//
// How a file of popular/ is written: one literal of names with a blank between, which is an array of names and sorted
// before the program runs, or does not compile.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <string_view>

namespace sluice::deps {

using PopularNames = std::span<const std::string_view>;

constexpr std::size_t
count_of_words(std::string_view text)
{
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

/// `count` is that of the text's words.
template<std::size_t count>
constexpr std::array<std::string_view, count>
words_of(std::string_view text)
{
  std::array<std::string_view, count> words;
  for (std::string_view& word : words) {
    word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return words;
}

constexpr bool
is_sorted_and_unique(PopularNames names)
{
  return std::adjacent_find(names.begin(), names.end(), std::greater_equal<>()) == names.end();
}

extern const PopularNames popular_crates_io, popular_go, popular_maven, popular_npm, popular_nuget, popular_packagist,
    popular_pypi, popular_rubygems;

}  // namespace sluice::deps
