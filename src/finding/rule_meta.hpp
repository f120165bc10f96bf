// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/severity.hpp"

#include <span>
#include <string_view>

namespace sluice {

/// What is known of a rule before it fires. Static storage; findings point at it.
struct RuleMeta
{
  std::string_view id;     ///< kebab-case, unique over all tools, never renamed or used again
  std::string_view title;  ///< one line, no final stop
  std::string_view since;  ///< version that brought it, "0.1.0"
  std::string_view doc;    ///< Markdown with the headings "What it does", "Why", "Instead"
  Severity severity = Severity::medium;
  Confidence confidence = Confidence::medium;
  std::span<const std::string_view> tags;
  std::string_view tool;  ///< "secrets", "migrations", …
};

}  // namespace sluice
