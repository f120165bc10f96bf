// SPDX-License-Identifier: Apache-2.0
#include "ci/event_payload.hpp"
#include "webhook_payloads.hpp"

#include <doctest/doctest.h>

using namespace sluice::ci;
using namespace sluice::test;
using sluice::ErrorKind;

namespace {

const std::string one(40, '1');
const std::string two(40, '2');

std::string
error_of(std::string_view json)
{
  const auto payload = parse_event_payload(json);
  REQUIRE_FALSE(payload);
  CHECK(payload.error().kind == ErrorKind::environment);
  return payload.error().message;
}

}  // namespace

TEST_CASE("a pull request's payload gives its number, head and base among all the rest")
{
  const auto payload = parse_event_payload(pull_request_payload(one, two));
  REQUIRE(payload);
  CHECK(payload->number == "12");
  CHECK(payload->pull_request_head == one);
  CHECK(payload->pull_request_base == two);
  CHECK(payload->pull_request_base_ref == "main");
  CHECK(payload->default_branch == "main");
  CHECK_FALSE(payload->empty);
}

TEST_CASE("a push's payload gives its ends and flags, and not those of the commits in its list")
{
  const auto payload = parse_event_payload(push_payload({.before = one, .after = two, .forced = true}));
  REQUIRE(payload);
  CHECK(payload->before == one);
  CHECK(payload->after == two);
  CHECK(payload->ref == "refs/heads/main");
  CHECK(payload->forced);
  CHECK_FALSE(payload->created);
  CHECK_FALSE(payload->deleted);
}

TEST_CASE("an id of only zeros is no id, upper case is lower case, SHA-256 is as good")
{
  CHECK(parse_event_payload(push_payload({.before = zeros, .after = one})).value().before.empty());
  CHECK(parse_event_payload(fmt::format(R"({{"after": "{}"}})", std::string(40, 'A'))).value().after
        == std::string(40, 'a'));
  CHECK(parse_event_payload(fmt::format(R"({{"after": "{}"}})", std::string(64, '3'))).value().after.size() == 64);
}

TEST_CASE("an id that is none is refused by its place, and its text is not repeated")
{
  const std::string message = error_of(pull_request_payload("--upload-pack=touch /tmp/x", two));
  CHECK(message == "event payload: .after is not an object id");
  CHECK(error_of(R"({"pull_request": {"head": {"sha": "--upload-pack=x"}}})")
        == "event payload: .pull_request.head.sha is not an object id");
  CHECK(error_of(R"({"merge_group": {"base_sha": "main"}})")
        == "event payload: .merge_group.base_sha is not an object id");
  CHECK(error_of(fmt::format(R"({{"before": "{}"}})", std::string(39, '1')))
        == "event payload: .before is not an object id");
}

TEST_CASE("another type where an id should be is refused")
{
  CHECK(error_of(R"({"after": 1})") == "event payload: .after is a number instead of a string");
  CHECK(error_of(R"({"after": ["a"]})") == "event payload: .after is an array instead of a string");
  CHECK(error_of(R"({"pull_request": {"head": {"sha": {"sha": "a"}}}})")
        == "event payload: .pull_request.head.sha is an object instead of a string");
  CHECK(parse_event_payload(R"({"after": null, "pull_request": null, "ref": null})").value().after.empty());
}

TEST_CASE("only an object without a key is empty")
{
  CHECK(parse_event_payload("{}").value().empty);
  CHECK(parse_event_payload(" {\n} ").value().empty);
  CHECK_FALSE(parse_event_payload(schedule_payload()).value().empty);
}

TEST_CASE("what is no JSON object is refused")
{
  CHECK(error_of("[]") == "event payload: it is not an object");
  CHECK(error_of("\"text\"") == "event payload: it is not an object");
  CHECK(error_of("null") == "event payload: it is not an object");
  CHECK(error_of("").starts_with("event payload: it is not JSON"));
  CHECK(error_of("{\"after\": ").starts_with("event payload: it is not JSON"));
  CHECK(error_of("{} {}").starts_with("event payload: it is not JSON"));
  CHECK(error_of("{\"a\": 1e999}").starts_with("event payload: it is not JSON"));
  CHECK(error_of("{\"a\": \"\xff\"}").starts_with("event payload: it is not JSON"));
}

TEST_CASE("nesting is bounded and costs no stack")
{
  const std::string deep = "{\"a\":" + std::string(1'000'000, '[');
  CHECK(error_of(deep) == "event payload: it is nested more than 64 levels deep");
  CHECK(parse_event_payload("{\"a\":" + std::string(63, '[') + std::string(63, ']') + "}"));
}

TEST_CASE("keys that hold dots or stand in arrays do not pass for the path")
{
  const auto payload = parse_event_payload(
      R"({"pull_request.head.sha": "x", "pull_request": [{"head": {"sha": "x"}}], "x": {"after": "x", "created": true}})");
  REQUIRE(payload);
  CHECK(payload->pull_request_head.empty());
  CHECK(payload->after.empty());
  CHECK_FALSE(payload->created);
}
