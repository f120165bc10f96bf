// SPDX-License-Identifier: Apache-2.0
//
// The lines of a requirements file (pip.pypa.io, "Requirements File Format"): joined where a backslash goes on, without
// comments, and with what pip-compile and uv write into comments about whose need each requirement is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct RequirementLine
{
  std::uint32_t number = 0;     ///< of its first physical line
  std::string text;             ///< joined, without comments
  bool is_via_package = false;  ///< only packages need it
};

/// Logical lines, as pip joins them: a backslash at the end goes on, but not of a comment. They end where Python ends
/// lines (str.splitlines); their numbers are those of editors, which know line feeds alone.
class RequirementLines
{
public:
  explicit RequirementLines(std::string_view text);

  std::vector<RequirementLine> lines;
  bool has_via = false;  ///< the file says whose need each requirement is

private:
  void add(std::string_view physical, std::uint32_t number);
  void note_via(std::string_view comment);
  void finish();

  RequirementLine open_;
  bool is_in_via_ = false;
};

/// The encoding that a comment on one of the first two lines names (PEP 263), in lower case with hyphens, if pip would
/// read the file otherwise than as UTF-8 is read; else empty.
[[nodiscard]] std::string foreign_requirement_encoding(std::string_view text);

}  // namespace sluice::deps
