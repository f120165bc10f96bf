// SPDX-License-Identifier: Apache-2.0
//
// Classes of pydantic-settings (https://docs.pydantic.dev/latest/concepts/pydantic_settings/): a field is the variable
// of its name in capitals, behind `env_prefix`, unless an alias says otherwise; without a default it is required.
#include "base/text.hpp"
#include "env/code/expressions.hpp"
#include "env/code/syntaxes.hpp"
#include "env/format.hpp"
#include "env/language.hpp"
#include "env/schema_reading.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 1> extensions{".py"};
constexpr std::array<std::string_view, 1> words{"BaseSettings"};

std::string
to_upper(std::string_view text)
{
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; });
  return upper;
}

constexpr std::size_t most_bases = 64;  ///< tokens that are looked at

/// The base classes of the class whose `class` is at `at`.
code::TokenSpan
bases_at(code::TokenSpan tokens, std::size_t at)
{
  const code::TokenSpan near = tokens.subspan(at, std::min(tokens.size() - at, most_bases));
  return near.size() > 3 && near[2].is("(") ? inside_bracket(near, 2) : code::TokenSpan();
}

/// Of the class whose `class` is at `at`: what is on further lines and stands further to the right.
code::TokenSpan
body_at(code::TokenSpan tokens, std::size_t at)
{
  const std::size_t begin = std::min(behind_bracket(tokens, at + 2) + 1, tokens.size());
  std::size_t end = begin;
  while (end < tokens.size() && (tokens[end].line == tokens[at].line || tokens[end].column > tokens[at].column)) {
    ++end;
  }
  return tokens.subspan(begin, end - begin);
}

/// Parts of a body that begin a line at its own depth, what is in brackets kept together.
std::vector<code::TokenSpan>
statements_of(code::TokenSpan body)
{
  std::vector<code::TokenSpan> statements;
  std::size_t begin = 0;
  std::size_t depth = 0;
  for (std::size_t i = 0; i <= body.size(); ++i) {
    const bool is_new =
        i == body.size()
        || (depth == 0 && i > begin && body[i].line != body[i - 1].line && body[i].column <= body.front().column);
    if (is_new && i > begin) {
      statements.push_back(body.subspan(begin, i - begin));
      begin = i;
    }
    if (i < body.size()) {
      const bool opens = body[i].is("(") || body[i].is("[") || body[i].is("{");
      const bool closes = body[i].is(")") || body[i].is("]") || body[i].is("}");
      depth += opens ? 1 : 0;
      depth -= closes && depth > 0 ? 1 : 0;
    }
  }
  return statements;
}

/// `model_config = SettingsConfigDict(env_prefix="X_")`, or `env_prefix = "X_"` of a class Config within.
std::string
prefix_of(code::TokenSpan body)
{
  for (std::size_t i = 0; i + 2 < body.size(); ++i) {
    const bool is_named = body[i].text == "env_prefix" && (body[i + 1].is("=") || body[i + 1].is(":"));
    if (is_named && body[i + 2].kind == code::Token::Kind::text) {
      return std::string(body[i + 2].text);
    }
  }
  return {};
}

/// The first name in `AliasChoices("A", "B")`, or the text.
std::string
alias_of(code::TokenSpan arguments)
{
  for (const std::string_view key : {"validation_alias", "alias", "env"}) {
    const code::TokenSpan value = member(arguments, key, "=");
    const auto text = std::find_if(value.begin(), value.end(),
                                   [](const code::Token& token) { return token.kind == code::Token::Kind::text; });
    if (text != value.end()) {
      return std::string(text->text);
    }
  }
  return {};
}

