// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/groups.hpp"
#include "output/text_page.hpp"

/// The parts of the text for a terminal, each a block of lines with a blank one behind it.
namespace sluice::output {

[[nodiscard]] Style style_of(Severity severity);
[[nodiscard]] Style style_of(Verdict verdict);

/// Findings of one rule. What they have in common is said once, at the end; of more than `most_places` the rest is
/// counted, unless the page is verbose.
void add_group(const Group& group, TextPage& page);

/// A finding that does not count, in a few lines.
void add_passed(const Judged& judged, TextPage& page);

/// Gaps of one kind, in the same way.
void add_gaps(const GapGroup& group, TextPage& page);

/// Why a gate could not do its job.
void add_failure(const Report& report, TextPage& page);

/// A table with aligned columns, or one line per cell where they do not fit; a graph as an indented list; a timeline as
/// a list of its events.
void add_section(const Section& section, TextPage& page);

/// "... and 12 more (--verbose lists all)" if there are more than were shown.
void add_more(std::size_t shown, std::size_t total, TextPage& page);

/// How many are shown of this many.
[[nodiscard]] std::size_t shown_of(std::size_t total, const TextPage& page);

}  // namespace sluice::output
