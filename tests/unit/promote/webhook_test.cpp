// SPDX-License-Identifier: Apache-2.0
#include "platform_case.hpp"

using namespace sluice;
using namespace sluice::promote;
using test::answer;

namespace {

const Platform& slack = *platform_named("slack");
const Platform& plain = *platform_named("plain");

}  // namespace

TEST_CASE("slack gets its text with what it takes for markup escaped, and nobody is called by it")
{
  PlatformCase hook({answer("200 OK", "ok")}, {});
  REQUIRE(slack.announce(hook.call(), {hook.url("/services/secret"), "", "a & b <!channel> @channel\n\"c\""}));
  const SeenRequest request = hook.requests().at(0);
  CHECK(request.line == "POST /services/secret");
  CHECK(holds(request.head, "\r\nContent-Type: application/json\r\n"));
  CHECK(request.body == Json{{"text", "a &amp; b &lt;!channel&gt; @\u2060channel\n\"c\""}});
}

TEST_CASE("slack gets a channel if there is one to choose")
{
  PlatformCase hook({answer("200 OK", "ok")}, {});
  REQUIRE(slack.announce(hook.call(), {hook.url(), "#releases", "x"}));
  CHECK(hook.requests().at(0).body["channel"] == Json("#releases"));
}

TEST_CASE("a plain webhook gets the text itself")
{
  PlatformCase hook({answer("200 OK", "")}, {});
  REQUIRE(plain.announce(hook.call(), {hook.url(), "", "a <b>\nc"}));
  CHECK(holds(hook.requests().at(0).head, "Content-Type: text/plain; charset=utf-8"));
}

TEST_CASE("a webhook that fails is asked once, and its address is told to nobody")
{
  for (const auto& reply : {answer("404 Not Found", "no_service"), answer("502 Bad Gateway", ""), lost(),
                            answer("302 Found", "", "Location: http://elsewhere.example/\r\n")}) {
    PlatformCase hook({reply}, {});
    const Error error = error_of(slack.announce(hook.call(), {hook.url("/services/secret"), "", "x"}));
    CHECK_FALSE_MESSAGE(holds(error.message, "secret"), error.message);
    CHECK(holds(error.message, "127.0.0.1"));
    CHECK(hook.requests().size() == 1);
  }
  PlatformCase none({lost()}, {});
  CHECK(error_of(slack.announce(none.call(), {"file:///etc/secret", "", "x"})).kind == ErrorKind::config);
}
