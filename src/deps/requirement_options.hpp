// SPDX-License-Identifier: Apache-2.0
//
// The options of a line of a requirements file. pip parts a line before its first word that begins with a hyphen
// (pip/_internal/req/req_file.py, break_args_options); what follows it takes apart as a shell does and then as Python's
// optparse does: a value in the same word or in the next, long names cut short as far as only one begins so. So what a
// line includes may stand behind other options, in quotes, or as --requirem=FILE.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct RequirementOption
{
  std::string_view name;  ///< the long one: "--requirement"
  std::string value;      ///< empty if it takes none
};

struct RequirementParts
{
  std::string_view requirement;  ///< what stands ahead of the options; a view into the line
  std::vector<RequirementOption> options;
  std::vector<std::string> left_over;  ///< words behind the options that are no option's value
  std::string defect;                  ///< why pip refuses the line, as a sentence; empty: it does not

  /// The first option of a name; null if there is none.
  [[nodiscard]] const RequirementOption* find(std::string_view name) const;
  /// What --hash gives, with blanks between.
  [[nodiscard]] std::string hashes() const;
};

[[nodiscard]] RequirementParts requirement_parts(std::string_view line);

}  // namespace sluice::deps
