// SPDX-License-Identifier: Apache-2.0
#include "finding/verdict.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

constexpr std::array<VerdictMeaning, 6> meanings{{
    {Verdict::pass, 0, "complete, nothing at or above the threshold"},
    {Verdict::not_applicable, 0, "the repository holds nothing that the gate is about"},
    {Verdict::fail, 1, "findings at or above the threshold"},
    {Verdict::unable, 2, "bad flag, bad configuration, unreadable input: a gate could not judge"},
    {Verdict::incomplete, 3, "something could not be examined, and the policy does not accept that"},
    {Verdict::unavailable, 4, "a service or data set that was asked for could not be reached"},
}};

static_assert(meanings.size() == EnumNames<Verdict>::names.size());

const VerdictMeaning&
row_of(Verdict verdict)
{
  return *std::find_if(meanings.begin(), meanings.end(),
                       [verdict](const VerdictMeaning& each) { return each.verdict == verdict; });
}

}  // namespace

std::span<const VerdictMeaning>
verdict_meanings()
{
  return meanings;
}

std::string_view
meaning_of(Verdict verdict)
{
  return row_of(verdict).meaning;
}

std::string
words_of(Verdict verdict)
{
  return replace_all(name_of(verdict), "-", " ");
}

int
exit_status(Verdict verdict)
{
  return row_of(verdict).status;
}

Verdict
verdict_of(ErrorKind kind)
{
  return kind == ErrorKind::unavailable ? Verdict::unavailable : Verdict::unable;
}

Verdict
merged(std::span<const Verdict> verdicts)
{
  const auto most = std::max_element(verdicts.begin(), verdicts.end());
  return most == verdicts.end() ? Verdict::incomplete : *most;
}

}  // namespace sluice