/// The type of an annotation; of `Optional[X]` and `X | None` it is X.
TypeUse
type_of(code::TokenSpan annotation)
{
  for (std::size_t i = 0; i < annotation.size(); ++i) {
    const code::Token& token = annotation[i];
    if (token.is("Literal") && i + 1 < annotation.size()) {
      const code::TokenSpan values = inside_bracket(annotation, i + 1);
      std::string lines;
      for (const code::TokenSpan part : parts_of(values)) {
        const code::Token* value = code::literal(part);
        lines.append(lines.empty() ? "" : "\n").append(value == nullptr ? "" : code::unescaped(value->text));
      }
      return {"enum", {{"values", lines}}};
    }
    const bool is_wrapper = token.is("Optional") || token.is("Annotated") || token.is("Union") || token.is("None");
    if (token.kind == code::Token::Kind::name && !is_wrapper) {
      const bool is_list = to_lower(token.text) == "list" || to_lower(token.text) == "set" || token.is("tuple");
      return is_list ? TypeUse{"list", {}} : known_type(token.text);
    }
  }
  return {};
}

/// What follows `=` of a field.
void
read_default(code::TokenSpan value, Item& item)
{
  code::TokenSpan fallback = value;
  if (value.size() > 1 && value.front().is("Field") && value[1].is("(")) {
    const code::TokenSpan arguments = inside_bracket(value, 1);
    const std::string alias = alias_of(arguments);
    // The prefix does not count for an alias.
    item.name = alias.empty() ? item.name : to_upper(alias);
    const auto parts = parts_of(arguments);
    const bool is_first = !parts.empty() && !(parts.front().size() > 1 && parts.front()[1].is("="));
    fallback = is_first ? parts.front() : member(arguments, "default", "=");
    if (fallback.empty() && !member(arguments, "default_factory", "=").empty()) {
      item.need = Need::optional;
    }
  }
  const bool is_none = fallback.empty() || (fallback.size() == 3 && fallback.front().is("."));
  if (is_none) {
    return;
  }
  item.need = Need::optional;
  if (const code::Token* text = code::literal(fallback)) {
    item.fallback = code::unescaped(text->text);
  }
}

void
add_field(code::TokenSpan statement, const std::string& prefix, SchemaBuilder& builder)
{
  const bool is_field =
      statement.size() > 2 && statement.front().kind == code::Token::Kind::name && statement[1].is(":");
  const std::string_view name = statement.front().text;
  if (!is_field || name == "model_config" || name.starts_with('_') || name == "class" || name == "def") {
    return;
  }
  std::size_t equals = 2;
  while (equals < statement.size() && !statement[equals].is("=")) {
    equals = statement[equals].is("[") || statement[equals].is("(") ? behind_bracket(statement, equals) : equals + 1;
  }
  const code::TokenSpan annotation = statement.subspan(2, std::min(equals, statement.size()) - 2);
  if (!annotation.empty() && annotation.front().is("ClassVar")) {
    return;
  }
  Item item{.name = to_upper(prefix + std::string(name)),
            .line = statement.front().line,
            .type = type_of(annotation),
            .need = Need::required};
  if (equals + 1 < statement.size()) {
    read_default(statement.subspan(equals + 1), item);
  }
  builder.add(std::move(item));
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
  std::set<std::string_view> settings{"BaseSettings"};
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!tokens[i].is("class") || tokens[i + 1].kind != code::Token::Kind::name) {
      continue;
    }
    const code::TokenSpan bases = bases_at(tokens, i);
    if (std::none_of(bases.begin(), bases.end(),
                     [&](const code::Token& base) { return settings.contains(base.text); })) {
      continue;
    }
    settings.insert(tokens[i + 1].text);
    const code::TokenSpan body = body_at(tokens, i);
    const std::string prefix = prefix_of(body);
    for (const code::TokenSpan statement : statements_of(body)) {
      add_field(statement, prefix, builder);
    }
    i += body.size();
  }
  return builder.take();
}

}  // namespace

extern const Format format_pydantic{
    .id = "pydantic", .title = "pydantic-settings", .has = has, .words = words, .read = read};

}  // namespace sluice::env
