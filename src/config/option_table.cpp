// SPDX-License-Identifier: Apache-2.0
#include "config/option_table.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "config/values.hpp"

#include <algorithm>

namespace sluice::config {

namespace {

/// Lets a map whose `set_entry` is there take items too.
void
take_items(Option& option, std::function<void()> clear)
{
  option.set_items = [set_entry = option.set_entry,
                      clear = std::move(clear)](std::span<const std::string> items) -> Result<> {
    clear();
    for (const std::string& item : items) {
      TRY_ASSIGN(const NamedText named, parse_named(item));
      TRY(set_entry(named.name, named.value));
    }
    return {};
  };
  option.set = [set_items = option.set_items](std::string_view value) { return set_items(items_of(value)); };
}

}  // namespace

Option&
OptionTable::add(OptionSpec spec, OptionKind kind)
{
  Option& option = options_.emplace_back();
  option.spec = spec;
  option.kind = kind;
  option.section = section_;
  return option;
}

void
OptionTable::toggle(bool& target, OptionSpec spec)
{
  Option& option = add(spec, OptionKind::toggle);
  option.set = [&target](std::string_view value) -> Result<> {
    TRY_ASSIGN(target, parse_toggle(value));
    return {};
  };
  option.text = [&target] { return std::string(target ? "true" : "false"); };
  option.reset = [&target, initial = target] { target = initial; };
  option.built_in = option.text();
}

void
OptionTable::text(std::string& target, OptionSpec spec)
{
  Option& option = add(spec, OptionKind::text);
  option.set = [&target](std::string_view value) -> Result<> {
    target = value;
    return {};
  };
  option.text = [&target] { return target; };
  option.reset = [&target, initial = target] { target = initial; };
  option.built_in = option.text();
}

void
OptionTable::date(std::string& target, OptionSpec spec)
{
  text(target, spec);
  options_.back().set = [&target](std::string_view value) -> Result<> {
    if (!parse_date(trim(value))) {
      return fail(ErrorKind::config, "must be a day as YYYY-MM-DD, not {}", in_quotes(value));
    }
    target = trim(value);
    return {};
  };
}

void
OptionTable::number(std::int64_t& target, std::int64_t minimum, std::int64_t maximum, OptionSpec spec)
{
  Option& option = add(spec, OptionKind::number);
  option.minimum = minimum;
  option.maximum = maximum;
  option.set = [&target, minimum, maximum](std::string_view value) -> Result<> {
    TRY_ASSIGN(target, parse_number(value, minimum, maximum));
    return {};
  };
  option.text = [&target] { return fmt::format("{}", target); };
  option.reset = [&target, initial = target] { target = initial; };
  option.built_in = option.text();
}

void
OptionTable::real(double& target, double minimum, double maximum, OptionSpec spec)
{
  Option& option = add(spec, OptionKind::real);
  option.least = minimum;
  option.most = maximum;
  option.set = [&target, minimum, maximum](std::string_view value) -> Result<> {
    TRY_ASSIGN(target, parse_real(value, minimum, maximum));
    return {};
  };
  option.text = [&target] { return fmt::format("{}", target); };
  option.reset = [&target, initial = target] { target = initial; };
  option.built_in = option.text();
}

void
OptionTable::duration(std::chrono::milliseconds& target, std::chrono::milliseconds minimum,
                      std::chrono::milliseconds maximum, OptionSpec spec)
{
  Option& option = add(spec, OptionKind::duration);
  option.minimum = minimum.count();
  option.maximum = maximum.count();
  option.set = [&target, minimum, maximum](std::string_view value) -> Result<> {
    TRY_ASSIGN(target, parse_duration(value, minimum, maximum));
    return {};
  };
  option.text = [&target] { return spelled_duration(target); };
  option.reset = [&target, initial = target] { target = initial; };
  option.built_in = option.text();
}

void
OptionTable::list(std::vector<std::string>& target, OptionSpec spec)
{
  Option& option = add(spec, OptionKind::list);
  option.set_items = [&target](std::span<const std::string> items) -> Result<> {
    target.assign(items.begin(), items.end());
    return {};
  };
  option.set = [set_items = option.set_items](std::string_view value) { return set_items(items_of(value)); };
  option.items = [&target] { return target; };
  option.text = [&target] { return join(target, ", "); };
  option.reset = [&target, initial = target] { target = initial; };
  option.built_in = option.text();
}

void
OptionTable::text_map(std::map<std::string, std::string>& target, OptionSpec spec)
{
  Option& option = add(spec, OptionKind::text_map);
  option.set_entry = [&target](std::string_view name, std::string_view value) -> Result<> {
    target[std::string(name)] = value;
    return {};
  };
  take_items(option, [&target] { target.clear(); });
  option.items = [&target] {
    std::vector<std::string> items;
    for (const auto& [name, value] : target) {
      items.push_back(fmt::format("{}={}", name, value));
    }
    return items;
  };
  option.text = [items = option.items] { return join(items(), ", "); };
  option.reset = [&target, initial = target] { target = initial; };
  option.built_in = option.text();
}

void
OptionTable::one_of(std::string& target, std::span<const std::string_view> names, OptionSpec spec)
{
  add_choice(
      spec, names, [&target, names](std::size_t i) { target = names[i]; },
      [&target, names] {
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), target) - names.begin());
      });
  // A built-in value need not be one of those that can be asked for.
  options_.back().text = [&target] { return target; };
  options_.back().reset = [&target, initial = target] { target = initial; };
  options_.back().built_in = target;
}

