// SPDX-License-Identifier: Apache-2.0
#include "migrations/type_change.hpp"

#include <doctest/doctest.h>

namespace sluice::migrations {

namespace {

TypeName
type(std::string name, std::vector<long> modifiers = {})
{
  return {"", std::move(name), std::move(modifiers), false};
}

bool
in_place(const TypeName& from, const TypeName& to)
{
  return type_change(from, to) == TypeChange::in_place;
}

}  // namespace

// The server is asked about many more pairs in truth_test.cpp; these hold where there is none.
TEST_CASE("types that widen stay in place")
{
  CHECK(in_place(type("varchar", {50}), type("varchar", {100})));
  CHECK(in_place(type("varchar", {50}), type("varchar")));
  CHECK(in_place(type("varchar", {50}), type("text")));
  CHECK(in_place(type("numeric", {10, 2}), type("numeric", {12, 2})));
  CHECK(in_place(type("numeric", {10, 2}), type("numeric")));
  CHECK(in_place(type("cidr"), type("inet")));
}

TEST_CASE("types that narrow or change their format are rewritten")
{
  CHECK_FALSE(in_place(type("varchar", {50}), type("varchar", {20})));
  CHECK_FALSE(in_place(type("varchar"), type("varchar", {20})));
  CHECK_FALSE(in_place(type("text"), type("varchar", {10})));
  CHECK_FALSE(in_place(type("numeric", {10, 2}), type("numeric", {12, 4})));
  CHECK_FALSE(in_place(type("numeric"), type("numeric", {12, 4})));
  CHECK_FALSE(in_place(type("int4"), type("int8")));
  CHECK_FALSE(in_place({"app", "varchar", {}, false}, type("text")));
  CHECK_FALSE(in_place({"", "varchar", {5}, true}, {"", "varchar", {9}, true}));
}

TEST_CASE("time stamps with and without zone differ by the session's")
{
  CHECK(type_change(type("timestamp"), type("timestamptz")) == TypeChange::time_zone_bound);
  CHECK(type_change(type("timestamp"), type("timestamptz", {3})) == TypeChange::rewrite);
}

}  // namespace sluice::migrations
