// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/store_tables.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

bool
has(std::string_view text)
{
  if (is_json_list(text, {{"key", "target"}, {}})) {
    return true;
  }
  if (trim(text).starts_with('{')) {
    const auto data = read_json_data(text);
    return data && data->root()["envs"].is_list();
  }
  return header_line(lines_of(text.substr(0, std::size_t{64} << 10U)), {"name", "value", "environments"}) != 0;
}

/// What a team shares with several projects has the same shape. An encrypted value is given only when it is asked for.
void
fill(Value object, StoredName& name)
{
  const Value target = object["target"];
  if (target.is_text()) {
    name.environments.push_back(to_lower(target.text()));
  }
  for (const Value each : target) {
    name.environments.push_back(to_lower(each.text()));
  }
  for (const Value each : object["customEnvironmentIds"]) {
    name.environments.emplace_back(each.text());
  }
  if (object["type"].text() == "plain" && object["value"].is_text()) {
    name.value = std::string(object["value"].text());
  }
}

Result<std::vector<StoredName>>
read_json(std::string_view text)
{
  const auto data = read_json_data(text);
  if (!data) {
    return no_such_line(data.error().line);
  }
  const Value root = data->root();
  return names_in(root.is_list() ? root : root["envs"], "key", fill);
}

/// "Production, Preview (branch)": a branch's preview is a preview.
std::vector<std::string>
environments_of(std::string_view cell)
{
  std::vector<std::string> names;
  for (const std::string_view part : split(cell, ',')) {
    const std::string_view name = trim(part.substr(0, part.find('(')));
    if (!name.empty()) {
      names.push_back(to_lower(name));
    }
  }
  return names;
}

Result<std::vector<StoredName>>
read(std::string_view text)
{
  const std::string_view begin = trim(text);
  if (begin.starts_with('[') || begin.starts_with('{')) {
    return read_json(text);
  }
  const auto lines = lines_of(text);
  std::vector<StoredName> names;
  for (auto number = header_line(lines, {"name", "value", "environments"}) + 1; number <= lines.size(); ++number) {
    const auto columns = columns_of(lines[number - 1]);
    // Below the table it tells what can be done next.
    if (columns.empty() || columns.front().starts_with('>')) {
      continue;
    }
    if (columns.size() < 3 || !is_store_name(columns.front())) {
      return no_such_line(number);
    }
    names.push_back(
        {.name = std::string(columns.front()), .line = number, .environments = environments_of(columns[2])});
  }
  return names;
}

}  // namespace

extern const Store store_vercel{.id = "vercel", .title = "vercel env ls", .has = has, .read = read};

}  // namespace sluice::env
