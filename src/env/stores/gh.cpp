// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "env/store_tables.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

/// What a pipe gets: a name, the value of a variable, when it was set, who of an organisation sees it.
std::optional<StoredName>
tabbed(std::string_view line, std::uint32_t number)
{
  const auto cells = split(line, '\t');
  const auto time = std::find_if(cells.begin() + 1, cells.end(),
                                 [](std::string_view cell) { return parse_rfc3339(cell).has_value(); });
  if (!is_store_name(cells.front()) || time == cells.end()) {
    return std::nullopt;
  }
  StoredName name{.name = std::string(cells.front()), .line = number, .updated = day_of(*time)};
  if (time - cells.begin() == 2) {
    name.value = std::string(cells[1]);
  }
  return name;
}

bool
has_table(const std::vector<std::string_view>& lines)
{
  return header_line(lines, {"name", "updated"}) != 0 || header_line(lines, {"name", "value", "updated"}) != 0;
}

bool
has(std::string_view text)
{
  if (trim(text) == "[]"
      || is_json_list(text, {{"name"}, {"type", "updated_at", "digest", "environment_scope", "key"}})) {
    return true;
  }
  const auto lines = lines_of(text.substr(0, std::size_t{64} << 10U));
  const auto first =
      std::find_if(lines.begin(), lines.end(), [](std::string_view line) { return !trim(line).empty(); });
  return first != lines.end() && (tabbed(*first, 1) || has_table(lines));
}

void
fill(Value object, StoredName& name)
{
  name.updated = day_of(object["updatedAt"].text());
  if (object["value"].is_text()) {
    name.value = std::string(object["value"].text());
  }
}

Result<std::vector<StoredName>>
read_table(const std::vector<std::string_view>& lines, std::uint32_t header)
{
  const bool has_values = header_line(lines, {"name", "value", "updated"}) != 0;
  std::vector<StoredName> names;
  for (auto number = header + 1; number <= lines.size(); ++number) {
    const auto columns = columns_of(lines[number - 1]);
    if (columns.empty()) {
      continue;
    }
    // A terminal cuts long values, so that the value of a table is none.
    if (!is_store_name(columns.front())) {
      return no_such_line(number);
    }
    names.push_back({.name = std::string(columns.front()), .line = number});
    if (has_values && columns.size() == 2) {
      names.back().value = "";
    }
  }
  return names;
}

Result<std::vector<StoredName>>
read(std::string_view text)
{
  if (trim(text).starts_with('[')) {
    const auto data = read_json_data(text);
    return data ? names_in(data->root(), "name", fill) : no_such_line(data.error().line);
  }
  const auto lines = lines_of(text);
  const auto header =
      std::max(header_line(lines, {"name", "updated"}), header_line(lines, {"name", "value", "updated"}));
  if (header != 0) {
    return read_table(lines, header);
  }
  std::vector<StoredName> names;
  for (std::uint32_t number = 1; number <= lines.size(); ++number) {
    if (trim(lines[number - 1]).empty()) {
      continue;
    }
    auto name = tabbed(lines[number - 1], number);
    if (!name) {
      return no_such_line(number);
    }
    names.push_back(*std::move(name));
  }
  return names;
}

}  // namespace

extern const Store store_gh{.id = "gh", .title = "gh secret list, gh variable list", .has = has, .read = read};

}  // namespace sluice::env
