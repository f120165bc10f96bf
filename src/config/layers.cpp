// SPDX-License-Identifier: Apache-2.0
#include "config/layers.hpp"

#include "base/text.hpp"
#include "config/yaml_document.hpp"

#include <fmt/format.h>

namespace sluice::config {

namespace {

/// The file's mapping, an empty one if there is no file; a defect if it is something else.
YamlNode
parse_file(const ConfigFile& file, std::vector<std::string>& problems)
{
  YamlNode empty;
  empty.kind = YamlKind::mapping;
  if (!file.text) {
    return empty;
  }
  auto root = parse_yaml(*file.text, file.name);
  if (!root) {
    problems.push_back(root.error().message);
    return empty;
  }
  if (root->kind == YamlKind::mapping) {
    return *std::move(root);
  }
  if (root->kind != YamlKind::null) {
    problems.push_back(fmt::format("{}: must be a mapping of options", place(file.name, root->mark)));
  }
  return empty;
}

void
decode_file(OptionTable& table, const ConfigFile& file, const Layers& layers,
            const std::function<bool(const Option&)>& may_set, std::vector<std::string>& problems)
{
  const YamlNode root = parse_file(file, problems);
  std::set<std::string_view> top_keys = layers.other_keys;
  top_keys.insert(layers.section);
  decode_mapping(table, root, file.name, {"", top_keys, may_set}, problems);
  const YamlNode* section = root.find(layers.section);
  if (section == nullptr || section->kind == YamlKind::null) {
    return;
  }
  if (section->kind != YamlKind::mapping) {
    problems.push_back(
        fmt::format("{}: \"{}\" must be a mapping of options", place(file.name, section->mark), layers.section));
    return;
  }
  decode_mapping(table, *section, file.name, {layers.section, {}, may_set}, problems);
}

/// What a pull request's own file says of options that it may not set.
std::vector<std::string>
ignored_keys(const OptionTable& table, const Layers& layers)
{
  std::vector<std::string> defects_told_elsewhere;
  const YamlNode root = parse_file(layers.file, defects_told_elsewhere);
  std::vector<std::string> notices;
  const auto look = [&](const YamlNode& mapping) {
    for (const auto& [key, value] : mapping.entries) {
      for (const Option& option : table.options()) {
        const bool counts = option.spec.trust == Trust::anywhere;
        if (option.spec.key == key.scalar && !counts && option.origin.place != place(layers.file.name, key.mark)) {
          notices.push_back(
              fmt::format("{}: \"{}\" in a change's own configuration does not count; the base branch's does",
                          place(layers.file.name, key.mark), key.scalar));
        }
      }
    }
  };
  look(root);
  if (const YamlNode* section = root.find(layers.section)) {
    look(*section);
  }
  return notices;
}

void
apply_flags(OptionTable& table, const Layers& layers, std::vector<std::string>& problems)
{
  std::map<std::string, std::vector<std::string>> lists;
  for (const auto& [key, value] : layers.flags) {
    Option* option = table.find(key);
    if (option == nullptr) {
      continue;
    }
    Result<> result;
    if (option->kind == OptionKind::list) {
      lists[key].push_back(value);
      result = option->set_items(lists[key]);
    } else {
      result = option->set(value);
    }
    if (!result) {
      problems.push_back(fmt::format("--{}: {}", key, result.error().message));
    }
    option->origin = {Layer::flag, "--" + key};
  }
}

void
apply_variables(OptionTable& table, const Layers& layers, std::vector<std::string>& problems)
{
  for (const VariableStyle& style : layers.styles) {
    decode_variables(table, layers.environment, style, layers.other_variables, problems);
  }
}

std::vector<std::string>
apply_files(OptionTable& table, const Layers& layers, std::vector<std::string>& problems)
{
  if (!layers.base_file) {
    decode_file(table, layers.file, layers, {}, problems);
    return {};
  }
  decode_file(
      table, *layers.base_file, layers, [](const Option& option) { return option.spec.trust == Trust::base_ref; },
      problems);
  decode_file(
      table, layers.file, layers, [](const Option& option) { return option.spec.trust == Trust::anywhere; }, problems);
  return layers.base_file->text == layers.file.text ? std::vector<std::string>() : ignored_keys(table, layers);
}

}  // namespace

Result<std::vector<std::string>>
apply_layers(OptionTable& table, const Layers& layers)
{
  for (Option& option : table.options()) {
    option.reset();
    option.origin = {};
  }
  std::vector<std::string> problems;
  std::vector<std::string> notices = apply_files(table, layers, problems);
  apply_variables(table, layers, problems);
  const std::size_t before_flags = problems.size();
  apply_flags(table, layers, problems);
  if (!problems.empty()) {
    return fail(before_flags == 0 ? ErrorKind::usage : ErrorKind::config, "{}", join(problems, "\n"));
  }
  return notices;
}

void
apply_operator_layers(OptionTable& table, const Layers& layers)
{
  std::vector<std::string> told_later;
  apply_variables(table, layers, told_later);
  apply_flags(table, layers, told_later);
}

std::string
show_config(const OptionTable& table)
{
  constexpr std::string_view layer_names[] = {"built in", "file", "environment", "flag"};
  std::string text;
  for (const Option& option : table.options()) {
    if (option.spec.surface == Surface::flags) {
      continue;
    }
    const std::string assignment = fmt::format("{}{}{} = {}", option.section, option.section.empty() ? "" : ".",
                                               option.spec.key, printable(option.text()));
    const std::string_view layer = layer_names[static_cast<std::size_t>(option.origin.layer)];
    text += fmt::format("{:<40} # {}\n", assignment,
                        option.origin.place.empty() ? std::string(layer) : printable(option.origin.place));
  }
  return text;
}

}  // namespace sluice::config
