// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/osv_api.hpp"
#include "support/loopback_server.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::deps;
using test::answer;
using test::LoopbackServer;

namespace {

const std::vector<PackageName> two{{"npm", "left"}, {"npm", "right"}};

/// What the service is asked, and an error's kind and words.
struct Service
{
  explicit Service(LoopbackServer::Responder reply)
      : server(std::move(reply))
  {}

  OsvApi
  api(ApiBounds bounds = {})
  {
    return {client, server.url("/osv/"), bounds};
  }

  LoopbackServer server;
  net::HttpClient client{net::HttpSettings{.retry = {.attempts = 1}}};
};

template<typename T>
std::string
error_of(const Result<T>& result, ErrorKind kind = ErrorKind::unavailable)
{
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == kind);
  return result.error().message;
}

bool
holds(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("an id of a record can stand in an address and in a file's name")
{
  for (const std::string_view id : {"GHSA-2222-3333-4444", "RHSA-2024:1234", "GO-2021-0113", "A.b_c+1", "7"}) {
    CHECK_MESSAGE(is_record_id(id), id);
  }
  for (const std::string_view text :
       {"", "../GHSA-1", "a/b", ".", "..", "-x", "a b", "a%2fb", "a?b", "a#b", "a\nb", "ä"}) {
    CHECK_FALSE_MESSAGE(is_record_id(text), text);
  }
  CHECK(is_record_id(std::string(128, 'a')));
  CHECK_FALSE(is_record_id(std::string(129, 'a')));
}

TEST_CASE("a batch has one result for each question, of ids and perhaps another page")
{
  const auto answers = read_batch_answer(
      R"({"results":[{"vulns":[{"id":"A-1","modified":"x"},{"id":"A-2"}],"next_page_token":"t"},{}]})", 2);
  REQUIRE(answers);
  CHECK(answers->at(0).ids == std::vector<std::string>{"A-1", "A-2"});
  CHECK(answers->at(0).next_page == "t");
  CHECK(answers->at(1).ids.empty());
  CHECK(answers->at(1).next_page.empty());
}

TEST_CASE("what is no answer to the questions is refused")
{
  for (const std::string_view text :
       {"", "<html>", "[]", "{}", R"({"results":{}})", R"({"results":[]})", R"({"results":[{},{}]})",
        R"({"results":[null]})", R"({"results":[[]]})", R"({"results":[{"vulns":{}}]})",
        R"({"results":[{"vulns":["A-1"]}]})", R"({"results":[{"vulns":[{"id":7}]}]})",
        R"({"results":[{"vulns":[{"id":"../A-1"}]}]})", R"({"results":[{"next_page_token":7}]})"}) {
    CAPTURE(text);
    CHECK(holds(error_of(read_batch_answer(text, 1)), "none that OSV's API gives"));
  }
  const std::string token(5'000, 't');
  error_of(read_batch_answer(R"({"results":[{"next_page_token":")" + token + R"("}]})", 1));
}

TEST_CASE("the questions are names and ecosystems, in batches, and pages are asked for one by one")
{
  Service service([](const std::string& request, int) {
    if (holds(request, "page_token")) {
      return answer("200 OK", R"({"results":[{"vulns":[{"id":"A-2"}]}]})");
    }
    return holds(request, "left")
               ? answer("200 OK", R"({"results":[{"vulns":[{"id":"A-1"}],"next_page_token":"more"}]})")
               : answer("200 OK", R"({"results":[{}]})");
  });
  const auto ids = service.api({.names_at_once = 1}).ids_of(two);
  REQUIRE(ids);
  CHECK(*ids == IdsByName{{two[0], {"A-1", "A-2"}}, {two[1], {}}});
  const std::vector<std::string> requests = service.server.requests();
  REQUIRE(requests.size() == 3);
  CHECK(requests[0].starts_with("POST /osv/v1/querybatch HTTP/1.1\r\n"));
  CHECK(holds(requests[0], "\r\nContent-Type: application/json\r\n"));
  CHECK(requests[0].ends_with(R"({"queries":[{"package":{"ecosystem":"npm","name":"left"}}]})"));
  CHECK(requests[1].ends_with(R"({"queries":[{"package":{"ecosystem":"npm","name":"right"}}]})"));
  CHECK(requests[2].ends_with(R"({"queries":[{"package":{"ecosystem":"npm","name":"left"},"page_token":"more"}]})"));
}

TEST_CASE("names, pages, advisories and bytes have a bound")
{
  Service service([](const std::string&, int) {
    return answer("200 OK", R"({"results":[{"vulns":[{"id":"A-1"}],"next_page_token":"more"},{}]})");
  });
  const auto ids_with = [&](ApiBounds bounds) { return service.api(bounds).ids_of(two); };
  CHECK(holds(error_of(ids_with({.names = 1})), "more than 1 name"));
  CHECK(service.server.requests().empty());
  CHECK(holds(error_of(ids_with({.ids = 0})), "more than 0 advisories"));
  CHECK(holds(error_of(ids_with({.bytes = 10})), "more than 10 B"));
  CHECK(holds(error_of(ids_with({.pages = 1})), "left does not end after 1 page"));
}

TEST_CASE("what a server will not answer is told from one that answers nothing")
{
  Service refusing([](const std::string&, int) { return answer("400 Bad Request", "{}"); });
  CHECK(holds(error_of(refusing.api().ids_of(two), ErrorKind::input), "/osv/v1/querybatch: the server answered 400"));
  error_of(refusing.api().record("A-1"));
  Service failing([](const std::string&, int) { return answer("500 Oops", "{}"); });
  error_of(failing.api().ids_of(two));
  Service elsewhere(
      [](const std::string&, int) { return answer("307 Moved", "", "Location: http://127.0.0.1:9/x\r\n"); });
  CHECK(holds(error_of(elsewhere.api().ids_of(two)), "not among the hosts"));
  CHECK(holds(error_of(elsewhere.api().record("A-1")), "not among the hosts"));
}

TEST_CASE("a record is a document, or is not there")
{
  Service service([](const std::string& request, int) {
    return request.starts_with("GET /osv/v1/vulns/A-1 ") ? answer("200 OK", "{}") : answer("404 Not Found", "{}");
  });
  OsvApi api = service.api();
  CHECK(api.record("A-1").value() == "{}");
  CHECK(api.record("A-2").value() == std::nullopt);
}
