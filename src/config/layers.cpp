// SPDX-License-Identifier: Apache-2.0
#include "config/layers.hpp"

#include "base/text.hpp"
#include "config/decode.hpp"
#include "config/values.hpp"
#include "config/yaml_document.hpp"

namespace sluice::config {

namespace {

/// A file of a pull request may hold more defects than anybody reads.
constexpr std::size_t max_problems = 100;

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
    problems.push_back(fmt::format("{}: must be a mapping of options", place(file.name, root->where)));
  }
  return empty;
}

/// The top of the file, then the section of each tool of the table. `scope` says what may be set.
void
decode_file(OptionTable& table, const ConfigFile& file, const Layers& layers, DecodeScope scope,
            std::vector<std::string>& problems)
{
  const YamlNode root = parse_file(file, problems);
  scope.other_keys = layers.other_keys;
  scope.other_keys.insert(layers.other_sections.begin(), layers.other_sections.end());
  scope.other_keys.insert(table.sections().begin(), table.sections().end());
  decode_mapping(table, root, file.name, scope, problems);
  scope.other_keys.clear();
  for (const std::string_view tool : table.sections()) {
    const YamlNode* section = root.find(tool);
    if (section == nullptr || section->kind == YamlKind::null) {
      continue;
    }
    if (section->kind != YamlKind::mapping) {
      problems.push_back(
          fmt::format("{}: \"{}\" must be a mapping of options", place(file.name, section->where), tool));
      continue;
    }
    scope.section = tool;
    decode_mapping(table, *section, file.name, scope, problems);
  }
}

/// On a laptop the file on disk counts. What of it a request would not be judged by is better known before one is made.
void
tell_what_a_request_ignores(OptionTable& table, const Layers& layers, Remarks& remarks)
{
  if (!layers.base_file || layers.base_file->text == layers.file.text) {
    return;
  }
  std::vector<std::string> told_elsewhere;
  const YamlNode base = parse_file(*layers.base_file, told_elsewhere);
  const YamlNode own = parse_file(layers.file, told_elsewhere);
  DecodeScope scope;
  scope.may_set = [](const Option&) { return false; };
  scope.skipped = [&](const Option& option, Position key) {
    if (option.spec.trust != Trust::base_ref) {
      return;
    }
    const auto value_in = [&option](const YamlNode& root) -> const YamlNode* {
      const YamlNode* section = option.section.empty() ? &root : root.find(option.section);
      const YamlNode* own_value = section == nullptr ? nullptr : section->find(option.spec.key);
      return own_value == nullptr ? root.find(option.spec.key) : own_value;
    };
    const YamlNode* here = value_in(own);
    const YamlNode* there = value_in(base);
    if (here != nullptr && (there == nullptr || !says_the_same(*here, *there))) {
      remarks.notices.push_back(fmt::format("{}: \"{}\" counts here; a request would be judged by {}",
                                            place(layers.file.name, key), option.spec.key, layers.base_file->name));
    }
  };
  decode_file(table, layers.file, layers, scope, told_elsewhere);
}

void
apply_files(OptionTable& table, const Layers& layers, Remarks& remarks)
{
  if (layers.which == Layers::Which::own) {
    tell_what_a_request_ignores(table, layers, remarks);
    return decode_file(table, layers.file, layers, {}, remarks.problems);
  }
  DecodeScope trusted;
  trusted.may_set = [](const Option& option) { return option.spec.trust == Trust::base_ref; };
  decode_file(table, layers.base_file.value_or(ConfigFile{}), layers, trusted, remarks.problems);
  DecodeScope own;
  own.may_set = [](const Option& option) { return option.spec.trust == Trust::anywhere; };
  // A file that the change leaves as it is would otherwise be told of in every run.
  if (!layers.base_file || layers.base_file->text != layers.file.text) {
    own.skipped = [&](const Option& option, Position key) {
      remarks.notices.push_back(fmt::format(
          "{}: \"{}\" in a change's own configuration does not count; {} does", place(layers.file.name, key),
          option.spec.key, layers.base_file ? layers.base_file->name : std::string("the built-in default")));
    };
  }
  decode_file(table, layers.file, layers, own, remarks.problems);
}

