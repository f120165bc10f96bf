// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/severity.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// Whether a rule is applied without being asked for. A new rule starts as a preview, so that an upgrade breaks no
/// build.
enum class RuleState { stable, preview };

template<> struct EnumNames<RuleState>
{
  static constexpr std::array<std::string_view, 2> names{"stable", "preview"};
};

/// The documentation of a rule, Markdown each, without headings.
struct RuleDoc
{
  std::string_view what;                              ///< what it finds
  std::string_view why;                               ///< what happens to whom
  std::string_view instead;                           ///< what to do
  std::string_view known_problems = {};               ///< where it is wrong; may be empty
  std::span<const std::string_view> references = {};  ///< URLs of the facts
};

/// What is known of a rule before it fires. Static storage; findings point at it.
struct RuleMeta
{
  std::string_view id;     ///< kebab-case, unique over all tools, never renamed or used again
  std::string_view title;  ///< one line, no final stop
  std::string_view since;  ///< version that brought it, "0.1.0"
  RuleDoc doc;
  Severity severity = Severity::medium;
  Confidence confidence = Confidence::medium;
  std::span<const std::string_view> tags;
  std::string_view tool;  ///< "secrets", "migrations", …
  RuleState state = RuleState::stable;
};

/// The documentation under its headings: What it does, Why, Instead, Known problems, References. Empty parts are left
/// out.
[[nodiscard]] std::string markdown_of(const RuleDoc& doc);

}  // namespace sluice
