// SPDX-License-Identifier: Apache-2.0
//
// `cleanEnv(process.env, {PORT: port({default: 3000})})` of envalid (https://github.com/af/envalid). A variable is
// required unless it has a default.
#include "env/code/syntaxes.hpp"
#include "env/format.hpp"
#include "env/javascript_schemas.hpp"
#include "env/language.hpp"

#include <array>
#include <map>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 2> words{"cleanEnv", "customCleanEnv"};

/// Its validators by their names; `makeValidator` makes others, of which nothing is known.
TypeUse
type_of(std::string_view validator, code::TokenSpan arguments)
{
  const std::string choices = listed_values(option_of_call(arguments, "choices"));
  if (!choices.empty()) {
    return {"enum", {{"values", choices}}};
  }
  return validator == "makeValidator" ? TypeUse{} : known_type(validator);
}

Item
item_of(const code::Member& member)
{
  Item item{.name = member.name, .line = member.line};
  const auto steps = steps_of(member.value);
  if (steps.empty()) {
    return item;
  }
  const code::Step& validator = steps.back();
  item.type = type_of(validator.name, validator.arguments);
  const code::TokenSpan fallback = option_of_call(validator.arguments, "default");
  if (!fallback.empty()) {
    item.need = Need::optional;
    if (const code::Token* value = code::literal(fallback)) {
      item.fallback = code::unescaped(value->text);
    }
  } else if (!option_of_call(validator.arguments, "requiredWhen").empty()) {
    item.need = Need::computed;
  } else if (!option_of_call(validator.arguments, "devDefault").empty()) {
    // Counts wherever NODE_ENV is not "production", which it is in staging too.
    item.need = Need::named;
    item.needed_in = {"production", "staging"};
  } else {
    item.need = Need::required;
  }
  return item;
}

bool
has(std::string_view path)
{
  return has_extension(path, javascript_extensions);
}

/// Where variables are given an object literal, by name.
std::map<std::string_view, std::size_t>
objects_in(code::TokenSpan tokens)
{
  std::map<std::string_view, std::size_t> objects;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].kind == code::Token::Kind::name && tokens[i + 1].is("=") && tokens[i + 2].is("{")) {
      objects.emplace(tokens[i].text, i + 2);
    }
  }
  return objects;
}

/// The second argument's members, or those of the variable that it names, which is then not looked at again.
code::TokenSpan
specifications(code::TokenSpan tokens, code::TokenSpan argument, std::map<std::string_view, std::size_t>& objects)
{
  if (argument.front().is("{")) {
    return inside_bracket(argument, 0);
  }
  const auto found = objects.find(argument.front().text);
  if (argument.size() != 1 || found == objects.end()) {
    return {};
  }
  const std::size_t open = found->second;
  objects.erase(found);
  return inside_bracket(tokens, open);
}

Schema
read(const gate::SourceText& source, const gate::FileTree& /*tree*/)
{
  SchemaBuilder builder(source.path(), SchemaBuilder::In::program);
  const auto tokens = code::javascript_tokens(source.path(), source.text()).all;
  auto objects = objects_in(tokens);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const bool is_call = (tokens[i].is("cleanEnv") || tokens[i].is("customCleanEnv")) && tokens[i + 1].is("(");
    if (!is_call) {
      continue;
    }
    const auto arguments = parts_of(inside_bracket(tokens, i + 1));
    if (arguments.size() >= 2) {
      for (const code::Member& member : members_of(specifications(tokens, arguments[1], objects), ":")) {
        builder.add(item_of(member));
      }
    }
    i = behind_bracket(tokens, i + 1) - 1;
  }
  return builder.take();
}

}  // namespace

extern const Format format_envalid{.id = "envalid", .title = "envalid", .has = has, .words = words, .read = read};

}  // namespace sluice::env
