// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "data/data.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 7> names{"array", "strings", "csv", "set", "tuple", "sequence", "slice"};
constexpr std::array<std::string_view, 7> option_names{"format",    "isLength",  "items", "maxLength",
                                                       "minLength", "separator", "unique"};

/// What a list has, blanks around each left out, as every reader does.
std::vector<std::string>
items_of(std::string_view value, std::string_view separator)
{
  std::vector<std::string> items;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(separator, begin), value.size());
    const std::string_view item = trim(value.substr(begin, end - begin));
    if (!item.empty()) {
      items.emplace_back(item);
    }
    begin = end + separator.size();
  }
  return items;
}

/// Nothing if it is no JSON list. Items that are lists or tables have no text.
std::optional<std::vector<std::string>>
items_of_json(std::string_view value)
{
  const auto data = read_json_data(value);
  if (!data || !data->root().is_list()) {
    return std::nullopt;
  }
  std::vector<std::string> items;
  for (const Value item : data->root()) {
    items.emplace_back(item.scalar());
  }
  return items;
}

std::optional<std::string>
defect_of_items(const std::vector<std::string>& items, const TypeOptions& options)
{
  const std::string_view name = option(options, "items");
  const Type* type = name == "list" ? nullptr : find_type(name);
  for (std::size_t i = 0; type != nullptr && i < items.size(); ++i) {
    if (const auto wrong = type->defect(items[i], {})) {
      return fmt::format("has an item, number {}, that {}", i + 1, *wrong);
    }
  }
  if (is_set(options, "unique") && std::set<std::string>(items.begin(), items.end()).size() != items.size()) {
    return "has an item twice";
  }
  return defect_of_length(items.size(), "item", options);
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const std::string_view text = trim(value);
  if (text.starts_with('[') || option(options, "format") == "json") {
    const auto items = items_of_json(text);
    return items ? defect_of_items(*items, options) : std::optional<std::string>("is not a JSON list");
  }
  const std::string_view separator = option(options, "separator");
  return defect_of_items(items_of(text, separator.empty() ? "," : separator), options);
}

}  // namespace

extern const Type type_list{.id = "list", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