void
OptionTable::add_choice(OptionSpec spec, std::span<const std::string_view> names,
                        std::function<void(std::size_t)> assign, std::function<std::size_t()> read)
{
  Option& option = add(spec, OptionKind::choice);
  option.choices.assign(names.begin(), names.end());
  option.set = [names, assign](std::string_view value) -> Result<> {
    TRY_ASSIGN(const std::size_t index, parse_choice(value, names));
    assign(index);
    return {};
  };
  option.text = [names, read] { return read() < names.size() ? std::string(names[read()]) : std::string(); };
  option.reset = [assign, initial = read()] { assign(initial); };
  option.built_in = option.text();
}

void
OptionTable::add_choice_map(OptionSpec spec, std::span<const std::string_view> names,
                            std::function<void(std::string_view, std::size_t)> assign,
                            std::function<std::map<std::string, std::size_t>()> read, std::function<void()> clear)
{
  Option& option = add(spec, OptionKind::choice_map);
  option.choices.assign(names.begin(), names.end());
  option.set_entry = [names, assign](std::string_view name, std::string_view value) -> Result<> {
    TRY_ASSIGN(const std::size_t index, parse_choice(value, names));
    assign(name, index);
    return {};
  };
  take_items(option, clear);
  option.items = [names, read] {
    std::vector<std::string> items;
    for (const auto& [name, index] : read()) {
      items.push_back(fmt::format("{}={}", name, names[index]));
    }
    return items;
  };
  option.text = [items = option.items] { return join(items(), ", "); };
  option.reset = [clear, assign, initial = read()] {
    clear();
    for (const auto& [name, index] : initial) {
      assign(name, index);
    }
  };
  option.built_in = option.text();
}

void
OptionTable::add_records(OptionSpec spec, OptionKind kind, Records records)
{
  Option& option = add(spec, kind);
  option.set = [](std::string_view) -> Result<> {
    return fail(ErrorKind::config, "can only be written in a configuration file");
  };
  // What a single record comes to, its own values say.
  option.text = [kind, count = records.count] {
    return kind == OptionKind::record || count() == 0 ? std::string() : counted(count(), "entry", "entries");
  };
  option.reset = records.reset;
  option.records = std::move(records);
  option.built_in = option.text();
}

void
OptionTable::begin_section(std::string_view tool)
{
  section_ = tool;
  if (!tool.empty() && std::find(sections_.begin(), sections_.end(), tool) == sections_.end()) {
    sections_.push_back(tool);
  }
}

const Option*
OptionTable::find(std::string_view key, std::string_view section) const
{
  const auto found = std::find_if(options_.begin(), options_.end(), [key, section](const Option& option) {
    return option.spec.key == key && option.section == section;
  });
  return found == options_.end() ? nullptr : &*found;
}

Option*
OptionTable::find(std::string_view key, std::string_view section)
{
  return const_cast<Option*>(std::as_const(*this).find(key, section));
}

std::vector<Option*>
OptionTable::named(std::string_view name)
{
  std::vector<Option*> found;
  for (Option& option : options_) {
    const bool is_for_the_only_section = option.section.empty() && sections_.size() == 1
                                         && name == fmt::format("{}.{}", sections_.front(), option.spec.key);
    if (option.spec.key == name || option.full_name() == name || is_for_the_only_section) {
      found.push_back(&option);
    }
  }
  return found;
}

std::string
OptionTable::shown_name(const Option& option) const
{
  return sections_.size() > 1 ? option.full_name() : std::string(option.spec.key);
}

std::vector<std::string_view>
OptionTable::keys() const
{
  std::vector<std::string_view> keys;
  for (const Option& option : options_) {
    keys.push_back(option.spec.key);
  }
  return keys;
}

}  // namespace sluice::config
