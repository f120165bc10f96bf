// SPDX-License-Identifier: Apache-2.0
#include "config/decode.hpp"

#include "base/text.hpp"
#include "config/values.hpp"

#include <algorithm>

namespace sluice::config {

namespace {

/// Names of records are repeated in every path that leads into them.
constexpr std::size_t max_record_name = 128;

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

bool
is_writable(const Option& option)
{
  return option.spec.trust != Trust::operator_only && option.spec.surface == Surface::everywhere;
}

/// What a table over a record knows of places, which must outlive it.
std::map<std::string, Written, std::less<>>
take_places(OptionTable& table)
{
  std::map<std::string, Written, std::less<>> places;
  for (Option& option : table.options()) {
    if (!option.origin.place.empty()) {
      places[std::string(option.spec.key)] = {std::move(option.origin.place), std::move(option.inside)};
    }
  }
  return places;
}

/// Decodes one file; collects what is wrong instead of stopping at the first defect. Recursion ends where the types do
/// that describe themselves, and where parse_yaml ends it.
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
    if (node.kind != YamlKind::mapping && node.kind != YamlKind::null) {
      return problem(node.where, fmt::format("must be a mapping, not {}", describe_kind(node.kind)));
    }
    const std::set<std::string_view> refused = mapping(table, node, {});
    for (const Option& field : table.options()) {
      if (field.required && !refused.contains(field.spec.key) && is_missing(field, node.find(field.spec.key))) {
        problem(node.where, fmt::format("this entry needs \"{}\": {}", field.spec.key, field.spec.help));
      }
    }
  }

  /// The keys whose values were refused.
  std::set<std::string_view>
  mapping(OptionTable& table, const YamlNode& node, const DecodeScope& scope)
  {
    std::set<std::string_view> refused;
    for (const auto& [key, value] : node.entries) {
      const std::size_t before = problems_.size();
      entry(table, key, value, scope);
      if (problems_.size() > before) {
        refused.insert(key.scalar);
      }
    }
    return refused;
  }

private:
  static bool
  is_missing(const Option& field, const YamlNode* value)
  {
    if (value == nullptr || value->kind == YamlKind::null) {
      return true;
    }
    return field.kind != OptionKind::record && field.text().empty();
  }

  static Option*
  find(OptionTable& table, std::string_view key, std::string_view section)
  {
    Option* own = section.empty() ? nullptr : table.find(key, section);
    Option* option = own == nullptr ? table.find(key) : own;
    return option != nullptr && option->spec.surface == Surface::everywhere ? option : nullptr;
  }

  void
  entry(OptionTable& table, const YamlNode& key, const YamlNode& value, const DecodeScope& scope)
  {
    Option* option = find(table, key.scalar, scope.section);
    if (option == nullptr) {
      if (!scope.other_keys.contains(key.scalar)) {
        unknown(table, key, scope);
      }
    } else if (option->spec.trust == Trust::operator_only) {
      problem(key.where, fmt::format("\"{}\" can only be set by a flag or the environment", key.scalar));
    } else if (option->section != scope.section && table.sections().size() > 1) {
      return;
    } else if (scope.may_set && !scope.may_set(*option)) {
      if (scope.skipped) {
        scope.skipped(*option, key.where);
      }
    } else {
      const bool is_single = value.kind == YamlKind::scalar;
      option->came_from(Layer::file, place(file_, is_single ? value.where : key.where));
      decode(*option, value);
    }
  }

  void
  unknown(const OptionTable& table, const YamlNode& key, const DecodeScope& scope)
  {
    std::vector<std::string> homes;
    std::vector<std::string_view> known(scope.other_keys.begin(), scope.other_keys.end());
    for (const Option& option : table.options()) {
      const bool is_here = option.section.empty() || option.section == scope.section;
      if (is_here && is_writable(option)) {
        known.push_back(option.spec.key);
      } else if (!is_here && option.spec.key == key.scalar) {
        homes.push_back(fmt::format("\"{}:\"", option.section));
      }
    }
    problem(key.where,
            homes.empty() ? fmt::format("{} is not an option{}", in_quotes(key.scalar), did_you_mean(key.scalar, known))
                          : fmt::format("{} belongs under {}", in_quotes(key.scalar), join(homes, " or ")));
  }

