// SPDX-License-Identifier: Apache-2.0
//
// Comments in the examined text with which its author allowed a finding. Whoever reviews a change must see them: they
// are what an author alone decides.
#pragma once

#include "output/tally.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace sluice::output {

struct CountedMark
{
  const Report* report;
  const Judged* judged;
  Location where;  ///< of the comment
};

/// Those that suppress a finding, in the order of the findings.
[[nodiscard]] std::vector<CountedMark> counted_marks(std::span<const Report> reports);

/// "sluice" or "another tool": whose word the comment uses.
[[nodiscard]] std::string_view owner_text(const CountedMark& mark);

/// The reason that its author gave, or that there is none.
[[nodiscard]] std::string_view reason_text(const CountedMark& mark);

}  // namespace sluice::output
