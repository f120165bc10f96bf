// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "env/kinds.hpp"
#include "env/type_options.hpp"

#include <fmt/format.h>

namespace sluice::env {

namespace {

/// "min=1 max=2"; of several values one option has `|` between them.
TypeOptions
options_of(std::string_view text)
{
  TypeOptions options;
  for (const std::string_view part : split(text, ' ')) {
    const std::size_t equals = part.find('=');
    if (!part.empty()) {
      const std::string_view value = equals == std::string_view::npos ? "true" : part.substr(equals + 1);
      options.emplace(part.substr(0, equals), replace_all(value, "|", "\n"));
    }
  }
  return options;
}

}  // namespace

/// Each line of the input is options, a tab and a value, in which `\n` is a newline; a line with options alone asks for
/// what is wrong with them. The listing has "ok" or what is wrong, a line for each.
Result<std::string>
type_listing(std::string_view id, const std::filesystem::path& input)
{
  TRY_ASSIGN(const std::string text, read_file(input));
  const Type* type = find_type(id);
  std::string listing;
  for (const std::string_view line : lines_of(text)) {
    const std::size_t tab = line.find('\t');
    const TypeOptions options = options_of(line.substr(0, tab));
    const auto defect = tab == std::string_view::npos
                            ? defect_of_options(*type, options)
                            : type->defect(replace_all(line.substr(tab + 1), "\\n", "\n"), options);
    listing += fmt::format("{}\n", defect.value_or("ok"));
  }
  return listing;
}

}  // namespace sluice::env
