// SPDX-License-Identifier: Apache-2.0
//
// An options struct describes itself once, to an OptionTable; everything else that knows of options (YAML,
// INPUT_* variables, flags, help, man pages, completions, schema, action.yml, --show-config) walks the table.
#pragma once

#include "base/enum_names.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// Who may set an option when a change is under test (a pull or merge request).
enum class Trust {
  anywhere,       ///< the change's own configuration file may
  base_ref,       ///< only the base branch's file, the environment or a flag; whatever can weaken a gate
  operator_only,  ///< only the environment or a flag
};

/// Where the value of an option came from; a later layer wins.
enum class Layer { built_in, file, environment, flag };

struct Origin
{
  Layer layer = Layer::built_in;
  std::string place;  ///< ".sluice.yml:3:5", "INPUT_FAIL-ON", "--fail-on"; empty for built_in
};

/// Where an option can be given at all.
enum class Surface {
  everywhere,  ///< as far as its trust allows
  flags,       ///< only on the command line (--help)
};

enum class OptionKind { toggle, text, choice, number, real, list, choice_map, records };

struct OptionSpec
{
  std::string_view key;         ///< kebab-case; the flag, the YAML key and the INPUT_ variable
  std::string_view value = {};  ///< placeholder in the help, upper-case; empty for a toggle
  std::string_view help;        ///< one sentence with its stop
  Trust trust = Trust::anywhere;
  Surface surface = Surface::everywhere;
  char letter = 0;  ///< one-letter flag
};

class OptionTable;

/// The element type of a `records` option: how many there are, and a table over one of them.
struct RecordList
{
  std::function<void()> clear;
  /// Appends a record, stores where it came from and lets `decode` fill the table over it.
  std::function<void(std::string origin, const std::function<void(OptionTable&)>& decode)> append;
  std::function<void(OptionTable&)> describe_one;  ///< of a throw-away record, for schema and documentation
};

/// One option bound to one object.
struct Option
{
  OptionSpec spec;
  OptionKind kind = OptionKind::text;
  std::vector<std::string_view> choices;  ///< of choice and of choice_map's values
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::string_view section;  ///< the tool that it belongs to; empty: common to all
  bool required = false;     ///< in a record
  Origin origin;

  /// Parses one value as a flag or a variable gives it. A list takes comma- or newline-separated items, a
  /// choice_map `name=value` items. The error says what was expected, without naming the option.
  std::function<Result<>(std::string_view)> set;
  std::function<Result<>(std::span<const std::string>)> set_items;                   ///< list
  std::function<Result<>(std::string_view name, std::string_view value)> set_entry;  ///< choice_map
  std::function<std::string()> text;  ///< the effective value on one line
  std::function<void()> reset;        ///< back to the built-in value
  RecordList records;
  std::string built_in;  ///< `text()` when described
};

class OptionTable
{
public:
  void toggle(bool& target, OptionSpec spec);
  void text(std::string& target, OptionSpec spec);
  void list(std::vector<std::string>& target, OptionSpec spec);
  /// A day, YYYY-MM-DD.
  void date(std::string& target, OptionSpec spec);
  void number(std::int64_t& target, std::int64_t minimum, std::int64_t maximum, OptionSpec spec);
  /// A decimal number, `minimum` and `maximum` included.
  void real(double& target, double minimum, double maximum, OptionSpec spec);

  template<NamedEnum E>
  void
  choice(E& target, OptionSpec spec)
  {
    add_choice(
        spec, EnumNames<E>::names, [&target](std::size_t i) { target = static_cast<E>(i); },
        [&target] { return static_cast<std::size_t>(target); });
  }

  /// One of names that are known only at run time. `names` must outlive the table.
  void one_of(std::string& target, std::span<const std::string_view> names, OptionSpec spec);

  template<NamedEnum E>
  void
  choice_map(std::map<std::string, E>& target, OptionSpec spec)
  {
    add_choice_map(
        spec, EnumNames<E>::names,
        [&target](std::string_view name, std::size_t i) { target[std::string(name)] = static_cast<E>(i); },
        [&target] {
          std::map<std::string, std::size_t> all;
          for (const auto& [name, value] : target) {
            all[name] = static_cast<std::size_t>(value);
          }
          return all;
        },
        [&target] { target.clear(); });
  }

  /// `T` has `std::string origin` and `void describe(OptionTable&)` is found by argument-dependent lookup as
  /// `describe(T&, OptionTable&)`.
  template<typename T>
  void
  records(std::vector<T>& target, OptionSpec spec)
  {
    add_records(spec,
                RecordList{
                    [&target] { target.clear(); },
                    [&target](std::string origin, const std::function<void(OptionTable&)>& decode) {
                      T& record = target.emplace_back();
                      record.origin = std::move(origin);
                      OptionTable table;
                      describe(record, table);
                      decode(table);
                    },
                    [](OptionTable& table) {
                      // The table's closures must not outlive the record: only its descriptions are read.
                      static T example{};
                      describe(example, table);
                    },
                },
                [&target] { return target.size(); });
  }

  /// Options described from here on belong to this tool.
  void
  begin_section(std::string_view tool)
  {
    section_ = tool;
  }

  /// Marks the option described last as one that a record must have.
  void
  required()
  {
    options_.back().required = true;
  }

  [[nodiscard]] std::span<Option>
  options()
  {
    return options_;
  }
  [[nodiscard]] std::span<const Option>
  options() const
  {
    return options_;
  }
  [[nodiscard]] Option* find(std::string_view key);
  [[nodiscard]] std::vector<std::string_view> keys() const;

private:
  Option& add(OptionSpec spec, OptionKind kind);
  void add_choice(OptionSpec spec, std::span<const std::string_view> names, std::function<void(std::size_t)> assign,
                  std::function<std::size_t()> read);
  void add_choice_map(OptionSpec spec, std::span<const std::string_view> names,
                      std::function<void(std::string_view, std::size_t)> assign,
                      std::function<std::map<std::string, std::size_t>()> read, std::function<void()> clear);
  void add_records(OptionSpec spec, RecordList records, std::function<std::size_t()> size);

  std::vector<Option> options_;
  std::string_view section_;
};

}  // namespace sluice::config
