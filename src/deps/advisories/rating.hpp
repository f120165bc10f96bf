// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/record.hpp"

#include <optional>
#include <string_view>

namespace sluice::deps {

/// What a rating comes to. Both empty: unscored, which is neither low nor none.
struct Rated
{
  std::optional<double> score;  ///< 0.0 to 10.0, one decimal
  std::optional<Severity> severity;
};

/// The highest score of the vectors of version 3 and 4; of version 2 only where there is no other, for it rates higher.
/// A vector that cannot be read does not count. Without a score the database's own word.
[[nodiscard]] Rated rate(const Rating& rating);

/// The qualitative rating of a score (CVSS v3.1, chapter 5; v4.0, chapter 6): 9.0 is critical, 7.0 high, 4.0 medium,
/// 0.1 low, 0.0 info.
[[nodiscard]] Severity severity_of_score(double score);

/// The base score of a vector: "CVSS:3.1/AV:N/AC:L/…", "CVSS:4.0/…", or version 2's "AV:N/AC:L/Au:N/C:P/I:P/A:P" with
/// or without parentheses. Optional metrics of version 3 and 2 do not count; those of version 4 do, as its score has no
/// base part of its own. Nothing if it is no vector.
[[nodiscard]] std::optional<double> cvss_score(std::string_view vector);
[[nodiscard]] bool is_cvss2(std::string_view vector);

}  // namespace sluice::deps
