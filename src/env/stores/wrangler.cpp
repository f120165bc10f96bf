// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/store_tables.hpp"

namespace sluice::env {

namespace {

/// Versions before 4 print a notice above the list.
std::string_view
list_of(std::string_view text)
{
  const std::size_t begin = text.starts_with('[') ? 0 : text.find("\n[");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

bool
has(std::string_view text)
{
  return is_json_list(list_of(text), {{"name", "type"}, {"updated_at", "key", "updatedAt"}});
}

void
fill(Value /*object*/, StoredName& /*name*/)
{}

Result<std::vector<StoredName>>
read(std::string_view text)
{
  const std::string_view list = list_of(text);
  const auto above = static_cast<std::uint32_t>(lines_of(text.substr(0, text.size() - list.size())).size());
  const auto data = read_json_data(list);
  if (!data) {
    return no_such_line(above + data.error().line);
  }
  auto names = names_in(data->root(), "name", fill);
  if (names) {
    for (StoredName& name : *names) {
      name.line += above;
    }
  }
  return names;
}

}  // namespace

extern const Store store_wrangler{.id = "wrangler", .title = "wrangler secret list", .has = has, .read = read};

}  // namespace sluice::env
