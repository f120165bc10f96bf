// SPDX-License-Identifier: Apache-2.0
#include "config/option_table.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sluice::config {

namespace {

constexpr std::string_view true_words = "true, yes, on or 1";
constexpr std::string_view false_words = "false, no, off or 0";

std::string
one_of(std::span<const std::string_view> names)
{
  return fmt::format("must be one of {}", fmt::join(names, ", "));
}

Failure
not_a_choice(std::string_view value, std::span<const std::string_view> names)
{
  return fail(ErrorKind::config, "{}, not \"{}\"{}", one_of(names), printable(value), did_you_mean(value, names));
}

Result<std::size_t>
index_of(std::string_view value, std::span<const std::string_view> names)
{
  const auto found = std::find(names.begin(), names.end(), value);
  if (found == names.end()) {
    return not_a_choice(value, names);
  }
  return static_cast<std::size_t>(found - names.begin());
}

/// Items of a flag or a variable: separated by newlines if there are any (an `INPUT_` written with `|`), else by
/// commas.
std::vector<std::string>
items_of(std::string_view value)
{
  std::vector<std::string> items;
  for (const std::string_view part : split(value, value.find('\n') == std::string_view::npos ? ',' : '\n')) {
    if (const std::string_view item = trim(part); !item.empty()) {
      items.emplace_back(item);
    }
  }
  return items;
}

Result<bool>
parse_toggle(std::string_view value)
{
  const std::string lower = to_lower(trim(value));
  for (const std::string_view word : {"true", "yes", "on", "1"}) {
    if (lower == word) {
      return true;
    }
  }
  for (const std::string_view word : {"false", "no", "off", "0"}) {
    if (lower == word) {
      return false;
    }
  }
  return fail(ErrorKind::config, "must be {} or {}, not \"{}\"", true_words, false_words, printable(value));
}

Result<std::int64_t>
parse_number(std::string_view value, std::int64_t minimum, std::int64_t maximum)
{
  value = trim(value);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < minimum || number > maximum) {
    return fail(ErrorKind::config, "must be a whole number from {} to {}, not \"{}\"", minimum, maximum,
                printable(value));
  }
  return number;
}

Result<double>
parse_real(std::string_view value, double minimum, double maximum)
{
  value = trim(value);
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  // Written so that a value which is no number fails.
  const bool is_within = number >= minimum && number <= maximum;
  if (error != std::errc{} || end != value.data() + value.size() || !is_within) {
    return fail(ErrorKind::config, "must be a number from {} to {}, not \"{}\"", minimum, maximum, printable(value));
  }
  return number;
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
      return fail(ErrorKind::config, "must be a day as YYYY-MM-DD, not \"{}\"", printable(value));
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
  option.set = [&target, minimum, maximum](std::string_view value) -> Result<> {
    TRY_ASSIGN(target, parse_real(value, minimum, maximum));
    return {};
  };
  option.text = [&target] { return fmt::format("{}", target); };
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
  option.text = [&target] { return join(target, ", "); };
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
}

void
OptionTable::add_choice(OptionSpec spec, std::span<const std::string_view> names,
                        std::function<void(std::size_t)> assign, std::function<std::size_t()> read)
{
  Option& option = add(spec, OptionKind::choice);
  option.choices.assign(names.begin(), names.end());
  option.set = [names, assign](std::string_view value) -> Result<> {
    TRY_ASSIGN(const std::size_t index, index_of(trim(value), names));
    assign(index);
    return {};
  };
  option.text = [names, read] { return std::string(names[read()]); };
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
    TRY_ASSIGN(const std::size_t index, index_of(trim(value), names));
    assign(trim(name), index);
    return {};
  };
  option.set = [set_entry = option.set_entry, clear](std::string_view value) -> Result<> {
    clear();
    for (const std::string& item : items_of(value)) {
      const std::size_t equals = item.find('=');
      if (equals == std::string::npos) {
        return fail(ErrorKind::config, "must be NAME=VALUE items, not \"{}\"", printable(item));
      }
      TRY(set_entry(item.substr(0, equals), item.substr(equals + 1)));
    }
    return {};
  };
  option.text = [names, read] {
    std::vector<std::string> items;
    for (const auto& [name, index] : read()) {
      items.push_back(fmt::format("{}={}", name, names[index]));
    }
    return join(items, ", ");
  };
  option.reset = clear;
  option.built_in = option.text();
}

void
OptionTable::add_records(OptionSpec spec, RecordList records, std::function<std::size_t()> size)
{
  Option& option = add(spec, OptionKind::records);
  option.set = [](std::string_view) -> Result<> {
    return fail(ErrorKind::config, "can only be written in a configuration file");
  };
  option.text = [size] { return size() == 0 ? std::string() : counted(size(), "entry", "entries"); };
  option.reset = records.clear;
  option.records = std::move(records);
  option.built_in = option.text();
}

Option*
OptionTable::find(std::string_view key)
{
  const auto found =
      std::find_if(options_.begin(), options_.end(), [key](const Option& option) { return option.spec.key == key; });
  return found == options_.end() ? nullptr : &*found;
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
