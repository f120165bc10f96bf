// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_checks.hpp"
#include "config/option_table.hpp"

#include <memory>

namespace sluice::gate {

/// The options of a gate or a command, seen from the outside: an object that a table can be bound to.
class Options
{
public:
  Options() = default;
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  virtual ~Options() = default;

  virtual void bind(config::OptionTable& table) = 0;
  /// Says what the table cannot know: values that do not fit together or have a form of their own.
  virtual void examine(config::OptionChecks& checks) const = 0;
};

/// Adapts a struct `T` for which `describe(T&, OptionTable&)` and, if it has such values, `check(const T&,
/// OptionChecks&)` are found by argument-dependent lookup.
template<typename T> class OptionsOf final : public Options
{
public:
  T values;

  void
  bind(config::OptionTable& table) override
  {
    describe(values, table);
  }
  void
  examine([[maybe_unused]] config::OptionChecks& checks) const override
  {
    if constexpr (requires { check(values, checks); }) {
      check(values, checks);
    }
  }
};

template<typename T>
std::unique_ptr<Options>
make_options()
{
  return std::make_unique<OptionsOf<T>>();
}

/// The struct inside options that `make_options<T>` made.
template<typename T>
const T&
values_of(const Options& options)
{
  return static_cast<const OptionsOf<T>&>(options).values;
}

/// For what has no options of its own.
struct NoOptions
{};

inline void
describe(NoOptions& /*options*/, config::OptionTable& /*table*/)
{}

}  // namespace sluice::gate
