// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/store_tables.hpp"

namespace sluice::env {

namespace {

/// Without the comment behind a name.
std::string_view
name_of(std::string_view line)
{
  return trim(line.substr(0, line.find('#')));
}

/// That every line is one is for `read` to say, which tells the line that is none; but other formats' texts begin
/// otherwise.
bool
has(std::string_view text)
{
  for (const std::string_view line : lines_of(text.substr(0, std::size_t{64} << 10U))) {
    if (!name_of(line).empty()) {
      return is_store_name(name_of(line)) && name_of(line).find('\t') == std::string_view::npos;
    }
  }
  return true;
}

Result<std::vector<StoredName>>
read(std::string_view text)
{
  std::vector<StoredName> names;
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    const std::string_view name = name_of(line);
    if (name.empty()) {
      continue;
    }
    if (!is_store_name(name)) {
      return fail(ErrorKind::input,
                  "line {}: is not the name of a variable; such a file has one name a line, and no values", number);
    }
    names.push_back({.name = std::string(name), .line = number});
  }
  return names;
}

}  // namespace

extern const Store store_plain{.id = "plain", .title = "names, one a line", .has = has, .read = read};

}  // namespace sluice::env