void
apply_variables(OptionTable& table, const Layers& layers, Remarks& remarks)
{
  decode_variables(table, {layers.environment, layers.styles, layers.other_variables, layers.other_sections}, remarks);
}

std::string
rebased(const Option& option, const std::string& value, const Layers& layers)
{
  if (!layers.rebase || option.spec.holds != Holds::paths) {
    return value;
  }
  const std::size_t equals = option.kind == OptionKind::text_map ? value.find('=') : std::string::npos;
  const std::size_t begin = equals == std::string::npos ? 0 : equals + 1;
  // An empty value takes back what a weaker layer said.
  return begin == value.size() ? value : value.substr(0, begin) + layers.rebase(std::string_view(value).substr(begin));
}

/// Once it is known which layer's value counts.
void
locate_places(OptionTable& table, const Layers& layers)
{
  for (Option& option : table.options()) {
    const std::string value = option.spec.holds == Holds::place ? option.text() : std::string();
    const bool is_address = value.find("://") != std::string::npos;
    if (layers.locate && !value.empty() && !is_address && option.origin.layer != Layer::built_in) {
      (void)option.set(layers.locate(value, option.origin.layer));  // a text takes any
    }
  }
}

/// Of a list and of a text_map each flag is one item, which keeps its commas; names and choices have none.
std::vector<std::string>
items_of_flag(const Option& option, const std::string& value)
{
  return option.kind == OptionKind::choice_map ? items_of(value) : std::vector<std::string>{value};
}

/// The flags with the name of a tool, or those without.
enum class FlagNames { without_tool, with_tool };

void
apply_flags(OptionTable& table, const Layers& layers, FlagNames names, std::vector<std::string>& problems)
{
  std::map<const Option*, std::vector<std::string>> items;
  for (const auto& [name, value] : layers.flags) {
    const bool has_tool = name.find('.') != std::string::npos;
    if (has_tool != (names == FlagNames::with_tool)) {
      continue;
    }
    const std::vector<Option*> options = table.named(name);
    for (Option* option : options) {
      Result<> result;
      const std::string rebased_value = rebased(*option, value, layers);
      if (holds_items(option->kind)) {
        std::vector<std::string>& all = items[option];
        const std::vector<std::string> more = items_of_flag(*option, rebased_value);
        all.insert(all.end(), more.begin(), more.end());
        result = option->set_items(all);
        if (!result) {
          all.resize(all.size() - more.size());  // told once
        }
      } else {
        result = option->set(rebased_value);
      }
      if (!result) {
        const std::string which = options.size() > 1 ? table.shown_name(*option) + " " : std::string();
        problems.push_back(fmt::format("--{}: {}{}", name, which, result.error().message));
      }
      option->came_from(Layer::flag, "--" + name);
    }
  }
}

void
apply_flags(OptionTable& table, const Layers& layers, std::vector<std::string>& problems)
{
  apply_flags(table, layers, FlagNames::without_tool, problems);
  apply_flags(table, layers, FlagNames::with_tool, problems);
}

std::string
told(std::vector<std::string>& problems)
{
  if (problems.size() > max_problems) {
    const std::size_t rest = problems.size() - max_problems;
    problems.resize(max_problems);
    problems.push_back(fmt::format("and {} more", with_thousands(rest)));
  }
  return join(problems, "\n");
}

}  // namespace

Result<std::vector<std::string>>
apply_layers(OptionTable& table, const Layers& layers)
{
  for (Option& option : table.options()) {
    option.reset();
    option.came_from(Layer::built_in, {});
  }
  Remarks remarks;
  apply_files(table, layers, remarks);
  apply_variables(table, layers, remarks);
  const std::size_t before_flags = remarks.problems.size();
  apply_flags(table, layers, remarks.problems);
  if (!remarks.problems.empty()) {
    return fail(before_flags == 0 ? ErrorKind::usage : ErrorKind::config, "{}", told(remarks.problems));
  }
  locate_places(table, layers);
  return std::move(remarks.notices);
}

void
apply_operator_layers(OptionTable& table, const Layers& layers)
{
  Remarks told_later;
  apply_variables(table, layers, told_later);
  apply_flags(table, layers, told_later.problems);
}

}  // namespace sluice::config
