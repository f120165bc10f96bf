// SPDX-License-Identifier: Apache-2.0
#include "finding/verdict.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

using namespace sluice;

namespace {

constexpr std::array<Verdict, 6> all{Verdict::not_applicable, Verdict::pass, Verdict::incomplete,
                                     Verdict::unavailable,    Verdict::fail, Verdict::unable};

/// The order of exit statuses as people know it: 2, 1, 4, 3, 0; a pass hides a gate that had nothing to look at.
const std::map<Verdict, int> weight{{Verdict::unable, 6},     {Verdict::fail, 5}, {Verdict::unavailable, 4},
                                    {Verdict::incomplete, 3}, {Verdict::pass, 2}, {Verdict::not_applicable, 1}};

}  // namespace

TEST_CASE("of two verdicts the graver is told, in either order")
{
  for (const Verdict a : all) {
    for (const Verdict b : all) {
      CAPTURE(name_of(a));
      CAPTURE(name_of(b));
      CHECK(merged(std::vector{a, b}) == (weight.at(a) >= weight.at(b) ? a : b));
    }
  }
}

TEST_CASE("over no verdict at all nobody has looked")
{
  CHECK(merged({}) == Verdict::incomplete);
}

TEST_CASE("every verdict has one status, one name and one meaning")
{
  const auto rows = verdict_meanings();
  CHECK(rows.size() == all.size());
  CHECK(std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.status < b.status; }));
  for (const Verdict verdict : all) {
    CAPTURE(name_of(verdict));
    CHECK(std::count_if(rows.begin(), rows.end(), [verdict](const auto& row) { return row.verdict == verdict; }) == 1);
    CHECK(from_name<Verdict>(name_of(verdict)) == verdict);
  }
  CHECK(exit_status(Verdict::pass) == 0);
  CHECK(exit_status(Verdict::not_applicable) == 0);
  CHECK(exit_status(Verdict::fail) == 1);
  CHECK(exit_status(Verdict::unable) == 2);
  CHECK(exit_status(Verdict::incomplete) == 3);
  CHECK(exit_status(Verdict::unavailable) == 4);
}

TEST_CASE("only what cannot be reached is unavailable")
{
  CHECK(verdict_of(ErrorKind::unavailable) == Verdict::unavailable);
  for (const ErrorKind kind :
       {ErrorKind::usage, ErrorKind::config, ErrorKind::input, ErrorKind::environment, ErrorKind::internal}) {
    CHECK(verdict_of(kind) == Verdict::unable);
  }
}