  void
  problem(Position where, std::string_view what)
  {
    problems_.push_back(fmt::format("{}: {}", place(file_, where), what));
  }

  void
  unexpected(const Option& option, const YamlNode& node, std::string_view expected)
  {
    problem(node.where, fmt::format("\"{}\" must be {}, not {}", option.spec.key, expected, describe_kind(node.kind)));
  }

  void
  report(const Option& option, Position where, const Result<>& result)
  {
    if (!result) {
      problem(where, fmt::format("\"{}\" {}", option.spec.key, result.error().message));
    }
  }

  void
  decode(Option& option, const YamlNode& node)
  {
    switch (option.kind) {
    case OptionKind::list:
      return list(option, node);
    case OptionKind::choice_map:
    case OptionKind::text_map:
      return map(option, node);
    case OptionKind::record:
      return single_record(option, node);
    case OptionKind::records:
      return records(option, node);
    case OptionKind::record_map:
      return record_map(option, node);
    case OptionKind::toggle:
    case OptionKind::text:
    case OptionKind::choice:
    case OptionKind::number:
    case OptionKind::real:
    case OptionKind::duration:
      if (node.kind != YamlKind::scalar) {
        return unexpected(option, node, "a single value");
      }
      report(option, node.where, option.set(node.scalar));
    }
  }

  void
  list(Option& option, const YamlNode& node)
  {
    std::vector<std::string> items;
    if (node.kind == YamlKind::scalar) {
      items.push_back(node.scalar);
      option.inside["0"] = {place(file_, node.where), {}};
    } else if (node.kind == YamlKind::mapping) {
      return unexpected(option, node, "a list");
    }
    for (const YamlNode& item : node.items) {
      if (item.kind != YamlKind::scalar) {
        return unexpected(option, item, "a list of single values");
      }
      option.inside[std::to_string(items.size())] = {place(file_, item.where), {}};
      items.push_back(item.scalar);
    }
    report(option, node.where, option.set_items(items));
  }

  void
  map(Option& option, const YamlNode& node)
  {
    if (node.kind != YamlKind::mapping && node.kind != YamlKind::null) {
      return unexpected(option, node, "a mapping");
    }
    report(option, node.where, option.set_items({}));
    for (const auto& [key, value] : node.entries) {
      if (value.kind != YamlKind::scalar) {
        unexpected(option, value, "a mapping of single values");
      } else {
        option.inside[key.scalar] = {place(file_, value.where), {}};
        report(option, value.where, option.set_entry(key.scalar, value.scalar));
      }
    }
  }

  void
  single_record(Option& option, const YamlNode& node)
  {
    if (node.kind != YamlKind::mapping && node.kind != YamlKind::null) {
      return unexpected(option, node, "a mapping");
    }
    option.records.add({}, option.origin.place, [&](std::string_view /*name*/, OptionTable& table) {
      record(table, node);
      option.inside = take_places(table);
    });
  }

  void
  records(Option& option, const YamlNode& node)
  {
    if (node.kind != YamlKind::sequence && node.kind != YamlKind::null) {
      return unexpected(option, node, "a list");
    }
    option.records.clear();
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      add_record(option, std::to_string(i), node.items[i].where, node.items[i]);
    }
  }

  void
  record_map(Option& option, const YamlNode& node)
  {
    if (node.kind != YamlKind::mapping && node.kind != YamlKind::null) {
      return unexpected(option, node, "a mapping");
    }
    option.records.clear();
    for (const auto& [key, value] : node.entries) {
      if (key.scalar.empty() || key.scalar.size() > max_record_name) {
        problem(key.where,
                fmt::format("a name under \"{}\" must have 1 to {} bytes", option.spec.key, max_record_name));
      } else {
        add_record(option, key.scalar, key.where, value);
      }
    }
  }

  void
  add_record(Option& option, const std::string& name, Position where, const YamlNode& node)
  {
    const std::string origin = place(file_, where);
    option.records.add(name, origin, [&](std::string_view /*name*/, OptionTable& table) {
      record(table, node);
      option.inside[name] = {origin, take_places(table)};
    });
  }

  std::string_view file_;
  std::vector<std::string>& problems_;
};

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

}  // namespace sluice::config
