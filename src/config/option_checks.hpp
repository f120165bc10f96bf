// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// One step into an option: the key of a record's field, a name in a mapping, an index in a list.
class Step
{
public:
  template<typename Text>
  requires std::convertible_to<Text, std::string_view>
  Step(const Text& name)
      : name_(std::string_view(name))
  {}
  template<std::unsigned_integral Index>
  Step(Index index)
      : name_(std::to_string(index)),
        is_index_(true)
  {}

  [[nodiscard]] const std::string&
  name() const
  {
    return name_;
  }
  [[nodiscard]] bool
  is_index() const
  {
    return is_index_;
  }

private:
  std::string name_;
  bool is_index_ = false;
};

/// A value: "scope", or {"environments", "staging", "phase"} and {"allow", i, "path"} for one inside a record.
class ValuePath
{
public:
  template<typename Text>
  requires std::convertible_to<Text, std::string_view>
  ValuePath(const Text& key)
      : steps_{Step(key)}
  {}
  ValuePath(std::initializer_list<Step> steps)
      : steps_(steps)
  {}

  [[nodiscard]] const std::vector<Step>&
  steps() const
  {
    return steps_;
  }

private:
  std::vector<Step> steps_;
};

/// Collects what is wrong with values that the table took, each at the place where the value came from.
class OptionChecks
{
public:
  /// `section` is the tool that checks: its own options are found before the common ones.
  explicit OptionChecks(const OptionTable& table, std::string_view section = {})
      : table_(table),
        section_(section)
  {}

  /// "PLACE: \"NAME\" WHAT"; `what` reads on from the name: "is not a version such as 2.109.0". A value that was not
  /// written has the place of what it would stand in.
  void refuse(const ValuePath& path, std::string_view what);

  [[nodiscard]] const std::vector<std::string>&
  problems() const
  {
    return problems_;
  }

private:
  const OptionTable& table_;
  std::string_view section_;
  std::vector<std::string> problems_;
};

}  // namespace sluice::config
