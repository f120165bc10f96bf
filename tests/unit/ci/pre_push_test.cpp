// SPDX-License-Identifier: Apache-2.0
#include "ci/ci_context.hpp"
#include "webhook_payloads.hpp"

#include <doctest/doctest.h>

using namespace sluice::ci;
using sluice::ErrorKind;
using sluice::test::zeros;

namespace {

const std::string one(40, '1');
const std::string two(40, '2');

}  // namespace

TEST_CASE("each line of a pre-push hook's input is a ref")
{
  const auto refs = parse_pre_push(
      fmt::format("refs/heads/a {} refs/heads/b {}\nrefs/tags/v1 {} refs/tags/v1 {}\n", one, two, two, zeros));
  REQUIRE(refs);
  REQUIRE(refs->size() == 2);
  CHECK(refs->front().local_ref == "refs/heads/a");
  CHECK(refs->front().local_id == one);
  CHECK(refs->front().remote_ref == "refs/heads/b");
  CHECK(refs->front().remote_id == two);
  CHECK(refs->back().remote_id.empty());
}

TEST_CASE("a deletion has no local id, and a revision with spaces is one word")
{
  const auto refs = parse_pre_push(
      fmt::format("(delete) {} refs/heads/x {}\r\nHEAD@{{2 days ago}} {} refs/heads/y {}", zeros, one, one, two));
  REQUIRE(refs);
  CHECK(refs->front().local_ref == "(delete)");
  CHECK(refs->front().local_id.empty());
  CHECK(refs->back().local_ref == "HEAD@{2 days ago}");
  CHECK(refs->back().local_id == one);
}

TEST_CASE("no input is no ref")
{
  CHECK(parse_pre_push("").value().empty());
  CHECK(parse_pre_push("\n \n").value().empty());
}

TEST_CASE("a line that is not one is named")
{
  const auto few = parse_pre_push(fmt::format("a {} b {}\nrefs/heads/a {}\n", one, two, one));
  REQUIRE_FALSE(few);
  CHECK(few.error().kind == ErrorKind::input);
  CHECK(few.error().message == "pre-push input: line 2 is not \"<local ref> <local id> <remote ref> <remote id>\"");
  CHECK(parse_pre_push("a --exec=x b " + one).error().message
        == "pre-push input: line 1: the local id is not an object id");
  CHECK(parse_pre_push("a " + one + " b HEAD").error().message
        == "pre-push input: line 1: the remote id is not an object id");
  CHECK(parse_pre_push("a " + one + " b ").error().message
        == "pre-push input: line 1: the remote id is not an object id");
}
