// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace sluice::env {

/// What an expression of a workflow takes from a context: `secrets.X`, `vars['X']`, `toJSON(secrets)`.
struct ContextUse
{
  enum class Context { secrets, vars, env } context;
  std::string_view name;  ///< empty: all of them, or one that only the run knows
  std::size_t at = 0;     ///< in the text
};

/// Whether a text is an expression as a whole, as that of `if:`, or has some between `${{` and `}}`.
enum class ExpressionForm { inside, whole };

/// As GitHub's reference "Contexts" and "Expressions" have it: names whatever their case, strings between single
/// quotes.
[[nodiscard]] std::vector<ContextUse> context_uses(std::string_view text, ExpressionForm form);

}  // namespace sluice::env
