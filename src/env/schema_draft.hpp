// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/survey.hpp"

#include <string>

namespace sluice::env {

/// A `.env.schema` in @env-spec of what code reads and files hold. No value is in it, and none of a secret is looked at
/// for more than its form: types are told from names, from schemas in code, and from the form that all values of a
/// variable have. What an operating system or a CI gives is left out.
[[nodiscard]] std::string schema_draft(const Survey& survey);

}  // namespace sluice::env
