// SPDX-License-Identifier: Apache-2.0
#include "net/url.hpp"

#include <doctest/doctest.h>

using sluice::ErrorKind;
using sluice::net::Url;

TEST_CASE("an address has a scheme, a host and a port")
{
  const auto url = Url::parse("HTTPS://API.Example.org/v1/../v2?token=x#part");
  REQUIRE(url);
  CHECK(url->scheme == "https");
  CHECK(url->host == "api.example.org");
  CHECK(url->port == 443);
  CHECK(url->path == "/v2");
  CHECK(url->text.find('#') == std::string::npos);
  CHECK(url->shown().find("token") == std::string::npos);
  CHECK(Url::parse("http://[::1]:8080/").value().host == "[::1]");
  CHECK(Url::parse("http://h:81").value().port == 81);
}

TEST_CASE("other schemes and what is no address are refused, and queries are not shown")
{
  for (const char* text : {"", "ftp://h/", "file:///etc/passwd", "gopher://h/", "javascript:alert(1)", "h", "//h/",
                           "http://", "http://h:99999/", "http://h h/", "http://h/\r\nX: y", "http://h/a\tb"}) {
    CAPTURE(text);
    const auto url = Url::parse(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().kind == ErrorKind::usage);
  }
  CHECK(Url::parse("ftp://h/p?token=x").error().message == "ftp://h/p: is not an http or https address");
}

TEST_CASE("a user name or password in an address is refused and not repeated")
{
  for (const char* text : {"https://ada:pass@h/", "https://ada@h/", "https://:pass@h/", "ftp://ada:pass@h/"}) {
    CAPTURE(text);
    const auto url = Url::parse(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().message.find("pass@") == std::string::npos);
    CHECK(url.error().message.find("ada") == std::string::npos);
  }
}

TEST_CASE("a reference is resolved as RFC 3986 does")
{
  const Url base = Url::parse("https://h:8443/a/b?q=1").value();
  CHECK(base.resolve("c").value().text == "https://h:8443/a/c");
  CHECK(base.resolve("/c?x=y").value().text == "https://h:8443/c?x=y");
  CHECK(base.resolve("//other/c").value().host == "other");
  CHECK(base.resolve("http://other/").value().scheme == "http");
  CHECK_FALSE(base.resolve("file:///etc/passwd"));
  CHECK_FALSE(base.resolve("https://ada:pass@h/"));
}

TEST_CASE("an origin is scheme, host and port")
{
  const Url url = Url::parse("https://h/").value();
  CHECK(url.same_origin(Url::parse("https://H:443/other").value()));
  CHECK_FALSE(url.same_origin(Url::parse("http://h/").value()));
  CHECK_FALSE(url.same_origin(Url::parse("https://h:444/").value()));
  CHECK_FALSE(url.same_origin(Url::parse("https://h.example/").value()));
}
