// SPDX-License-Identifier: Apache-2.0
//
// What the decorators of one file in @env-spec say of its variables, imports left out.
#pragma once

#include "env/schema_reading.hpp"
#include "env/spec_file.hpp"

#include <string>
#include <vector>

namespace sluice::env {

/// A variable, and what of it was said rather than concluded from the file's defaults.
struct SpecVariable
{
  Item item;
  bool is_need_said = false;
  bool is_exposure_said = false;
};

/// Adds gaps, the environment's variable and no items to `builder`. A file that `@disable`s itself has none.
[[nodiscard]] std::vector<SpecVariable> variables_of(const SpecFile& file, SchemaBuilder& builder);

/// Whether a decorator's value, or that it stands there alone, says yes; nothing: only a function knows.
[[nodiscard]] std::optional<bool> says_yes(const SpecExpression* value);

}  // namespace sluice::env
