// SPDX-License-Identifier: Apache-2.0
//
// A struct of options describes itself once, to an OptionTable; everything else that knows of options (YAML, INPUT_*
// variables, flags, help, man pages, completions, schema, action.yml, --show-config) walks the table. What two of them
// were told separately would differ by the next release.
//
// A visitor, a template for each reader, would do without the table, and instantiate every reader for every struct. The
// table erases the type once, into closures over the field: each reader is one function that is compiled once.
//
// A record is a struct that describes itself in the same way, and may hold records in turn. The table over a record
// lives only while the record is filled or shown: records move when their container grows, so an option of kind record,
// records or record_map keeps the way to make such a table, not the table.
#pragma once

#include "base/enum_names.hpp"
#include "config/option.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

class OptionTable
{
public:
  void toggle(bool& target, OptionSpec spec);
  void text(std::string& target, OptionSpec spec);
  void list(std::vector<std::string>& target, OptionSpec spec);
  /// Names to texts.
  void text_map(std::map<std::string, std::string>& target, OptionSpec spec);
  /// A day, YYYY-MM-DD.
  void date(std::string& target, OptionSpec spec);
  void number(std::int64_t& target, std::int64_t minimum, std::int64_t maximum, OptionSpec spec);
  /// A decimal number, `minimum` and `maximum` included.
  void real(double& target, double minimum, double maximum, OptionSpec spec);
  /// "90s", "1h30m" (values.hpp says more); bounds from 0, included.
  void duration(std::chrono::milliseconds& target, std::chrono::milliseconds minimum, std::chrono::milliseconds maximum,
                OptionSpec spec);

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

  /// A mapping of its own. `describe(T&, OptionTable&)` is found by argument-dependent lookup, here and in `records`
  /// and `record_map`; a `std::string origin` of T learns where the record stands.
  template<typename T>
  void
  record(T& target, OptionSpec spec)
  {
    Records one = records_of<T>([&target, initial = target] { target = initial; });
    one.count = [] { return std::size_t{1}; };
    one.clear = one.reset;
    one.add = [&target, initial = target](std::string_view name, std::string origin, const Records::Visit& visit) {
      target = initial;
      begin(target, std::move(origin));
      show(target, name, visit);
    };
    one.each = [&target](const Records::Visit& visit) { show(target, {}, visit); };
    add_records(spec, OptionKind::record, std::move(one));
  }

  /// A list of mappings.
  template<typename T>
  void
  records(std::vector<T>& target, OptionSpec spec)
  {
    Records all = records_of<T>([&target, initial = target] { target = initial; });
    all.count = [&target] { return target.size(); };
    all.clear = [&target] { target.clear(); };
    all.add = [&target](std::string_view name, std::string origin, const Records::Visit& visit) {
      T& record = target.emplace_back();
      begin(record, std::move(origin));
      show(record, name, visit);
    };
    all.each = [&target](const Records::Visit& visit) {
      for (std::size_t i = 0; i < target.size(); ++i) {
        show(target[i], std::to_string(i), visit);
      }
    };
    add_records(spec, OptionKind::records, std::move(all));
  }

  /// Of the list of mappings described last: what counts while it is empty, for people. `absent` must outlive the
  /// table.
  template<typename T>
  void
  stands_for(const std::vector<T>& absent)
  {
    options_.back().records.each_absent = [&absent](const Records::Visit& visit) {
      std::vector<T> copies = absent;
      for (std::size_t i = 0; i < copies.size(); ++i) {
        show(copies[i], std::to_string(i), visit);
      }
    };
  }

  /// A mapping of names to mappings: `environments: {staging: {…}, production: {…}}`.
  template<typename T>
  void
  record_map(std::map<std::string, T>& target, OptionSpec spec)
  {
    Records all = records_of<T>([&target, initial = target] { target = initial; });
    all.count = [&target] { return target.size(); };
    all.clear = [&target] { target.clear(); };
    all.add = [&target](std::string_view name, std::string origin, const Records::Visit& visit) {
      T& record = target[std::string(name)] = T{};
      begin(record, std::move(origin));
      show(record, name, visit);
    };
    all.each = [&target](const Records::Visit& visit) {
      for (auto& [name, record] : target) {
        show(record, name, visit);
      }
    };
    add_records(spec, OptionKind::record_map, std::move(all));
  }

  /// Options described from here on belong to this tool, or to all if it is empty. A table may hold the sections of
  /// several tools, also with the same keys.
  void begin_section(std::string_view tool);

  /// The tools whose options the table holds, also of one that has none of its own.
  [[nodiscard]] std::span<const std::string_view>
  sections() const
  {
    return sections_;
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

  /// The option with this key in this section; an empty section: the common one. Null if there is none.
  [[nodiscard]] Option* find(std::string_view key, std::string_view section = {});
  [[nodiscard]] const Option* find(std::string_view key, std::string_view section = {}) const;

  /// Every option that a flag of this name sets: "secrets.scope" one, "scope" that of each section that has it.
  /// "secrets.fail-on" is the common option if `secrets` is the only section.
  [[nodiscard]] std::vector<Option*> named(std::string_view name);

  /// What messages call the option: its key alone where that says enough.
  [[nodiscard]] std::string shown_name(const Option& option) const;

  [[nodiscard]] std::vector<std::string_view> keys() const;

private:
  template<typename T>
  static void
  begin(T& record, std::string origin)
  {
    if constexpr (requires { record.origin = std::move(origin); }) {
      record.origin = std::move(origin);
    }
  }

  template<typename T>
  static void
  show(T& record, std::string_view name, const Records::Visit& visit)
  {
    OptionTable table;
    describe(record, table);
    visit(name, table);
  }

  template<typename T>
  static Records
  records_of(std::function<void()> reset)
  {
    Records records;
    records.reset = std::move(reset);
    records.describe_one = [](OptionTable& table) {
      // The table's closures must not outlive the record: only its descriptions are read.
      static T example{};
      describe(example, table);
    };
    return records;
  }

  Option& add(OptionSpec spec, OptionKind kind);
  void add_choice(OptionSpec spec, std::span<const std::string_view> names, std::function<void(std::size_t)> assign,
                  std::function<std::size_t()> read);
  void add_choice_map(OptionSpec spec, std::span<const std::string_view> names,
                      std::function<void(std::string_view, std::size_t)> assign,
                      std::function<std::map<std::string, std::size_t>()> read, std::function<void()> clear);
  void add_records(OptionSpec spec, OptionKind kind, Records records);

  std::vector<Option> options_;
  std::string_view section_;
  std::vector<std::string_view> sections_;
};

}  // namespace sluice::config
