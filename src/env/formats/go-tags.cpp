// SPDX-License-Identifier: Apache-2.0
//
// Tags of Go's structs: `env:"X,required" envDefault:"…"` of caarlos0/env, `env:"X,default=…"` of
// sethvargo/go-envconfig, `env:"X" env-required:"true" env-default:"…"` of cleanenv, `envconfig:"X" required:"true"
// default:"…"` of kelseyhightower/envconfig.
#include "base/text.hpp"
#include "env/code/expressions.hpp"
#include "env/code/syntaxes.hpp"
#include "env/format.hpp"
#include "env/language.hpp"
#include "env/schema_reading.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 1> extensions{".go"};
constexpr std::array<std::string_view, 2> words{"env:\"", "envconfig:\""};

using Tags = std::map<std::string, std::string, std::less<>>;

/// `key:"value" key:"value"`, as reflect.StructTag reads it.
Tags
tags_of(std::string_view text)
{
  Tags tags;
  while (true) {
    text = trim(text);
    const std::size_t colon = text.find(":\"");
    if (colon == std::string_view::npos) {
      return tags;
    }
    std::size_t end = colon + 2;
    while (end < text.size() && text[end] != '"') {
      end += text[end] == '\\' ? 2 : 1;
    }
    if (end >= text.size()) {
      return tags;
    }
    tags.emplace(text.substr(0, colon), code::unescaped(text.substr(colon + 2, end - colon - 2)));
    text.remove_prefix(end + 1);
  }
}

std::string_view
tag(const Tags& tags, std::string_view name)
{
  const auto found = tags.find(name);
  return found == tags.end() ? std::string_view() : std::string_view(found->second);
}

/// "[]string" is a list, "time.Duration" a length of time; pointers are what they point to.
TypeUse
type_of(code::TokenSpan before)
{
  if (before.empty()) {
    return {};
  }
  const std::string_view name = before.back().text;
  const bool is_list = before.size() > 2 && before[before.size() - 2].is("]") && before[before.size() - 3].is("[");
  const bool is_qualified = before.size() > 1 && before[before.size() - 2].is(".");
  if (is_list || (before.size() > 1 && before[before.size() - 2].is("]"))) {
    return {is_list ? "list" : "record", {}};
  }
  if (is_qualified) {
    return name == "Duration" ? TypeUse{"duration", {}} : (name == "URL" ? TypeUse{"url", {}} : TypeUse{});
  }
  return before.back().kind == code::Token::Kind::name ? known_type(name) : TypeUse{};
}

void
read_options(const std::vector<std::string_view>& parts, Item& item)
{
  for (std::size_t i = 1; i < parts.size(); ++i) {
    constexpr std::string_view fallback = "default=";
    const std::string_view part = trim(parts[i]);
    if (part == "required" || part == "notEmpty") {
      item.need = Need::required;
    } else if (part.starts_with(fallback)) {
      item.fallback = std::string(part.substr(fallback.size()));
    } else if (part == "file") {
      item.type = {};
    }
  }
}

void
add_field(code::TokenSpan before, const code::Token& text, SchemaBuilder& builder)
{
  const Tags tags = tags_of(text.text);
  const std::string_view named = tag(tags, tags.contains("env") ? "env" : "envconfig");
  const auto parts = split(named, ',');
  if (parts.front().empty() || parts.front() == "-") {
    return;
  }
  Item item{.name = std::string(parts.front()), .line = text.line, .type = type_of(before), .need = Need::optional};
  if (item.type.id == "list" && tags.contains("envSeparator")) {
    item.type.options.emplace("separator", tag(tags, "envSeparator"));
  }
  read_options(parts, item);
  for (const std::string_view name : {"envDefault", "env-default", "default"}) {
    if (tags.contains(name)) {
      item.fallback = std::string(tag(tags, name));
    }
  }
  if (tag(tags, "required") == "true" || tag(tags, "env-required") == "true") {
    item.need = Need::required;
  }
  if (item.fallback) {
    item.need = Need::optional;
  }
  builder.add(std::move(item));
}

bool
has(std::string_view path)
{
  return has_extension(path, extensions) && !path.ends_with("_test.go");
}

Schema
read(const gate::SourceText& source, const gate::FileTree& /*tree*/)
{
  SchemaBuilder builder(source.path(), SchemaBuilder::In::program);
  const auto tokens = code::tokens_of(source.text(), code::go_syntax).all;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    // A text right behind a type on the same line is a field's tag and nothing else in Go.
    const bool is_tag = tokens[i].kind == code::Token::Kind::text && tokens[i - 1].line == tokens[i].line
                        && tokens[i].text.find(":\"") != std::string_view::npos;
    if (is_tag) {
      const std::size_t begin = i - std::min<std::size_t>(i, 5);
      add_field(code::TokenSpan(tokens).subspan(begin, i - begin), tokens[i], builder);
    }
  }
  return builder.take();
}

}  // namespace

extern const Format format_go_tags{
    .id = "go-tags", .title = "tags of Go's structs", .has = has, .words = words, .read = read};

}  // namespace sluice::env
