// SPDX-License-Identifier: Apache-2.0
//
// Justfiles (just.systems): `env("NAME", "default")` in expressions, exported variables, and recipes for the shell.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".just"});
constexpr auto functions = std::to_array<std::string_view>({"env", "env_var", "env_var_or_default"});

bool
has(std::string_view path)
{
  const std::string name = to_lower(file_name_of(path));
  return name == "justfile" || name == ".justfile" || has_extension(path, extensions);
}

/// A text between quotes at the start; empty if there is none.
std::string_view
quoted(std::string_view text)
{
  const bool opens = !text.empty() && is_any_of(text.front(), "\"'");
  const std::size_t end = opens ? text.find(text.front(), 1) : std::string_view::npos;
  return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
}

/// `env("NAME")` and `env("NAME", "default")` anywhere in a line.
void
read_functions(std::string_view line, std::uint32_t number, Sightings& seen)
{
  line = trim(line);
  for (std::size_t open = line.find('('); open != std::string_view::npos; open = line.find('(', open + 1)) {
    std::size_t begin = open;
    while (begin > 0 && is_of_name(line[begin - 1])) {
      --begin;
    }
    const std::string_view function = line.substr(begin, open - begin);
    if (std::find(functions.begin(), functions.end(), function) == functions.end()) {
      continue;
    }
    const std::string_view arguments = trim(line.substr(open + 1));
    const std::string_view name = quoted(arguments.substr(0, Sightings::max_name_bytes));
    if (name.empty()) {
      continue;
    }
    const std::string_view behind = trim(arguments.substr(name.size() + 2));
    if (behind.starts_with(',')) {
      const std::string_view value = trim(behind.substr(1));
      const bool is_text = !value.empty() && is_any_of(value.front(), "\"'");
      seen.read(name, number, Unset::defaulted, is_text ? std::optional<std::string>(quoted(value)) : std::nullopt);
    } else {
      seen.read(name, number, Unset::fails);
    }
  }
}

class Reader
{
public:
  Reader(const gate::SourceText& source, Sightings& seen)
      : source_(source),
        seen_(seen)
  {}

  void
  look()
  {
    for (std::uint32_t number = 1; number <= source_.line_count(); ++number) {
      const std::string_view line = source_.line(number);
      if (!trim(line).starts_with('#')) {
        read_functions(line, number, seen_);
      }
      if (line.starts_with(' ') || line.starts_with('\t')) {
        number = recipe(number);
      } else {
        exported(line, number);
      }
    }
  }

private:
  /// `export NAME := …`, and parameters `$NAME` of a recipe.
  void
  exported(std::string_view line, std::uint32_t number)
  {
    if (line.starts_with("export ")) {
      const std::string_view name = trim(line.substr(7, line.find(":=") - 7));
      seen_.give(name, number);
    }
  }

  /// A recipe whose first line says who runs it is one script; else each line is. The last line that belongs to it.
  std::uint32_t
  recipe(std::uint32_t first)
  {
    std::uint32_t last = first;
    const bool is_script = trim(source_.line(first)).starts_with("#!");
    while (last < source_.line_count() && goes_on(last, is_script)) {
      ++last;
      if (is_script) {
        read_functions(source_.line(last), last, seen_);
      }
    }
    const std::string_view program = trim(source_.line(first));
    if (is_script && program.find("sh") == std::string_view::npos) {
      return last;
    }
    std::string text;
    for (std::uint32_t number = first; number <= last; ++number) {
      std::string_view line = source_.line(number);
      line = is_script ? line : trim(line);
      while (!is_script && number == first && !line.empty() && is_any_of(line.front(), "@-")) {
        line.remove_prefix(1);
      }
      text.append(line).append("\n");
    }
    const std::string script = without_holes(text, "{{", "}}");
    script::look_at(script, {}, script::Lines(source_, script, first), script::in_directory_of(source_), seen_);
    return last;
  }

  [[nodiscard]] bool
  goes_on(std::uint32_t line, bool is_script) const
  {
    const std::string_view next = source_.line(line + 1);
    const bool is_indented = next.starts_with(' ') || next.starts_with('\t');
    return is_script ? is_indented || trim(next).empty() : trim(source_.line(line)).ends_with('\\');
  }

  const gate::SourceText& source_;
  Sightings& seen_;
};

void
look(const gate::SourceText& source, Sightings& seen)
{
  Reader(source, seen).look();
}

}  // namespace

extern const Language language_justfile{.id = "justfile", .title = "just", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
