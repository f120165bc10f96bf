// SPDX-License-Identifier: Apache-2.0
//
// `config("X", default=…, cast=int)` of python-decouple (https://github.com/HBNetwork/python-decouple). Without a
// default it raises an error where the variable is not set.
#include "env/code/expressions.hpp"
#include "env/code/syntaxes.hpp"
#include "env/format.hpp"
#include "env/language.hpp"
#include "env/schema_reading.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 1> extensions{".py"};
constexpr std::array<std::string_view, 1> words{"decouple"};

/// The variable that `from decouple import config as X` or `X = Config(…)` makes; "config" where nothing else is said.
std::string_view
reader_of(code::TokenSpan tokens)
{
  bool is_imported = false;
  for (std::size_t i = 0; i + 3 < tokens.size(); ++i) {
    is_imported =
        is_imported || (tokens[i].is("decouple") && i > 0 && (tokens[i - 1].is("from") || tokens[i - 1].is("import")));
    if (tokens[i].is("config") && tokens[i + 1].is("as")) {
      return tokens[i + 2].text;
    }
    if (tokens[i + 1].is("=") && (tokens[i + 2].is("Config") || tokens[i + 2].is("AutoConfig"))) {
      return tokens[i].text;
    }
  }
  return is_imported ? "config" : "";
}

Item
item_of(code::TokenSpan arguments, const code::Token& name)
{
  Item item{.name = std::string(name.text), .line = name.line, .need = Need::required};
  const code::TokenSpan cast = member(arguments, "cast", "=");
  if (!cast.empty()) {
    item.type = known_type(cast.front().text);
  }
  const code::TokenSpan fallback = member(arguments, "default", "=");
  if (!fallback.empty()) {
    item.need = Need::optional;
    if (const code::Token* value = code::literal(fallback)) {
      item.fallback = code::unescaped(value->text);
    }
  } else if (const auto parts = parts_of(arguments); parts.size() > 1 && code::literal(parts[1]) != nullptr) {
    item.need = Need::optional;
    item.fallback = code::unescaped(code::literal(parts[1])->text);
  }
  return item;
}

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

Schema
read(const gate::SourceText& source, const gate::FileTree& /*tree*/)
{
  SchemaBuilder builder(source.path(), SchemaBuilder::In::program);
  const auto tokens = code::tokens_of(source.text(), code::python_syntax).all;
  const std::string_view reader = reader_of(tokens);
  for (std::size_t i = 0; !reader.empty() && i + 2 < tokens.size(); ++i) {
    const code::Token& name = tokens[i + 2];
    const bool is_member = i > 0 && (tokens[i - 1].is(".") || tokens[i - 1].is("def"));
    if (!is_member && tokens[i].is(reader) && tokens[i + 1].is("(") && name.kind == code::Token::Kind::text
        && name.is_whole) {
      builder.add(item_of(inside_bracket(tokens, i + 1), name));
      i = behind_bracket(tokens, i + 1) - 1;
    }
  }
  return builder.take();
}

}  // namespace

extern const Format format_decouple{
    .id = "decouple", .title = "python-decouple", .has = has, .words = words, .read = read};

}  // namespace sluice::env
