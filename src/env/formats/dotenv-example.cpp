// SPDX-License-Identifier: Apache-2.0
//
// `.env.example` and its like: names with values that show what is meant. A comment above or behind a name may say that
// it is optional or required; nothing else is said of that.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/dotenv_lines.hpp"
#include "env/format.hpp"
#include "env/language.hpp"
#include "env/schema_reading.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 6> markers{"example", "sample", "template", "tmpl", "tpl", "dist"};

/// `paperless.conf.example`: programs load dotenv files by any name.
bool
is_of_configuration(std::string_view path)
{
  const std::string name = to_lower(file_name_of(path));
  const std::size_t dot = std::min(name.rfind('.'), name.size() - 1);
  return name.substr(0, dot).ends_with(".conf")
         && std::find(markers.begin(), markers.end(), std::string_view(name).substr(dot + 1)) != markers.end();
}

/// Whether a text has names of the environment with their values, comments, and nothing else.
bool
is_dotenv_text(std::string_view text, const std::vector<DotenvLine>& lines)
{
  const auto is_written = [](std::string_view line) { return !trim(line).empty() && !trim(line).starts_with('#'); };
  const auto all = lines_of(text);
  const auto written = std::count_if(all.begin(), all.end(), is_written);
  const auto known =
      std::count_if(lines.begin(), lines.end(), [](const DotenvLine& line) { return !line.is_commented_out; });
  return written == known && !lines.empty() && std::all_of(lines.begin(), lines.end(), [](const DotenvLine& line) {
           return is_environment_name(line.name);
         });
}

/// `.env.example`, `.env.production.sample`, `example.env`, `.dev.vars.example`, `env-example`.
bool
has(std::string_view path)
{
  std::string name = to_lower(file_name_of(path));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '_'; }, '.');
  const auto words = split(name, '.');
  const auto is_word = [&words](std::string_view wanted) {
    return std::find(words.begin(), words.end(), wanted) != words.end();
  };
  const bool is_dotenv = is_word("env") || name.starts_with(".dev.vars.");
  // "env.example.ts" is a program.
  const bool ends_right = std::find(markers.begin(), markers.end(), words.back()) != markers.end()
                          || words.back() == "env" || words.back() == "local";
  return is_of_configuration(path) || (is_dotenv && ends_right && std::any_of(markers.begin(), markers.end(), is_word));
}

/// "@optional", "Optional: what it is for", "… (optional)".
Need
need_of(const DotenvLine& line)
{
  if (line.is_commented_out) {
    return Need::optional;
  }
  for (const std::string_view comment : line.comments) {
    const std::string text = to_lower(comment);
    const std::string_view word = std::string_view(text).substr(text.starts_with('@') || text.starts_with('(') ? 1 : 0);
    if (word.starts_with("optional") || text.find("(optional)") != std::string::npos) {
      return Need::optional;
    }
    if (text == "@required" || text == "required" || text.starts_with("@required ") || text == "(required)") {
      return Need::required;
    }
  }
  return Need::unsaid;
}

Schema
read(const gate::SourceText& source, const gate::FileTree& /*tree*/)
{
  SchemaBuilder builder(source.path());
  builder.schema().is_example = true;
  auto lines = dotenv_lines(source.text());
  if (is_of_configuration(source.path()) && !is_dotenv_text(source.text(), lines)) {
    return builder.take();
  }
  for (DotenvLine& line : lines) {
    Item item{.name = line.name, .line = line.line, .need = need_of(line)};
    item.fallback = std::move(line.value);
    builder.add(std::move(item));
  }
  return builder.take();
}

}  // namespace

extern const Format format_dotenv_example{
    .id = "dotenv-example", .title = "example of a dotenv file", .has = has, .words = {}, .read = read};

}  // namespace sluice::env
