// SPDX-License-Identifier: Apache-2.0
//
// One option, as everything that knows of options sees it. OptionTable makes them.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <map>
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

/// In a file a single value is where it stands, a list, a mapping or a record where its key stands.
struct Origin
{
  Layer layer = Layer::built_in;
  std::string place;  ///< ".sluice.yml:3:5", "INPUT_FAIL-ON", "--fail-on"; empty for built_in
};

/// Where a value inside another was written in a file, and the values inside it: by key of a record, by name in a
/// mapping, by index ("0") in a list.
struct Written
{
  std::string place;
  std::map<std::string, Written, std::less<>> inside;
};

/// Where an option can be given at all.
enum class Surface {
  everywhere,  ///< as far as its trust allows
  flags,       ///< only on the command line (--help)
};

/// What a text is.
enum class Holds {
  text,
  paths,  ///< of the work tree, from its root; one that a flag gives in a subdirectory is meant from there
  place,  ///< one file or directory, wherever it lies: a relative one starts where the program was called, and that of
          ///< a file at the root of the work tree. Also an address, which stays as it is.
};

enum class OptionKind {
  toggle,
  text,
  choice,
  number,
  real,
  duration,
  list,
  choice_map,  ///< names to choices
  text_map,    ///< names to texts
  record,
  records,     ///< a list of them
  record_map,  ///< names to records
};

/// Whether several flags of an option add up, each of them one item or NAME=VALUE.
[[nodiscard]] constexpr bool
holds_items(OptionKind kind)
{
  return kind == OptionKind::list || kind == OptionKind::choice_map || kind == OptionKind::text_map;
}

/// Whether an option can be written in a file alone: neither a flag nor a variable can say a record.
[[nodiscard]] constexpr bool
holds_records(OptionKind kind)
{
  return kind == OptionKind::record || kind == OptionKind::records || kind == OptionKind::record_map;
}

struct OptionSpec
{
  std::string_view key;         ///< kebab-case; the flag, the YAML key and the INPUT_ variable
  std::string_view value = {};  ///< placeholder in the help, upper-case; empty for a toggle
  std::string_view help;        ///< one sentence with its stop
  Trust trust = Trust::anywhere;
  Surface surface = Surface::everywhere;
  char letter = 0;            ///< one-letter flag
  Holds holds = Holds::text;  ///< of text, of a list's items, of a text_map's values
};

class OptionTable;

/// The records of an option of that kind, whatever their type.
struct Records
{
  /// `name` is the record's in a record_map, its index in a list, empty for a single record. The table lives no longer
  /// than the call.
  using Visit = std::function<void(std::string_view name, OptionTable& table)>;

  std::function<std::size_t()> count;
  std::function<void()> clear;  ///< a single record gets its built-in values
  std::function<void()> reset;  ///< back to the built-in value
  /// Appends a record (a single one begins anew), stores where it came from and shows the table over it.
  std::function<void(std::string_view name, std::string origin, const Visit& visit)> add;
  std::function<void(const Visit& visit)> each;
  std::function<void(const Visit& visit)> each_absent;   ///< of a list, what counts while it is empty; may be null
  std::function<void(OptionTable& table)> describe_one;  ///< of a throw-away record, for schema and documentation
};

/// One option bound to one object.
struct Option
{
  OptionSpec spec;
  OptionKind kind = OptionKind::text;
  std::vector<std::string_view> choices;  ///< of choice and of choice_map's values
  std::int64_t minimum = 0;               ///< of number; of duration in milliseconds
  std::int64_t maximum = 0;
  double least = 0;  ///< of real
  double most = 0;
  std::string_view section;  ///< the tool that it belongs to; empty: common to all
  bool required = false;     ///< in a record
  Origin origin;
  std::map<std::string, Written, std::less<>> inside;  ///< what a file says within the value

  /// Parses one value as a flag or a variable gives it. A list takes comma- or newline-separated items, a map
  /// `NAME=VALUE` items. The error says what was expected, without naming the option.
  std::function<Result<>(std::string_view)> set;
  std::function<Result<>(std::span<const std::string>)> set_items;                   ///< list, maps
  std::function<Result<>(std::string_view name, std::string_view value)> set_entry;  ///< choice_map, text_map
  std::function<std::string()> text;                                                 ///< the value on one line
  std::function<std::vector<std::string>()> items;  ///< list, maps: what set_items takes
  std::function<void()> reset;                      ///< back to the built-in value
  Records records;
  std::string built_in;  ///< `text()` when described

  /// "fail-on", "secrets.scope": no other option of the table has it.
  [[nodiscard]] std::string full_name() const;

  /// Notes where the value that counts now is from; what an earlier one had inside is forgotten.
  void came_from(Layer layer, std::string place);
};

}  // namespace sluice::config
