// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/store_tables.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

/// Cells between `|` or the line that newer versions draw.
std::vector<std::string>
cells_of(std::string_view line)
{
  std::vector<std::string> cells;
  const std::string plain = replace_all(line, "│", "|");
  for (const std::string_view cell : split(plain, '|')) {
    if (!trim(cell).empty()) {
      cells.emplace_back(trim(cell));
    }
  }
  return cells;
}

bool
is_header(std::string_view line)
{
  const auto cells = cells_of(line);
  return cells.size() >= 2 && to_lower(cells[0]) == "name" && to_lower(cells[1]) == "digest";
}

/// Lines that are drawn.
bool
is_rule(std::string_view line)
{
  constexpr std::string_view box = "\xe2";  // every drawn character begins with this byte
  return std::none_of(line.begin(), line.end(), [](char c) { return is_letter(c) || is_digit(c); })
         && (line.find_first_of("-|+") != std::string_view::npos || line.find(box) != std::string_view::npos);
}

bool
is_json(std::string_view text)
{
  return is_json_list(text, {{"name", "updated_at"}, {"key"}}) || is_json_list(text, {{"name", "digest"}, {"key"}});
}

bool
has(std::string_view text)
{
  const auto lines = lines_of(text.substr(0, std::size_t{64} << 10U));
  return std::any_of(lines.begin(), lines.end(), is_header) || is_json(text);
}

/// Its `value` is a digest.
void
fill(Value object, StoredName& name)
{
  name.updated = day_of(object["updated_at"].text());
}

Result<std::vector<StoredName>>
read(std::string_view text)
{
  if (trim(text).starts_with('[')) {
    const auto data = read_json_data(text);
    return data ? names_in(data->root(), "name", fill) : no_such_line(data.error().line);
  }
  std::vector<StoredName> names;
  bool is_in_table = false;
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (!is_in_table || trim(line).empty() || is_rule(line)) {
      is_in_table = is_in_table || is_header(line);
      continue;
    }
    const auto cells = cells_of(line);
    if (cells.empty() || !is_store_name(cells.front())) {
      return no_such_line(number);
    }
    names.push_back(
        {.name = cells.front(), .line = number, .updated = cells.size() > 2 ? day_of(cells[2]) : std::nullopt});
  }
  return names;
}

}  // namespace

extern const Store store_supabase{.id = "supabase", .title = "supabase secrets list", .has = has, .read = read};

}  // namespace sluice::env
