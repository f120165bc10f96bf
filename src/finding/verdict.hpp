// SPDX-License-Identifier: Apache-2.0
//
// Pass and fail are not enough: a gate that could not look must not be green, and must not look like one that found
// something, or people learn to run it again until it passes. Each way of not knowing has its own verdict, for each is
// mended by somebody else: a policy that accepts a gap, a service that comes back, a flag that gets corrected.
//
// The verdict over several gates is the greatest, not a sum or a vote: whoever reads one number must learn the worst
// that is known. What a finding proves outranks what could not be examined, since fixing the gap would not take it
// back; a gate that could not run at all outranks both, since nothing is known of what it would have said.
#pragma once

#include "base/enum_names.hpp"
#include "base/result.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// What a run came to. Ordered on purpose: of several, the greatest is told, so that exit statuses win in the order 2,
/// 1, 4, 3, 0 and a gate that had nothing to look at never hides one that passed.
enum class Verdict {
  not_applicable,  ///< the repository holds nothing of the gate's kind: no pass that was earned
  pass,
  incomplete,
  unavailable,
  fail,
  unable,
};

template<> struct EnumNames<Verdict>
{
  static constexpr std::array<std::string_view, 6> names{"not-applicable", "pass", "incomplete",
                                                         "unavailable",    "fail", "unable"};
};

/// What everybody says of a verdict: exit codes, help, man pages and README are made of these rows.
struct VerdictMeaning
{
  Verdict verdict;
  int status;  ///< exit status
  std::string_view meaning;
};

/// Every verdict once, by exit status.
[[nodiscard]] std::span<const VerdictMeaning> verdict_meanings();

/// Its row's meaning.
[[nodiscard]] std::string_view meaning_of(Verdict verdict);

/// The verdict as a sentence has it: "not applicable".
[[nodiscard]] std::string words_of(Verdict verdict);

/// Exit status of a run with this verdict, 0 to 4.
[[nodiscard]] int exit_status(Verdict verdict);

/// The verdict of a gate that could not do its job: `unavailable` or `unable`.
[[nodiscard]] Verdict verdict_of(ErrorKind kind);

/// The verdict over several. Over none it is incomplete: nobody has looked.
[[nodiscard]] Verdict merged(std::span<const Verdict> verdicts);

}  // namespace sluice
