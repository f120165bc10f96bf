// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "config/common_options.hpp"
#include "config/option_table.hpp"
#include "config/variables.hpp"
#include "gate/gate.hpp"

#include <memory>

namespace sluice::dev {

/// A gate's options, with the objects that the table is bound to.
struct GateOptions
{
  explicit GateOptions(const gate::Type& type)
      : own(type.face->options())
  {
    config::describe(common, table);
    table.begin_section(type.face->info.name);
    own->bind(table);
  }
  GateOptions(const GateOptions&) = delete;
  GateOptions& operator=(const GateOptions&) = delete;

  config::CommonOptions common;
  std::unique_ptr<gate::Options> own;
  config::OptionTable table;
};

/// A YAML double-quoted scalar; JSON's are a subset of them.
[[nodiscard]] inline std::string
yaml_quoted(std::string_view text)
{
  return Json(text).dump();
}

/// As a variable of ours: "SLUICE_UPDATE_ADVISORIES".
[[nodiscard]] inline std::string
own_variable(std::string_view option)
{
  return config::variable_name(option, {"SLUICE_", config::VariableStyle::Hyphen::underscore});
}

/// Whether an action or a template may offer the option: not flags, not records.
[[nodiscard]] inline bool
is_input(const config::Option& option)
{
  return option.spec.surface == config::Surface::everywhere && !config::holds_records(option.kind);
}

}  // namespace sluice::dev
