// SPDX-License-Identifier: Apache-2.0
#include "config/decode.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::config {

namespace {

std::string_view
describe_kind(YamlKind kind)
{
  switch (kind) {
  case YamlKind::null:
    return "nothing";
  case YamlKind::scalar:
    return "a single value";
  case YamlKind::sequence:
    return "a list";
  case YamlKind::mapping:
    return "a mapping";
  }
  return "something else";
}

/// Decodes one file; collects what is wrong instead of stopping at the first defect.
class Decoder
{
public:
  Decoder(std::string_view file, std::vector<std::string>& problems)
      : file_(file),
        problems_(problems)
  {}

  void
  record(OptionTable& table, const YamlNode& node)
  {
    if (node.kind != YamlKind::mapping) {
      return problem(node.mark, fmt::format("must be a mapping, not {}", describe_kind(node.kind)));
    }
    mapping(table, node, {});
    for (const Option& field : table.options()) {
      if (field.required && (node.find(field.spec.key) == nullptr || field.text().empty())) {
        problem(node.mark, fmt::format("this entry needs \"{}\": {}", field.spec.key, field.spec.help));
      }
    }
  }

  void
  mapping(OptionTable& table, const YamlNode& node, const DecodeScope& scope)
  {
    for (const auto& [key, value] : node.entries) {
      if (!scope.other_keys.contains(key.scalar)) {
        entry(table, key, value, scope);
      }
    }
  }

private:
  void
  entry(OptionTable& table, const YamlNode& key, const YamlNode& value, const DecodeScope& scope)
  {
    Option* option = table.find(key.scalar);
    if (option == nullptr || option->spec.surface == Surface::flags) {
      unknown(table, key, scope);
    } else if (option->section != scope.section && !option->section.empty()) {
      problem(key.mark, fmt::format("\"{}\" belongs under \"{}:\"", key.scalar, option->section));
    } else if (option->spec.trust == Trust::operator_only) {
      problem(key.mark, fmt::format("\"{}\" can only be set by a flag or the environment", key.scalar));
    } else if (!scope.may_set || scope.may_set(*option)) {
      decode(*option, value);
      option->origin = {Layer::file, place(file_, key.mark)};
    }
  }

  void
  unknown(const OptionTable& table, const YamlNode& key, const DecodeScope& scope)
  {
    std::vector<std::string_view> known(scope.other_keys.begin(), scope.other_keys.end());
    for (const Option& option : table.options()) {
      if (option.spec.trust != Trust::operator_only && option.spec.surface == Surface::everywhere) {
        known.push_back(option.spec.key);
      }
    }
    problem(key.mark, fmt::format("\"{}\" is not an option{}", printable(key.scalar), did_you_mean(key.scalar, known)));
  }

  void
  problem(Mark mark, std::string_view what)
  {
    problems_.push_back(fmt::format("{}: {}", place(file_, mark), what));
  }

  void
  unexpected(const Option& option, const YamlNode& node, std::string_view expected)
  {
    problem(node.mark, fmt::format("\"{}\" must be {}, not {}", option.spec.key, expected, describe_kind(node.kind)));
  }

  void
  report(const Option& option, Mark mark, const Result<>& result)
  {
    if (!result) {
      problem(mark, fmt::format("\"{}\" {}", option.spec.key, result.error().message));
    }
  }

  void
  decode(Option& option, const YamlNode& node)
  {
    switch (option.kind) {
    case OptionKind::list:
      return list(option, node);
    case OptionKind::choice_map:
      return choice_map(option, node);
    case OptionKind::records:
      return records(option, node);
    case OptionKind::toggle:
    case OptionKind::text:
    case OptionKind::choice:
    case OptionKind::number:
    case OptionKind::real:
      if (node.kind != YamlKind::scalar) {
        return unexpected(option, node, "a single value");
      }
      report(option, node.mark, option.set(node.scalar));
    }
  }

  void
  list(Option& option, const YamlNode& node)
  {
    std::vector<std::string> items;
    if (node.kind == YamlKind::scalar) {
      items.push_back(node.scalar);
    } else if (node.kind != YamlKind::sequence) {
      return unexpected(option, node, "a list");
    }
    for (const YamlNode& item : node.items) {
      if (item.kind != YamlKind::scalar) {
        return unexpected(option, item, "a list of single values");
      }
      items.push_back(item.scalar);
    }
    report(option, node.mark, option.set_items(items));
  }

  void
  choice_map(Option& option, const YamlNode& node)
  {
    if (node.kind != YamlKind::mapping) {
      return unexpected(option, node, "a mapping");
    }
    option.reset();
    for (const auto& [key, value] : node.entries) {
      if (value.kind != YamlKind::scalar) {
        unexpected(option, value, "a mapping of single values");
      } else {
        report(option, value.mark, option.set_entry(key.scalar, value.scalar));
      }
    }
  }

  void
  records(Option& option, const YamlNode& node)
  {
    if (node.kind != YamlKind::sequence) {
      return unexpected(option, node, "a list");
    }
    option.records.clear();
    for (const YamlNode& item : node.items) {
      option.records.append(place(file_, item.mark), [&](OptionTable& table) { record(table, item); });
    }
  }

  std::string_view file_;
  std::vector<std::string>& problems_;
};

std::string
to_key(std::string_view variable, VariableStyle style)
{
  std::string key = to_lower(variable.substr(style.prefix.size()));
  if (style.hyphen == VariableStyle::Hyphen::underscore) {
    std::replace(key.begin(), key.end(), '_', '-');
  }
  return key;
}

}  // namespace

void
decode_mapping(OptionTable& table, const YamlNode& mapping, std::string_view file, const DecodeScope& scope,
               std::vector<std::string>& problems)
{
  Decoder(file, problems).mapping(table, mapping, scope);
}

void
decode_record(OptionTable& table, const YamlNode& node, std::string_view file, std::vector<std::string>& problems)
{
  Decoder(file, problems).record(table, node);
}

void
decode_variables(OptionTable& table, const Environment& environment, VariableStyle style,
                 const std::set<std::string_view>& also_known, std::vector<std::string>& problems)
{
  for (const auto& [name, value] : environment) {
    if (!name.starts_with(style.prefix) || name.size() == style.prefix.size()) {
      continue;
    }
    const std::string key = to_key(name, style);
    Option* option = table.find(key);
    if (option == nullptr && also_known.contains(key)) {
      continue;
    }
    if (option == nullptr || option->spec.surface == Surface::flags) {
      if (style.unknown == VariableStyle::Unknown::refused) {
        problems.push_back(
            fmt::format("{}: is not an input of this tool{}", printable(name), did_you_mean(key, table.keys())));
      }
      continue;
    }
    if (value.empty()) {
      continue;
    }
    if (auto result = option->set(value); !result) {
      problems.push_back(fmt::format("{}: {}", printable(name), result.error().message));
    }
    option->origin = {Layer::environment, name};
  }
}

}  // namespace sluice::config
