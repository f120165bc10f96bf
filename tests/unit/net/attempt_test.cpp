// SPDX-License-Identifier: Apache-2.0
#include "net/http_client.hpp"
#include "support/loopback_server.hpp"
#include "support/tls_server.hpp"

#include <doctest/doctest.h>

using namespace sluice::net;
using namespace sluice::test;
using namespace std::chrono_literals;

namespace {

std::uint16_t
free_port()
{
  const LoopbackServer gone([](const std::string&, int) { return answer("200 OK", ""); });
  return gone.port();
}

Loss
loss_at(const std::string& url, HttpSettings settings = {})
{
  const Attempt attempt = HttpClient(std::move(settings)).attempt({.url = url});
  REQUIRE_FALSE(attempt.response);
  CHECK_FALSE(attempt.why.empty());
  return attempt.loss;
}

}  // namespace

TEST_CASE("an attempt is one request, and a failure of the server its answer")
{
  LoopbackServer server([](const std::string&, int) { return answer("503 Service Unavailable", "down"); });
  const Attempt attempt = HttpClient().attempt({.url = server.url("/")});
  REQUIRE(attempt.response);
  CHECK(attempt.response->status == 503);
  CHECK(attempt.response->body == "down");
  CHECK(attempt.elapsed > 0us);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("every attempt has a connection of its own")
{
  int connections = 0;
  LoopbackServer server([&connections](const std::string&, int) {
    ++connections;
    return LoopbackServer::Reply{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"};
  });
  HttpClient client;
  CHECK(client.attempt({.url = server.url("/")}).response);
  CHECK(client.attempt({.url = server.url("/")}).response);
  CHECK(connections == 2);
}

TEST_CASE("why there is no answer is told apart")
{
  const std::uint16_t port = free_port();
  CHECK(loss_at(fmt::format("http://127.0.0.1:{}/", port)) == Loss::refused);
  CHECK(loss_at(fmt::format("http://localhost:{}/", port)) == Loss::refused);
  CHECK(loss_at("http://no-such-name.invalid/") == Loss::unresolved);
  CHECK(loss_at("http://no-such-name.invalid/", {.proxy = fmt::format("http://127.0.0.1:{}", port)}) == Loss::ours);
  CHECK(loss_at("http://127.0.0.1:1/", {.proxy = "http://no-such-name.invalid:3128"}) == Loss::ours);
  CHECK(loss_at("file:///etc/passwd") == Loss::ours);
}

TEST_CASE("an answer that breaks off, is too long or leads astray is none")
{
  LoopbackServer server([](const std::string& request, int) {
    if (request.starts_with("GET /half")) {
      return LoopbackServer::Reply{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"};
    }
    if (request.starts_with("GET /nothing")) {
      return LoopbackServer::Reply{""};
    }
    if (request.starts_with("GET /away")) {
      return answer("302 Found", "", "Location: file:///etc/passwd\r\n");
    }
    return answer("200 OK", "12345");
  });
  CHECK(loss_at(server.url("/half")) == Loss::broken);
  CHECK(loss_at(server.url("/nothing")) == Loss::broken);
  CHECK(loss_at(server.url("/away")) == Loss::astray);
  CHECK(HttpClient().attempt({.url = server.url("/"), .max_bytes = 4}).loss == Loss::too_long);
  CHECK(server.requests().size() == 4);
}

TEST_CASE("the timeout is that of all redirects together")
{
  LoopbackServer server([](const std::string&, int) {
    LoopbackServer::Reply reply = answer("302 Found", "late", "Location: /again\r\n");
    reply.pause = 150ms;
    return reply;
  });
  const Attempt attempt = HttpClient().attempt({.url = server.url("/"), .timeout = 400ms, .max_redirects = 1000});
  CHECK_FALSE(attempt.response);
  CHECK(attempt.loss == Loss::timed_out);
}

TEST_CASE("a proxy that makes no tunnel says nothing of the service")
{
  LoopbackServer proxy([](const std::string&, int) { return answer("502 Bad Gateway", ""); });
  CHECK(loss_at("https://service.invalid/", {.proxy = proxy.url("")}) == Loss::unreachable);
}

TEST_CASE("an https connection tells when its certificate ends, and one that is not trusted is told apart")
{
  std::string reason;
  auto server = TlsServer::start({}, reason);
  if (!server) {
    MESSAGE("not tested: ", reason);
    return;
  }
  HttpClient client(HttpSettings{.ca_file = server->ca_file()});
  const Attempt attempt = client.attempt({.url = server->url("/")});
  REQUIRE(attempt.response);
  REQUIRE(attempt.certificate_ends);
  const auto left = *attempt.certificate_ends - std::chrono::system_clock::now();
  CHECK(left > std::chrono::days(29));
  CHECK(left <= std::chrono::days(30));
  CHECK(loss_at(server->url("/")) == Loss::untrusted);
  CHECK(loss_at(server->url("/"), {.ca_file = "/nowhere/ca.pem"}) == Loss::ours);

  auto other = TlsServer::start({.names = "DNS:other.example"}, reason);
  REQUIRE(other);
  CHECK(loss_at(other->url("/"), {.ca_file = other->ca_file()}) == Loss::untrusted);
}
