// SPDX-License-Identifier: Apache-2.0
#include "net/http_client.hpp"
#include "support/loopback_server.hpp"

#include <doctest/doctest.h>

using namespace sluice::net;
using namespace sluice::test;
using namespace std::chrono_literals;
using sluice::ErrorKind;

namespace {

/// A client that notes its waits instead of waiting, at a fixed time.
struct Patient
{
  std::vector<std::chrono::milliseconds> waits;
  HttpClient client{HttpSettings{.sleep = [this](std::chrono::milliseconds wait) { waits.push_back(wait); },
                                 .clock = [] { return std::chrono::system_clock::from_time_t(784111777); }}};
};

std::string
unavailable(const sluice::Result<HttpResponse>& response)
{
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::unavailable);
  return response.error().message;
}

bool
holds(const std::string& text, std::string_view part)
{
  return text.find(part) != std::string::npos;
}

LoopbackServer::Reply
redirect(std::string_view status, std::string_view location)
{
  return answer(status, "moved", fmt::format("Location: {}\r\n", location));
}

}  // namespace

TEST_CASE("a request is sent as given and its answer returned")
{
  LoopbackServer server([](const std::string&, int) { return answer("200 OK", "{\"a\":1}", "X-Thing:  one \r\n"); });
  const auto response =
      HttpClient().send({.url = server.url("/v1?q=x"), .headers = {{"Authorization", "Bearer abc"}, {"X-Empty", ""}}});
  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(response->body == "{\"a\":1}");
  CHECK(response->header("x-thing") == "one");
  CHECK(response->header("x-absent").empty());
  CHECK(response->url == server.url("/v1?q=x"));
  const std::string request = server.requests().at(0);
  CHECK(request.starts_with("GET /v1?q=x HTTP/1.1\r\n"));
  CHECK(holds(request, "\r\nAuthorization: Bearer abc\r\n"));
  CHECK(holds(request, "\r\nUser-Agent: sluice\r\n"));
  CHECK(holds(request, "\r\nX-Empty:\r\n"));
}

