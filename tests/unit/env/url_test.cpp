// SPDX-License-Identifier: Apache-2.0
#include "env/host.hpp"
#include "env/url.hpp"

#include <doctest/doctest.h>

using namespace sluice::env;

TEST_CASE("a URL is taken apart without decoding it")
{
  const auto url = url_of("postgresql://app:p%40ss@db.shop.io:5432/main?sslmode=require&a=b#x");
  REQUIRE(url);
  CHECK(url->scheme == "postgresql");
  CHECK(url->user == "app");
  CHECK(url->password == "p%40ss");
  REQUIRE(url->hosts.size() == 1);
  CHECK(url->hosts.front() == "db.shop.io");
  CHECK(url->path == "/main");
  CHECK(query_value(url->query, "SSLMODE") == "require");
  CHECK_FALSE(query_value(url->query, "b"));
  CHECK(url_of("jdbc:postgresql://db/main")->scheme == "jdbc:postgresql");
  CHECK(database_kind("jdbc:postgresql") == DatabaseKind::postgres);
  CHECK(url_of("mongodb://a:1,b:2/x")->hosts.size() == 2);
  CHECK(url_of("http://[::1]:80/")->hosts.front() == "::1");
  CHECK(url_of("postgres:///main?host=/run")->hosts.empty());
}

TEST_CASE("a password that nobody escaped ends at the last @")
{
  const auto url = url_of("redis://:a@b@cache.shop.io:6379");
  REQUIRE(url);
  CHECK(url->password == "a@b");
  CHECK(url->hosts.front() == "cache.shop.io");
  const auto slashed = url_of("postgres://app:a/b?c#d@db.shop.io/main?x=1");
  REQUIRE(slashed);
  CHECK(slashed->password == "a/b?c#d");
  CHECK(slashed->places == "db.shop.io");
  CHECK(slashed->path == "/main");
}

TEST_CASE("an @ behind the authority is of the path or the query")
{
  for (const char* text : {"https://shop.io/@app", "https://shop.io:8080/@app", "https://shop.io?to=app@other.io",
                           "mongodb://a:1,shop.io:2/@app", "http://[::1]:80/@app"}) {
    CAPTURE(text);
    const auto url = url_of(text);
    REQUIRE(url);
    CHECK_FALSE(url->has_user);
    CHECK_FALSE(url->hosts.back() == "other.io");
    CHECK_FALSE(url->hosts.back() == "app");
  }
}

TEST_CASE("every character of an address that is judged counts")
{
  for (const char* text : {"http://a", "http://a:80/x", "http://[::1]:80", "mongodb://a:1,b:2/x", "postgres:///x"}) {
    CAPTURE(text);
    CHECK(is_well_formed(*url_of(text)));
  }
  for (const char* text : {"http://a:65536", "http://a:b", "http://a:1:2", "http://[::1", "http://[::1]x", "a_b://c"}) {
    CAPTURE(text);
    CHECK_FALSE(is_well_formed(*url_of(text)));
  }
  for (const char* text :
       {"http://", "http://a..b", "http://[a]", "http://a,,b", "http://[1.2.3.4]", "http://1.2.3.256"}) {
    CAPTURE(text);
    CHECK_FALSE(has_valid_hosts(*url_of(text)));
  }
}

TEST_CASE("what is no URL is none")
{
  for (const char* text : {"", "shop.io", "see http://shop.io", "://x", "mailto:a@shop.io"}) {
    CAPTURE(text);
    CHECK_FALSE(url_of(text));
  }
}

TEST_CASE("hosts of lists, of ports and alone")
{
  CHECK(hosts_of("a:9092,b:9092", Bare::no).size() == 2);
  CHECK(hosts_of("https://a.io, https://b.io", Bare::no).size() == 2);
  CHECK(hosts_of("a.io", Bare::no).empty());
  CHECK(hosts_of("a.io", Bare::yes).size() == 1);
  CHECK(hosts_of("12:30:10", Bare::no).empty());
  CHECK(hosts_of("some words", Bare::yes).empty());
}

TEST_CASE("where a host is")
{
  CHECK(host_kind("LOCALHOST") == HostKind::loopback);
  CHECK(host_kind("127.1.2.3") == HostKind::loopback);
  CHECK(host_kind("::1") == HostKind::loopback);
  CHECK(host_kind("0.0.0.0") == HostKind::any);
  CHECK(host_kind("172.31.0.1") == HostKind::private_range);
  CHECK(host_kind("172.32.0.1") == HostKind::elsewhere);
  CHECK(host_kind("169.254.1.1") == HostKind::link_local);
  CHECK(host_kind("169.254.169.254") == HostKind::elsewhere);
  CHECK(host_kind("printer.local") == HostKind::local_name);
  CHECK(host_kind("orders.shop.svc.cluster.local") == HostKind::internal);
  CHECK(host_kind("host.docker.internal") == HostKind::docker_host);
  CHECK(host_kind("db.internal") == HostKind::internal);
  CHECK(host_kind("redis") == HostKind::internal);
  CHECK(host_kind("010.0.0.1") == HostKind::elsewhere);
  CHECK(host_kind("1.2.3.4.5") == HostKind::elsewhere);
  CHECK(host_kind("localhost.shop.io") == HostKind::elsewhere);
}
