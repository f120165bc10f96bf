// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/gate_input.hpp"
#include "config/option_table.hpp"
#include "finding/finding.hpp"

#include <memory>
#include <span>

namespace sluice::cli {

/// A gate with its options, seen from the outside.
class Gate
{
public:
  virtual ~Gate() = default;
  virtual void describe(config::OptionTable& table) = 0;
  [[nodiscard]] virtual Result<Findings> run(const ci::GateInput& input) const = 0;
};

/// A gate before it runs.
struct GateType
{
  const ci::GateInfo* info;
  std::span<const RuleMeta* const> rules;
  std::unique_ptr<Gate> (*make)();
};

/// Adapts a gate's struct (`info`, `describe`, `run`, `rule_metas`; see src/secrets/gate.hpp) to the above.
template<typename T>
GateType
gate_type()
{
  class Adapter : public Gate
  {
  public:
    void
    describe(config::OptionTable& table) override
    {
      table.begin_section(T::info().name);
      gate_.describe(table);
    }
    [[nodiscard]] Result<Findings>
    run(const ci::GateInput& input) const override
    {
      return gate_.run(input);
    }

  private:
    T gate_;
  };
  return {&T::info(), T::rule_metas(), []() -> std::unique_ptr<Gate> { return std::make_unique<Adapter>(); }};
}

}  // namespace sluice::cli
