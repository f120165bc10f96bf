// SPDX-License-Identifier: Apache-2.0
#include "finding/suppression.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("a suppression covers what matches everything it names")
{
  static constexpr RuleMeta rule{.id = "a-rule"};
  Finding finding;
  finding.rule = &rule;
  finding.where.path = "tests/x.py";
  finding.related = {{.where = {.path = "old/y.py"}}};
  finding.subject = "pkg:npm/left-pad@1.3.0";
  finding.fingerprint = {"abcdef0123456789"};
  CHECK(names({.rule = "a-rule"}, finding));
  CHECK_FALSE(names({.rule = "another"}, finding));
  CHECK(covers({.path = "tests/**"}, finding.where));
  CHECK(covers({.path = "old/*"}, finding.related[0].where));
  CHECK_FALSE(covers({.path = "old/*"}, finding.where));
  CHECK_FALSE(covers({.path = "tests/**"}, Location{}));
  CHECK(names({.fingerprint = "abcdef012345"}, finding));
  CHECK_FALSE(names({.fingerprint = "bcdef0123456"}, finding));
  CHECK(names({.subject = "pkg:npm/left-pad@*"}, finding));
  CHECK(names({.rule = "a-rule", .subject = "pkg:npm/left-pad@1.3.0"}, finding));
  CHECK_FALSE(names({.rule = "a-rule", .subject = "pkg:npm/right-pad@*"}, finding));
  finding.subject.clear();
  CHECK_FALSE(names({.subject = "pkg:npm/*"}, finding));
}

TEST_CASE("an accepted gap names both its kind and its subject")
{
  const Gap gap{GapKind::submodule, "vendor/lib", "is a repository of its own", ""};
  CHECK(covers({.kind = GapKind::submodule, .subject = "vendor/*"}, gap));
  CHECK(covers({.kind = GapKind::submodule, .subject = "*"}, gap));
  CHECK_FALSE(covers({.kind = GapKind::lfs, .subject = "vendor/*"}, gap));
  CHECK_FALSE(covers({.kind = GapKind::submodule, .subject = "lib/*"}, gap));
}
