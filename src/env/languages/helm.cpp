// SPDX-License-Identifier: Apache-2.0
//
// Charts. A template is a text and no YAML, so that its lines are read for the names below `env:`; values are YAML, in
// which charts keep variables below a few customary keys.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".yml", ".yaml", ".tpl"});
constexpr auto words = std::to_array<std::string_view>({"env", "Env", "kind: ConfigMap", "kind: Secret", "command:"});
constexpr auto keys = std::to_array<std::string_view>({"env", "environment", "envVars", "extraEnv", "extraEnvVars",
                                                       "envVariables", "environmentVariables", "envSecrets",
                                                       "secretEnv", "additionalEnv", "extraEnvironment"});

bool
is_template(std::string_view path)
{
  return path.find("/templates/") != std::string_view::npos || path.starts_with("templates/");
}

bool
has(std::string_view path)
{
  return has_extension(path, extensions) && (is_template(path) || file_name_of(path).starts_with("values"));
}

/// The name of `- name: NAME`; empty if a template makes it.
std::string_view
item_name(std::string_view line)
{
  line = trim(line);
  if (!line.starts_with("- name:")) {
    return {};
  }
  std::string_view name = trim(line.substr(7));
  if (name.size() > 1 && is_any_of(name.front(), "\"'") && name.back() == name.front()) {
    name = name.substr(1, name.size() - 2);
  }
  return name.find("{{") == std::string_view::npos ? name : std::string_view();
}

/// The literal of a plain `value:` on the line behind.
std::optional<std::string>
value_of(std::string_view line)
{
  line = trim(line);
  if (!line.starts_with("value:") || line.find("{{") != std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view value = trim(line.substr(6));
  if (value.size() > 1 && is_any_of(value.front(), "\"'") && value.back() == value.front()) {
    value = value.substr(1, value.size() - 2);
  }
  return std::string(value);
}

/// The word of a list's item: `node` of `- "node"`; empty if it is none.
std::string_view
word_of_item(std::string_view content)
{
  if (!content.starts_with("- ")) {
    return {};
  }
  content = trim(content.substr(2));
  const bool is_quoted = content.size() > 1 && is_any_of(content.front(), "\"'") && content.back() == content.front();
  return is_quoted ? content.substr(1, content.size() - 2) : content;
}

/// The lines below an item that is a block scalar, without what a template makes of them.
std::string
block_below(const gate::SourceText& source, std::uint32_t item)
{
  const std::size_t indent = source.line(item).find('-');
  std::string block;
  for (std::uint32_t number = item + 1; number <= source.line_count(); ++number) {
    const std::string_view line = source.line(number);
    const bool is_empty = trim(line).empty();
    if (!is_empty && line.find_first_not_of(' ') <= indent) {
      break;
    }
    block.append(is_empty ? std::string_view() : line.substr(indent)).append("\n");
  }
  return without_holes(block, "{{", "}}");
}

/// Texts of commands: `- node`, `- -e`, `- |`.
void
look_at_commands(const gate::SourceText& source, Sightings& seen)
{
  std::string_view program;
  std::string_view option;
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    const std::string_view content = trim(source.line(number));
    const std::string_view word = word_of_item(content);
    if (is_any_of(word.empty() ? ' ' : word.front(), "|>") && !option.empty()) {
      const std::string text = block_below(source, number);
      script::Facts facts = script::facts_of_words(program, option, text);
      facts.fault.reset();
      script::tell(facts, script::Lines(source, text, number + 1), {.here = {}, .beside = {}}, seen);
    }
    // `args:` may stand between the words.
    if (!word.empty() || !content.ends_with(':')) {
      program = std::exchange(option, word);
    }
  }
}

void
look_at_template(const gate::SourceText& source, Sightings& seen)
{
  constexpr std::size_t outside = std::string_view::npos;
  std::size_t indent_of_env = outside;
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    const std::string_view line = source.line(number);
    const std::size_t indent = line.find_first_not_of(" \t");
    const std::string_view content = trim(line);
    if (content.empty() || content.starts_with("{{") || content.starts_with('#')) {
      continue;
    }
    const bool is_item = content.starts_with('-');
    if (indent_of_env != outside && (indent < indent_of_env || (indent == indent_of_env && !is_item))) {
      indent_of_env = outside;
    }
    if (content == "env:") {
      indent_of_env = indent;
    } else if (indent_of_env != outside) {
      const std::string_view name = item_name(line);
      const std::string_view next = number < source.line_count() ? source.line(number + 1) : std::string_view();
      seen.give(name, number, value_of(next));
    }
  }
}

void
look_at_values(const gate::SourceText& source, Value value, Sightings& seen)
{
  for (const Value member : value) {
    if (std::find(keys.begin(), keys.end(), member.key()) == keys.end()) {
      look_at_values(source, member, seen);
      continue;
    }
    each_member(member, [&](Value variable) {
      if (is_environment_name(variable.key())) {
        seen.give(variable.key(), variable.line(), plain_literal(variable));
      }
    });
    for (const Value item : member.is_list() ? member : Value()) {
      if (item["name"].is_text()) {
        seen.give(item["name"].text(), item["name"].line(), plain_literal(item["value"]));
      }
    }
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  if (is_template(source.path())) {
    look_at_template(source, seen);
    look_at_commands(source, seen);
    return;
  }
  for (const Data& document : yaml_of(source, seen)) {
    look_at_values(source, document.root(), seen);
  }
}

}  // namespace

extern const Language language_helm{.id = "helm", .title = "Helm", .has = has, .words = words, .look = look};

}  // namespace sluice::env
