// SPDX-License-Identifier: Apache-2.0
//
// An event is not there a second time: its payload is the platform's, a hook's standard input is read. What it came to
// is, so the range is repeated by its ids, and an option that came through a variable as a flag.
#include "cli/repeat.hpp"

#include "base/shell.hpp"
#include "cli/policy_setup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::cli {

namespace {

/// Whether the option has a part in what is found and what that means; the range speaks for those that chose it, and a
/// baseline that was made or updated is there.
bool
decides(const config::Option& option)
{
  static const std::set<std::string_view> others = [] {
    config::CommonOptions options;
    config::OptionTable table;
    config::describe_output(options, table);
    const std::vector<std::string_view> keys = table.keys();
    std::set<std::string_view> all(keys.begin(), keys.end());
    all.insert({"base", "head", "pre-commit", "pre-push", "pre-receive", "asked", "baseline-action"});
    return all;
  }();
  return !option.section.empty() || !others.contains(option.spec.key);
}

/// What a flag says of the value that the option has.
std::vector<std::string>
values_of(const config::Option& option)
{
  return config::holds_items(option.kind) ? option.items() : std::vector<std::string>{option.text()};
}

/// A value that looks like a flag itself, or like none, stays with its flag.
void
add_flag(std::string_view name, std::string_view value, std::vector<std::string>& words)
{
  const bool stays = value.empty() || value.starts_with('-');
  words.push_back(stays ? fmt::format("--{}={}", name, value) : fmt::format("--{}", name));
  if (!stays) {
    words.emplace_back(value);
  }
}

void
add_option(const config::Option& option, std::string_view name, std::string_view value, std::vector<std::string>& words)
{
  if (option.spec.key == "repo" && value == ".") {
    return;
  }
  if (option.kind == config::OptionKind::toggle) {
    words.push_back(value == "true" ? fmt::format("--{}", name) : fmt::format("--{}={}", name, value));
  } else {
    add_flag(name, value, words);
  }
}

void
add_range(const Setup& setup, std::vector<std::string>& words)
{
  const ci::GitRange& range = setup.range;
  const auto add = [&words](std::string_view flag, std::span<const git::ObjectId> ids) {
    std::string revisions;
    for (const git::ObjectId& id : ids) {
      revisions += (revisions.empty() ? "" : " ") + id.hex();
    }
    if (!revisions.empty()) {
      add_flag(flag, revisions, words);
    }
  };
  if (range.kind == ci::RangeKind::staged) {
    words.emplace_back("--pre-commit");
  } else if (range.kind == ci::RangeKind::commits) {
    std::vector<git::ObjectId> heads = range.heads;
    heads.insert(heads.end(), range.tags.begin(), range.tags.end());
    add("base", range.excluded);
    add("head", heads);
  } else if (range.kind == ci::RangeKind::unresolved) {
    for (const auto& [key, value] : {std::pair("base", setup.options.base), std::pair("head", setup.options.head)}) {
      if (!value.empty()) {
        add_flag(key, value, words);
      }
    }
  }
}

/// As they were given: a path of a flag is meant from where it was typed.
void
add_flags(const Setup& setup, std::vector<std::string>& words)
{
  for (const auto& [name, value] : setup.line.flags) {
    const auto is_of = [&name = name](const config::Option& option) {
      return (option.spec.key == name || option.full_name() == name) && decides(option);
    };
    const auto options = setup.table.options();
    if (const auto option = std::find_if(options.begin(), options.end(), is_of); option != options.end()) {
      add_option(*option, name, value, words);
    }
  }
}

void
add_variables(const Setup& setup, std::vector<std::string>& words)
{
  for (const config::Option& option : setup.table.options()) {
    if (option.origin.layer != config::Layer::environment || !decides(option)) {
      continue;
    }
    for (const std::string& value : values_of(option)) {
      add_option(option, option.full_name(), value, words);
    }
  }
}

}  // namespace

std::string
repeat_command(const Setup& setup)
{
  if (setup.range.kind == ci::RangeKind::nothing) {
    return {};
  }
  std::vector<std::string> words = setup.called;
  add_range(setup, words);
  add_flags(setup, words);
  add_variables(setup, words);
  if (const InlineComments effective = inline_comments_of(setup); effective != setup.options.inline_comments) {
    add_flag("inline-comments", name_of(effective), words);
  }
  return shell_command(words);
}

}  // namespace sluice::cli