TEST_CASE("a body is sent with any method, and HEAD has no body")
{
  LoopbackServer server([](const std::string& request, int) {
    return request.starts_with("HEAD") ? LoopbackServer::Reply{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"}
                                       : answer("201 Created", "");
  });
  HttpClient client;
  const auto posted = client.send({.method = "POST",
                                   .url = server.url("/"),
                                   .headers = {{"Content-Type", "application/json"}},
                                   .body = std::string("a\0b", 3)});
  REQUIRE(posted);
  CHECK(posted->status == 201);
  CHECK(server.requests().at(0).ends_with(std::string_view("\r\n\r\na\0b", 7)));
  CHECK(holds(server.requests().at(0), "Content-Type: application/json"));
  REQUIRE(client.send({.method = "PATCH", .url = server.url("/"), .body = "x"}));
  CHECK(server.requests().at(1).starts_with("PATCH / "));
  CHECK_FALSE(holds(server.requests().at(1), "urlencoded"));
  const auto head = client.send({.method = "HEAD", .url = server.url("/")});
  REQUIRE(head);
  CHECK(head->body.empty());
}

TEST_CASE("an answer in chunks is put together")
{
  LoopbackServer server([](const std::string&, int) {
    return LoopbackServer::Reply{
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n"};
  });
  CHECK(HttpClient().send({.url = server.url("/")}).value().body == "hello, world");
}

TEST_CASE("a refusal is an answer")
{
  LoopbackServer server([](const std::string&, int) { return answer("404 Not Found", "no"); });
  Patient patient;
  CHECK(patient.client.send({.url = server.url("/")}).value().status == 404);
  CHECK(patient.waits.empty());
}

TEST_CASE("an answer over the bound is refused, with and without an announced length, and not tried again")
{
  const std::string body(1001, 'x');
  LoopbackServer server([&body](const std::string& request, int) {
    return request.starts_with("GET /chunks") ? LoopbackServer::Reply{fmt::format(
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n", body.size(), body)}
                                              : answer("200 OK", body);
  });
  Patient patient;
  CHECK(holds(unavailable(patient.client.send({.url = server.url("/"), .max_bytes = 1000})),
              "the answer is longer than"));
  CHECK(holds(unavailable(patient.client.send({.url = server.url("/chunks"), .max_bytes = 1000})),
              "the answer is longer than"));
  CHECK(patient.waits.empty());
  CHECK(patient.client.send({.url = server.url("/"), .max_bytes = 1001}).value().body.size() == 1001);
}

TEST_CASE("headers without end are refused")
{
  LoopbackServer server([](const std::string&, int) {
    std::string headers;
    for (int i = 0; i < 6; ++i) {
      headers += "X-Long: " + std::string(60'000, 'x') + "\r\n";
    }
    return answer("200 OK", "", headers);
  });
  Patient patient;
  unavailable(patient.client.send({.url = server.url("/")}));
}

TEST_CASE("a slow answer is given up after the timeout")
{
  LoopbackServer server([](const std::string&, int) {
    LoopbackServer::Reply reply = answer("200 OK", "late");
    reply.pause = 20s;
    return reply;
  });
  HttpClient client(HttpSettings{.retry = {.attempts = 1}});
  const auto start = std::chrono::steady_clock::now();
  unavailable(client.send({.url = server.url("/?token=abc"), .timeout = 200ms}));
  CHECK(std::chrono::steady_clock::now() - start < 10s);
}

TEST_CASE("nobody listening is unavailable after every attempt, and the message holds no query")
{
  std::uint16_t port = 0;
  {
    const LoopbackServer gone([](const std::string&, int) { return answer("200 OK", ""); });
    port = gone.port();
  }
  Patient patient;
  const std::string message =
      unavailable(patient.client.send({.url = fmt::format("http://127.0.0.1:{}/x?token=abc", port)}));
  CHECK(message.ends_with("(after 3 attempts)"));
  CHECK_FALSE(holds(message, "token"));
  CHECK(patient.waits == std::vector{500ms, 1000ms});
}

TEST_CASE("an answer that breaks off is tried again")
{
  LoopbackServer server([](const std::string&, int number) {
    return number == 1 ? LoopbackServer::Reply{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"}
                       : answer("200 OK", "whole");
  });
  Patient patient;
  CHECK(patient.client.send({.url = server.url("/")}).value().body == "whole");
  CHECK(patient.waits.size() == 1);
}

TEST_CASE("429 and 5xx are tried again, after Retry-After if it is longer")
{
  LoopbackServer server([](const std::string&, int number) {
    switch (number) {
    case 1:
      return answer("429 Too Many Requests", "", "Retry-After: 7\r\n");
    case 2:
      return answer("503 Service Unavailable", "", "Retry-After: Sun, 06 Nov 1994 08:49:47 GMT\r\n");
    default:
      return answer("200 OK", "at last");
    }
  });
  Patient patient;
  CHECK(patient.client.send({.url = server.url("/")}).value().body == "at last");
  CHECK(patient.waits == std::vector<std::chrono::milliseconds>{7s, 10s});
}

TEST_CASE("a Retry-After that cannot be understood or lies in the past is as none")
{
  LoopbackServer server([](const std::string&, int number) {
    switch (number) {
    case 1:
      return answer("500 Oops", "", "Retry-After: soon\r\n");
    case 2:
      return answer("502 Oops", "", "Retry-After: Sun, 06 Nov 1994 08:00:00 GMT\r\n");
    default:
      return answer("504 Oops", "");
    }
  });
  Patient patient;
  CHECK(unavailable(patient.client.send({.url = server.url("/")})).ends_with("HTTP 504 (after 3 attempts)"));
  CHECK(patient.waits == std::vector{500ms, 1000ms});
}

TEST_CASE("a server that asks for more than the longest wait is unavailable at once")
{
  LoopbackServer server(
      [](const std::string&, int) { return answer("429 Too Many Requests", "", "Retry-After: 3600\r\n"); });
  Patient patient;
  CHECK(
      unavailable(patient.client.send({.url = server.url("/")})).ends_with("HTTP 429, and asks to wait 3600 seconds"));
  CHECK(patient.waits.empty());
  CHECK(server.requests().size() == 1);
}

TEST_CASE("what may have been carried out is not sent twice")
{
  LoopbackServer server([](const std::string& request, int number) {
    if (request.starts_with("POST /limited") && number == 2) {
      return answer("429 Too Many Requests", "");
    }
    return request.starts_with("POST /limited") ? answer("200 OK", "done") : answer("500 Oops", "");
  });
  Patient patient;
  CHECK(
      unavailable(patient.client.send({.method = "POST", .url = server.url("/"), .body = "x"})).ends_with("HTTP 500"));
  CHECK(server.requests().size() == 1);
  CHECK(patient.client.send({.method = "POST", .url = server.url("/limited"), .body = "x"}).value().body == "done");
  CHECK(server.requests().size() == 3);
}

TEST_CASE("a question that changes nothing is asked again, whatever its method")
{
  LoopbackServer server(
      [](const std::string&, int number) { return number < 3 ? answer("502 Oops", "") : answer("200 OK", "done"); });
  Patient patient;
  const HttpRequest request{.method = "POST", .url = server.url("/"), .body = "x", .effect = HttpRequest::Effect::none};
  CHECK(patient.client.send(request).value().body == "done");
  CHECK(server.requests().size() == 3);
  CHECK(server.requests().at(2).ends_with("\r\n\r\nx"));
}

TEST_CASE("a redirect on the same origin keeps the headers")
{
  LoopbackServer server([](const std::string& request, int) {
    return request.starts_with("GET /old") ? redirect("302 Found", "/new") : answer("200 OK", "new");
  });
  const auto response = HttpClient().send({.url = server.url("/old"), .headers = {{"X-Api-Key", "abc"}}});
  REQUIRE(response);
  CHECK(response->body == "new");
  CHECK(response->url == server.url("/new"));
  CHECK(holds(server.requests().at(1), "X-Api-Key: abc"));
}

TEST_CASE("a redirect to another origin gets no header that may be a credential")
{
  LoopbackServer other([](const std::string&, int) { return answer("200 OK", "other"); });
  LoopbackServer server(
      [&other](const std::string&, int) { return redirect("307 Temporary Redirect", other.url("/x")); });
  const auto response = HttpClient().send({.url = server.url("/"),
                                           .headers = {{"Authorization", "Bearer abc"},
                                                       {"PRIVATE-TOKEN", "abc"},
                                                       {"Cookie", "abc"},
                                                       {"Accept", "application/json"}}});
  REQUIRE(response);
  CHECK(response->body == "other");
  CHECK_FALSE(holds(other.requests().at(0), "abc"));
  CHECK(holds(other.requests().at(0), "Accept: application/json"));
}

TEST_CASE("a body is not carried to another origin")
{
  LoopbackServer other([](const std::string&, int) { return answer("200 OK", "other"); });
  LoopbackServer server([&other](const std::string& request, int) {
    return redirect(request.starts_with("POST /kept") ? "307 Temporary Redirect" : "303 See Other", other.url("/x"));
  });
  HttpClient client;
  CHECK(holds(unavailable(client.send({.method = "POST", .url = server.url("/kept"), .body = "abc"})),
              "redirects what was sent to another host"));
  CHECK(other.requests().empty());
  CHECK(client.send({.method = "POST", .url = server.url("/"), .body = "abc"}).value().body == "other");
  CHECK(other.requests().at(0).starts_with("GET /x "));
}

TEST_CASE("redirects end: in a circle, at another scheme, at a host that is not allowed, or at once if none is wanted")
{
  LoopbackServer server([&server](const std::string& request, int) {
    if (request.starts_with("GET /file")) {
      return redirect("302 Found", "file:///etc/passwd");
    }
    if (request.starts_with("GET /local")) {
      return redirect("302 Found", server.url("/", "localhost"));
    }
    return redirect("302 Found", "/again");
  });
  HttpClient client;
  CHECK(holds(unavailable(client.send({.url = server.url("/again"), .max_redirects = 3})),
              "redirects more than 3 times"));
  CHECK(server.requests().size() == 4);
  CHECK(holds(unavailable(client.send({.url = server.url("/file")})), "redirects to what is not"));
  CHECK(holds(unavailable(client.send({.url = server.url("/local"), .allowed_hosts = {"127.0.0.1"}})),
              "is not among the hosts that may be asked"));
  CHECK(client.send({.url = server.url("/again"), .max_redirects = 0}).value().status == 302);
}

TEST_CASE("only allowed hosts are asked, by name or by name and port")
{
  LoopbackServer server([](const std::string&, int) { return answer("200 OK", "yes"); });
  HttpClient client;
  const std::string with_port = fmt::format("127.0.0.1:{}", server.port());
  CHECK(client.send({.url = server.url("/"), .allowed_hosts = {"example.org", "127.0.0.1"}}));
  CHECK(client.send({.url = server.url("/"), .allowed_hosts = {with_port}}));
  unavailable(client.send({.url = server.url("/"), .allowed_hosts = {"127.0.0.1:1"}}));
  unavailable(client.send({.url = server.url("/"), .allowed_hosts = {"example.org"}}));
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a request that would break out of its line is not sent")
{
  LoopbackServer server([](const std::string&, int) { return answer("200 OK", ""); });
  HttpClient client;
  for (const HttpRequest& request :
       {HttpRequest{.method = "GET / HTTP/1.1\r\nX:", .url = server.url("/")},
        HttpRequest{.url = server.url("/"), .headers = {{"X", "a\r\nY: b"}}},
        HttpRequest{.url = server.url("/"), .headers = {{"X: a\r\nY", "b"}}},
        HttpRequest{.url = server.url("/"), .headers = {{"", "b"}}}, HttpRequest{.url = "file:///etc/passwd"}}) {
    const auto response = client.send(request);
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::usage);
  }
  CHECK(server.requests().empty());
}

TEST_CASE("only a proxy that is passed in is used")
{
  LoopbackServer server([](const std::string&, int) { return answer("200 OK", "direct"); });
  LoopbackServer proxy([](const std::string&, int) { return answer("200 OK", "by proxy"); });
  ::setenv("http_proxy", proxy.url("").c_str(), 1);
  ::setenv("no_proxy", "127.0.0.1", 1);
  const auto direct = HttpClient().send({.url = server.url("/")});
  const auto by_proxy = HttpClient(HttpSettings{.proxy = proxy.url("")}).send({.url = server.url("/")});
  ::unsetenv("http_proxy");
  ::unsetenv("no_proxy");
  CHECK(direct.value().body == "direct");
  CHECK(by_proxy.value().body == "by proxy");
}
