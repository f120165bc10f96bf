// SPDX-License-Identifier: Apache-2.0
#include "probe_case.hpp"
#include "promote/probe/probe_reply.hpp"
#include "support/loopback_server.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;
using namespace std::chrono_literals;
using sluice::test::answer;
using sluice::test::LoopbackServer;

namespace {

ProbeSetting
http_at(std::string url)
{
  ProbeSetting setting = setting_of("http");
  setting.url = std::move(url);
  return setting;
}

std::string
silent_url()
{
  const LoopbackServer gone([](const std::string&, int) { return answer("200 OK", ""); });
  return gone.url("/health");
}

}  // namespace

TEST_CASE("a sample tells the probe, the time, the version, the parts and what was answered")
{
  const std::string body = R"({"status":"healthy","version":"3f2a1bc","checks":{"database":{"ok":true}}})";
  LoopbackServer server([&](const std::string&, int) { return answer("200 OK", body); });
  ProbeCase probe;
  const Sample sample = probe.take(http_at(server.url("/health")));
  CHECK(sample.health == Health::healthy);
  CHECK(sample.probe == "it");
  CHECK(sample.at == probe.context().now);
  CHECK(sample.version == "3f2a1bc");
  CHECK(sample.components.size() == 1);
  CHECK(sample.answer == body);
  CHECK(sample.latency_ms.value_or(0) > 0);
  CHECK_FALSE(sample.requests);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a failure is asked for once, and only so much of an answer is kept")
{
  LoopbackServer server([](const std::string&, int) { return answer("500 Oops", std::string(5000, 'x')); });
  ProbeCase probe;
  const Sample sample = probe.take(http_at(server.url("/health")));
  CHECK(sample.health == Health::unhealthy);
  CHECK(sample.why == "HTTP 500");
  CHECK(sample.answer.size() <= 2048);
  CHECK(sample.answer.starts_with("xxx"));
  CHECK(server.requests().size() == 1);
}

TEST_CASE("an answer of more than a mebibyte is no data")
{
  LoopbackServer server([](const std::string&, int) { return answer("200 OK", std::string((1U << 20U) + 1, 'x')); });
  ProbeCase probe;
  CHECK(probe.take(http_at(server.url("/health"))).health == Health::no_data);
}

TEST_CASE("nobody listening is unhealthy, a name without address is not known to be")
{
  ProbeCase probe;
  CHECK(probe.take(http_at(silent_url())).health == Health::unhealthy);
  CHECK(probe.take(http_at("http://no-such-name.invalid/")).health == Health::cannot_observe);
}

TEST_CASE("a redirect to another host is not followed")
{
  LoopbackServer other([](const std::string&, int) { return answer("200 OK", "{\"secret\":1}"); });
  LoopbackServer server([&](const std::string&, int) {
    return answer("302 Found", "", fmt::format("Location: {}\r\n", other.url("/", "localhost")));
  });
  ProbeCase probe;
  const Sample sample = probe.take(http_at(server.url("/health")));
  CHECK(sample.health == Health::unhealthy);
  CHECK(holds(sample.why, "not among the hosts"));
  CHECK(other.requests().empty());
}

TEST_CASE("a redirect is followed on its host, unless it is what is wanted")
{
  LoopbackServer server([](const std::string& request, int) {
    return request.starts_with("GET /old ") ? answer("302 Found", "", "Location: /new\r\n") : answer("200 OK", "");
  });
  ProbeCase probe;
  ProbeSetting setting = http_at(server.url("/old"));
  CHECK(probe.take(setting).health == Health::healthy);
  CHECK(server.requests().size() == 2);
  for (const char* status : {"302", "3xx"}) {
    setting.status = {"200", status};
    CHECK(probe.take(setting).health == Health::healthy);
  }
  CHECK(server.requests().size() == 4);
  setting.status = {"301"};
  CHECK(probe.take(setting).why == "HTTP 302");
}

TEST_CASE("headers and addresses may be those that a variable of the process has")
{
  LoopbackServer server([](const std::string&, int) { return answer("204 No Content", ""); });
  ProbeCase probe;
  probe.process["SERVICE"] = server.url("/health");
  probe.process["PASS"] = "abc";
  ProbeSetting setting = http_at("$SERVICE");
  setting.method = "POST";
  setting.send = {{"Authorization", "Bearer $PASS"}, {"X-Price", "5$ or $1"}};
  CHECK(probe.take(setting).health == Health::healthy);
  const std::string request = server.requests().at(0);
  CHECK(request.starts_with("POST /health "));
  CHECK(holds(request, "Authorization: Bearer abc\r\n"));
  CHECK(holds(request, "X-Price: 5$ or $1\r\n"));

  probe.process.erase("PASS");
  const Sample sample = probe.take(setting);
  CHECK(sample.health == Health::cannot_observe);
  CHECK(sample.why == "the variable PASS is not set");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a sample of several requests counts them and tells their latencies")
{
  LoopbackServer server([](const std::string&, int number) {
    return number % 4 == 0 ? answer("503 Service Unavailable", "busy") : answer("200 OK", "");
  });
  ProbeCase probe;
  ProbeSetting setting = http_at(server.url("/health"));
  setting.requests = 20;
  const Sample sample = probe.take(setting);
  CHECK(sample.health == Health::degraded);
  CHECK(sample.requests == 20);
  CHECK(sample.errors == 5);
  CHECK(sample.why == "5 of 20 requests failed: HTTP 503");
  REQUIRE((sample.latency_ms && sample.p95_ms && sample.p99_ms));
  CHECK(*sample.latency_ms <= *sample.p95_ms);
  CHECK(*sample.p95_ms <= *sample.p99_ms);
}

TEST_CASE("requests end with the time of the sample, and the one that is cut short is no error")
{
  LoopbackServer server([](const std::string&, int) {
    LoopbackServer::Reply reply = answer("200 OK", "OK");
    reply.pause = 100ms;
    return reply;
  });
  ProbeCase probe;
  ProbeSetting setting = http_at(server.url("/health"));
  setting.requests = 100;
  setting.timeout = 1s;
  const Sample sample = probe.take(setting);
  CHECK(sample.requests.value_or(0) <= 10);
  CHECK(sample.errors.value_or(0) == 0);
}

TEST_CASE("what is not heard while the control address is, is the service's fault")
{
  using net::Loss;
  const Observer heard{.control_answers = true};
  const Observer cut_off{.answered_before = true, .control_answers = false};
  for (const Loss loss : {Loss::refused, Loss::unresolved, Loss::unreachable, Loss::timed_out, Loss::untrusted,
                          Loss::tls, Loss::broken, Loss::astray}) {
    CHECK(health_of(loss, heard) == Health::unhealthy);
    CHECK(health_of(loss, cut_off) == Health::cannot_observe);
    CHECK(health_of(loss, {.answered_before = true, .control_answers = {}}) == Health::unhealthy);
  }
  CHECK(health_of(Loss::ours, heard) == Health::cannot_observe);
}

TEST_CASE("a control address answers whatever it says")
{
  LoopbackServer server([](const std::string&, int) { return answer("404 Not Found", ""); });
  net::HttpClient http;
  CHECK(answers(http, server.url("/"), 10s));
  CHECK_FALSE(answers(http, silent_url(), 10s));
}

TEST_CASE("a metric is asked for at the address of the server or of its API")
{
  LoopbackServer server([](const std::string&, int) {
    return answer("200 OK", R"({"status":"success","data":{"resultType":"scalar","result":[1,"4.5"]}})");
  });
  ProbeCase probe;
  ProbeSetting setting = setting_of("prometheus");
  setting.query = "sum(rate(a{b=\"c d\"}[1m])) + 1";
  for (const char* path : {"", "/", "/prom/api/v1/query"}) {
    setting.url = server.url(path);
    const Sample sample = probe.take(setting);
    CHECK(sample.health == Health::healthy);
    CHECK(sample.value == 4.5);
  }
  constexpr std::string_view query = "?query=sum%28rate%28a%7Bb%3D%22c%20d%22%7D%5B1m%5D%29%29%20%2B%201 ";
  CHECK(server.requests().at(0).starts_with(fmt::format("GET /api/v1/query{}", query)));
  CHECK(server.requests().at(1).starts_with(fmt::format("GET /api/v1/query{}", query)));
  CHECK(server.requests().at(2).starts_with(fmt::format("GET /prom/api/v1/query{}", query)));
  setting.url = silent_url();
  CHECK(probe.take(setting).health == Health::cannot_observe);
}

TEST_CASE("a redirect to https is looked at and not followed")
{
  LoopbackServer server(
      [](const std::string&, int) { return answer("301 Moved", "", "Location: https://127.0.0.1/\r\n"); });
  ProbeCase probe;
  ProbeSetting setting = setting_of("redirect");
  setting.url = server.url("/");
  CHECK(probe.take(setting).health == Health::healthy);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("headers are told without cookies and without the page")
{
  LoopbackServer server([](const std::string&, int) {
    return answer("200 OK", "page", "Set-Cookie: session=abc\r\nX-Content-Type-Options: nosniff\r\n");
  });
  ProbeCase probe;
  ProbeSetting setting = setting_of("headers");
  setting.url = server.url("/");
  setting.presets = {"nosniff"};
  const Sample sample = probe.take(setting);
  CHECK(sample.health == Health::healthy);
  CHECK(holds(sample.answer, "x-content-type-options: nosniff\n"));
  CHECK_FALSE(holds(sample.answer, "abc"));
  CHECK_FALSE(holds(sample.answer, "page"));
}
