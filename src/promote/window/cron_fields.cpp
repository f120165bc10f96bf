// SPDX-License-Identifier: Apache-2.0
#include "promote/window/cron_fields.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "promote/window/weekday_names.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sluice::promote {

namespace {

constexpr std::size_t longest_expression = 500;

constexpr auto month_names = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

struct Field
{
  std::string_view what;
  int first = 0, last = 0;
  std::span<const std::string_view> names;  ///< of the values from `first` on
};

const std::array<Field, 5> fields{{{"minute", 0, 59, {}},
                                   {"hour", 0, 23, {}},
                                   {"day of the month", 1, 31, {}},
                                   {"month", 1, 12, month_names},
                                   {"day of the week", 0, 7, weekday_keys}}};

constexpr int sunday_again = 7;

Result<int>
value_of(std::string_view text, const Field& field)
{
  const std::string name = to_lower(text);
  for (std::size_t i = 0; i < field.names.size(); ++i) {
    if (field.names[i] == name) {
      return field.first + static_cast<int>(i);
    }
  }
  const auto number = !text.empty() && is_digit(text.front()) ? number_of<int>(text) : std::nullopt;
  if (!number) {
    return fail(ErrorKind::config, "\"{}\" is no {}{}", printable(text), field.what, did_you_mean(name, field.names));
  }
  if (*number < field.first || *number > field.last) {
    return fail(ErrorKind::config, "the {} {} is not from {} to {}", field.what, *number, field.first, field.last);
  }
  return *number;
}

struct Range
{
  int first = 0, last = 0;
};

/// "*", "5", "mon-fri"; a number with a step behind it goes to the end.
Result<Range>
range_of(std::string_view text, const Field& field, bool has_step)
{
  if (text == "*") {
    return Range{field.first, field.last};
  }
  const std::size_t dash = text.find('-');
  TRY_ASSIGN(const int first, value_of(text.substr(0, dash), field));
  if (dash == std::string_view::npos) {
    return Range{first, has_step ? field.last : first};
  }
  TRY_ASSIGN(int last, value_of(text.substr(dash + 1), field));
  if (last == 0 && first > 0 && field.last == sunday_again) {
    last = sunday_again;  // sat-sun
  }
  if (last < first) {
    return fail(ErrorKind::config, "the range \"{}\" of the {} ends before it begins", printable(text), field.what);
  }
  return Range{first, last};
}

Result<std::uint64_t>
read_item(std::string_view item, const Field& field)
{
  const std::size_t slash = item.find('/');
  const bool has_step = slash != std::string_view::npos;
  const auto step = has_step ? number_of<int>(item.substr(slash + 1)) : std::optional(1);
  if (!step || *step < 1) {
    return fail(ErrorKind::config, "\"{}\" has no step from 1 on for the {}", printable(item), field.what);
  }
  TRY_ASSIGN(const Range range, range_of(item.substr(0, slash), field, has_step));
  std::uint64_t values = 0;
  for (int value = range.first; value <= range.last; value += std::min(*step, 60)) {
    values |= std::uint64_t{1} << static_cast<unsigned>(value);
  }
  return values;
}

Result<std::uint64_t>
read_field(std::string_view text, const Field& field)
{
  std::uint64_t values = 0;
  for (const std::string_view item : split(text, ',')) {
    TRY_ASSIGN(const std::uint64_t more, read_item(item, field));
    values |= more;
  }
  return values;
}

std::vector<std::string_view>
words_of(std::string_view text)
{
  std::vector<std::string_view> words;
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end + 1) {
    end = std::min(text.find_first_of(" \t", begin), text.size());
    if (end > begin) {
      words.push_back(text.substr(begin, end - begin));
    }
  }
  return words;
}

/// 7 is Sunday, which is 0.
std::uint64_t
with_one_sunday(std::uint64_t weekdays)
{
  return (weekdays | (weekdays >> sunday_again)) & 0x7FU;
}

}  // namespace

Result<CronFields>
read_cron(std::string_view text)
{
  const auto words = words_of(text.substr(0, longest_expression + 1));
  if (words.size() != fields.size() || text.size() > longest_expression) {
    return fail(ErrorKind::config, "it is not five fields (minute, hour, day of the month, month, day of the week)");
  }
  std::array<std::uint64_t, fields.size()> values{};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    TRY_ASSIGN(values.at(i), read_field(words[i], fields.at(i)));
  }
  const bool is_either = !words[2].starts_with('*') && !words[4].starts_with('*');
  return CronFields{.minutes = values[0],
                    .hours = values[1],
                    .days = values[2],
                    .months = values[3],
                    .weekdays = with_one_sunday(values[4]),
                    .combine = is_either ? CronFields::Days::either : CronFields::Days::both,
                    .written = words[1] == "*" ? CronFields::Hours::every : CronFields::Hours::some};
}

}  // namespace sluice::promote
