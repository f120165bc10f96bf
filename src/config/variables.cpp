// SPDX-License-Identifier: Apache-2.0
#include "config/variables.hpp"

#include "base/text.hpp"
#include "config/values.hpp"

#include <algorithm>
#include <optional>

namespace sluice::config {

namespace {

/// The sections that a variable sets its option in.
enum class Sections { every_section, one_section };

/// What the names of variables stand for.
class Names
{
public:
  Names(OptionTable& table, const Variables& variables)
      : other_sections_(variables.other_sections)
  {
    left_alone_.insert(variables.also_known.begin(), variables.also_known.end());
    for (const std::string_view own : table.sections()) {
      other_sections_.erase(own);
    }
    for (Option& option : table.options()) {
      if (option.spec.surface == Surface::everywhere) {
        add(option, table.sections());
      }
    }
  }

  [[nodiscard]] std::span<Option* const>
  options(const std::string& name, Sections sections) const
  {
    const auto& known = sections == Sections::every_section ? of_every_section_ : of_one_section_;
    const auto found = known.find(name);
    return found == known.end() ? std::span<Option* const>() : std::span<Option* const>(found->second);
  }

  [[nodiscard]] bool
  is_known(const std::string& name) const
  {
    const auto is_before = [&name](std::string_view section) {
      return name.starts_with(section) && name.size() > section.size() && name[section.size()] == '-';
    };
    return of_every_section_.contains(name) || of_one_section_.contains(name) || left_alone_.contains(name)
           || std::any_of(other_sections_.begin(), other_sections_.end(), is_before);
  }

  /// The known name that is one edit away.
  [[nodiscard]] std::optional<std::string>
  neighbour(const std::string& name) const
  {
    const auto is_near = [&name](std::string_view known) {
      return known.size() <= name.size() + 1 && name.size() <= known.size() + 1 && edit_distance(name, known) <= 1;
    };
    for (const auto* known : {&of_every_section_, &of_one_section_}) {
      for (const auto& [each, options] : *known) {
        if (is_near(each)) {
          return each;
        }
      }
    }
    const auto found = std::find_if(left_alone_.begin(), left_alone_.end(), is_near);
    return found == left_alone_.end() ? std::nullopt : std::optional(*found);
  }

private:
  void
  add(Option& option, std::span<const std::string_view> sections)
  {
    of_every_section_[std::string(option.spec.key)].push_back(&option);
    if (!option.section.empty()) {
      of_one_section_[fmt::format("{}-{}", option.section, option.spec.key)].push_back(&option);
    } else if (sections.size() == 1) {
      of_one_section_[fmt::format("{}-{}", sections.front(), option.spec.key)].push_back(&option);
    } else {
      // The table has one value for all tools; each tool's own run will take its own.
      for (const std::string_view section : sections) {
        left_alone_.insert(fmt::format("{}-{}", section, option.spec.key));
      }
    }
  }

  std::map<std::string, std::vector<Option*>> of_every_section_, of_one_section_;
  std::set<std::string, std::less<>> left_alone_;
  std::set<std::string_view> other_sections_;
};

/// Calls `use` with every variable of ours that has a value.
template<typename Use>
void
for_each_variable(const Variables& variables, Use use)
{
  for (const VariableStyle& style : variables.styles) {
    for (const auto& [variable, value] : variables.environment) {
      if (variable.starts_with(style.prefix) && variable.size() > style.prefix.size() && !value.empty()) {
        use(style, variable, value);
      }
    }
  }
}

void
set(const OptionTable& table, std::span<Option* const> options, const std::string& variable, std::string_view value,
    std::vector<std::string>& problems)
{
  for (Option* option : options) {
    if (auto result = option->set(value); !result) {
      const std::string which = options.size() > 1 ? table.shown_name(*option) + " " : std::string();
      problems.push_back(fmt::format("{}: {}{}", printable(variable), which, result.error().message));
    }
    option->came_from(Layer::environment, variable);
  }
}

void
tell_unknown(const Names& names, const VariableStyle& style, const std::string& variable, Remarks& remarks)
{
  const std::string shown = ellipsis(printable(variable), 200);
  if (const auto meant = names.neighbour(option_name(variable, style))) {
    remarks.problems.push_back(
        fmt::format("{}: is not an option (did you mean {}?)", shown, variable_name(*meant, style)));
  } else {
    remarks.notices.push_back(fmt::format("{}: is not an option and does not count", shown));
  }
}

}  // namespace

std::string
option_name(std::string_view variable, const VariableStyle& style)
{
  std::string name = to_lower(variable.substr(style.prefix.size()));
  if (style.hyphen == VariableStyle::Hyphen::underscore) {
    std::replace(name.begin(), name.end(), '_', '-');
  }
  return name;
}

std::string
variable_name(std::string_view option, const VariableStyle& style)
{
  std::string variable(style.prefix);
  for (const char c : option) {
    if (c == '-' && style.hyphen == VariableStyle::Hyphen::underscore) {
      variable += '_';
    } else {
      variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return variable;
}

void
decode_variables(OptionTable& table, const Variables& variables, Remarks& remarks)
{
  const Names names(table, variables);
  for (const Sections sections : {Sections::every_section, Sections::one_section}) {
    for_each_variable(variables, [&](const VariableStyle& style, const std::string& variable, std::string_view value) {
      set(table, names.options(option_name(variable, style), sections), variable, value, remarks.problems);
    });
  }
  for_each_variable(variables, [&](const VariableStyle& style, const std::string& variable, std::string_view) {
    if (!names.is_known(option_name(variable, style))) {
      tell_unknown(names, style, variable, remarks);
    }
  });
}

}  // namespace sluice::config
