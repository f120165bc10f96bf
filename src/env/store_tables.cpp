// SPDX-License-Identifier: Apache-2.0
#include "env/store_tables.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr std::size_t max_name_bytes = 256;
constexpr std::size_t header_lines = 10;
constexpr std::size_t day_bytes = 10;

bool
begins_with(const std::vector<std::string_view>& columns, std::initializer_list<std::string_view> words)
{
  return columns.size() >= words.size()
         && std::equal(words.begin(), words.end(), columns.begin(),
                       [](std::string_view word, std::string_view column) { return to_lower(column) == word; });
}

}  // namespace

bool
is_store_name(std::string_view text)
{
  return !text.empty() && text.size() <= max_name_bytes && (is_letter(text.front()) || text.front() == '_')
         && std::all_of(text.begin(), text.end(),
                        [](char c) { return is_letter(c) || is_digit(c) || is_any_of(c, "_-."); });
}

Failure
no_such_line(std::uint32_t line)
{
  return fail(ErrorKind::input, "line {}: is no line of such a listing", line);
}

std::optional<std::string>
day_of(std::string_view text)
{
  const std::string_view day = text.substr(0, day_bytes);
  return parse_date(day) ? std::optional(std::string(day)) : std::nullopt;
}

std::vector<std::string_view>
columns_of(std::string_view line)
{
  std::vector<std::string_view> columns;
  std::string_view rest = trim(line);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find("  "), rest.size());
    columns.push_back(trim(rest.substr(0, end)));
    rest = trim(rest.substr(end));
  }
  return columns;
}

std::uint32_t
header_line(const std::vector<std::string_view>& lines, std::initializer_list<std::string_view> words)
{
  for (std::size_t i = 0; i < std::min(lines.size(), header_lines); ++i) {
    if (begins_with(columns_of(lines[i]), words)) {
      return static_cast<std::uint32_t>(i + 1);
    }
  }
  return 0;
}

bool
is_json_list(std::string_view text, const JsonShape& shape)
{
  if (!trim(text).starts_with('[')) {
    return false;
  }
  const auto data = read_json_data(text);
  if (!data || !data->root().is_list()) {
    return false;
  }
  const Value first = data->root().item(0);
  const auto has = [first](std::string_view key) { return static_cast<bool>(first[key]); };
  return first.is_table() && std::all_of(shape.with.begin(), shape.with.end(), has)
         && std::none_of(shape.without.begin(), shape.without.end(), has);
}

Result<std::vector<StoredName>>
names_in(Value list, std::string_view name_key, void (*fill)(Value object, StoredName& name))
{
  std::vector<StoredName> names;
  for (const Value object : list) {
    const std::string_view name = object[name_key].text();
    if (!is_store_name(name)) {
      return no_such_line(object.line());
    }
    StoredName& stored = names.emplace_back(StoredName{.name = std::string(name), .line = object[name_key].line()});
    fill(object, stored);
  }
  return names;
}

}  // namespace sluice::env
