// SPDX-License-Identifier: Apache-2.0
//
// Conan 2 (conan/internal/model/version.py): MAIN[-PRERELEASE][+BUILD], each split at dots. Zeros do not count at an
// end. Two items are compared as numbers if Python's int() takes both, else as text, "1" before "1k". So the order has
// cycles: 9 < 10 < 1a < 9.
//
// Conan orders any text. One that is no name of a version there, and one without a digit, is no version here.
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

#include <string>
#include <vector>

namespace sluice::deps {

namespace {

/// A longer one is text to Python's int() (`sys.int_info.default_max_str_digits`).
constexpr std::size_t max_digits = 4300;

struct Item
{
  std::string text;  ///< of a number its digits, as Python writes it
  bool is_number = false;
  bool is_negative = false;
};

using Items = std::vector<Item>;

struct Version
{
  Items main;
  std::optional<Items> prerelease;
  std::optional<Items> build;
};

/// Digits, with single underscores between.
bool
is_python_integer(std::string_view text)
{
  const bool is_made_of_digits = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '_'; });
  return is_made_of_digits && !text.empty() && is_digit(text.front()) && is_digit(text.back())
         && text.find("__") == std::string_view::npos;
}

Item
item_of(std::string_view text)
{
  std::string_view number = text;
  const bool is_negative = take(number, '-');
  if (!is_negative) {
    static_cast<void>(take(number, '+'));
  }
  if (!is_python_integer(number)) {
    return {std::string(text)};
  }
  std::string digits(number);
  std::erase(digits, '_');
  if (digits.size() > max_digits) {
    return {std::string(text)};
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const bool is_below_zero = is_negative && digits != "0";
  return {std::move(digits), true, is_below_zero};
}

Items
items_of(std::string_view text)
{
  Items items;
  for (const std::string_view part : split(text, '.')) {
    items.push_back(item_of(part));
  }
  while (!items.empty() && items.back().is_number && items.back().text == "0") {
    items.pop_back();
  }
  return items;
}

bool
is_name_of_version(std::string_view text)
{
  const bool has_only_marks = std::all_of(text.begin(), text.end(), [](char character) {
    return is_alphanumeric(character) || std::string_view("_+.-").find(character) != std::string_view::npos;
  });
  return has_only_marks && !text.empty() && (is_alphanumeric(text.front()) || text.front() == '_')
         && std::any_of(text.begin(), text.end(), is_digit);
}

std::optional<Version>
parse(std::string_view text)
{
  if (!is_name_of_version(text)) {
    return std::nullopt;
  }
  Version version;
  if (const std::size_t plus = text.rfind('+'); plus != std::string_view::npos) {
    version.build = items_of(text.substr(plus + 1));
    text = text.substr(0, plus);
  }
  if (const std::size_t hyphen = text.find('-'); hyphen != std::string_view::npos) {
    version.prerelease = items_of(text.substr(hyphen + 1));
    text = text.substr(0, hyphen);
  }
  version.main = items_of(text);
  return version;
}

std::weak_ordering
compare_item(const Item& a, const Item& b)
{
  if (!a.is_number || !b.is_number) {
    const auto written = [](const Item& item) { return (item.is_negative ? "-" : "") + item.text; };
    return written(a) <=> written(b);
  }
  if (a.is_negative != b.is_negative) {
    return b.is_negative <=> a.is_negative;
  }
  return a.is_negative ? compare_numbers(b.text, a.text) : compare_numbers(a.text, b.text);
}

std::weak_ordering
compare_items(const Items& a, const Items& b)
{
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (const auto order = compare_item(a[i], b[i]); order != 0) {
      return order;
    }
  }
  return a.size() <=> b.size();
}

std::weak_ordering
compare_versions(const Version& a, const Version& b)
{
  if (const auto order = compare_items(a.main, b.main); order != 0) {
    return order;
  }
  if (!a.prerelease || !b.prerelease) {
    if (a.prerelease || b.prerelease) {
      return b.prerelease.has_value() <=> a.prerelease.has_value();
    }
  } else if (const auto order = compare_items(*a.prerelease, *b.prerelease); order != 0) {
    return order;
  }
  return a.build && b.build ? compare_items(*a.build, *b.build) : a.build.has_value() <=> b.build.has_value();
}

}  // namespace

extern const Scheme scheme_conan{
    .id = "conan",
    .compare = [](std::string_view a, std::string_view b) { return compare_parsed(a, b, parse, compare_versions); },
    .cycles = Cycles::known};

}  // namespace sluice::deps
