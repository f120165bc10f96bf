// SPDX-License-Identifier: Apache-2.0
#include "finding/finding.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("a fingerprint depends on the rule and on how the content is divided")
{
  const std::vector<std::string_view> one{"ab", "c"};
  const std::vector<std::string_view> other{"a", "bc"};
  CHECK(make_fingerprint("r", one).hex.size() == 64);
  CHECK(make_fingerprint("r", one) == make_fingerprint("r", one));
  CHECK(make_fingerprint("r", one) != make_fingerprint("r", other));
  CHECK(make_fingerprint("r", one) != make_fingerprint("s", one));
}

TEST_CASE("severities compare with thresholds")
{
  CHECK(reaches(Severity::high, FailOn::medium));
  CHECK_FALSE(reaches(Severity::low, FailOn::medium));
  CHECK_FALSE(reaches(Severity::critical, FailOn::none));
  CHECK_FALSE(reaches(Severity::info, FailOn::low));
  CHECK(from_name<Severity>("critical") == Severity::critical);
  CHECK_FALSE(from_name<Severity>("Critical"));
}
