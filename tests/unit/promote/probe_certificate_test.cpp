// SPDX-License-Identifier: Apache-2.0
#include "probe_case.hpp"
#include "support/tls_server.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;
using namespace std::chrono_literals;
using sluice::test::TlsServer;

TEST_CASE("a certificate is looked at as a client looks at it")
{
  std::string reason;
  auto server = TlsServer::start({}, reason);
  if (!server) {
    MESSAGE("not tested: ", reason);
    return;
  }
  ProbeCase probe;
  ProbeSetting setting = setting_of("certificate");
  setting.url = server->url("/");
  CHECK(probe.take(setting).health == Health::unhealthy);  // nobody trusts it yet

  probe.http = net::HttpClient(net::HttpSettings{.ca_file = server->ca_file()});
  ProbeContext context = probe.context();
  context.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const Sample sample = take(setting, "it", context);
  CHECK(sample.health == Health::healthy);
  CHECK(sample.value.value_or(0) >= 29);
  context.now += 24h * 20;
  CHECK(take(setting, "it", context).health == Health::degraded);
  setting.min_days = 5;
  CHECK(take(setting, "it", context).health == Health::healthy);
}

TEST_CASE("a certificate of another host is unhealthy")
{
  std::string reason;
  auto server = TlsServer::start({.names = "DNS:other.example"}, reason);
  if (!server) {
    MESSAGE("not tested: ", reason);
    return;
  }
  ProbeCase probe;
  probe.http = net::HttpClient(net::HttpSettings{.ca_file = server->ca_file()});
  ProbeSetting setting = setting_of("certificate");
  setting.url = server->url("/");
  CHECK(probe.take(setting).health == Health::unhealthy);
}
