// SPDX-License-Identifier: Apache-2.0
#include "promote/record/markdown.hpp"

#include <doctest/doctest.h>

using namespace sluice::promote;

TEST_CASE("every character that could mean something is an entity")
{
  CHECK(markdown_code("") == "");
  CHECK(markdown_code("a b, c9 ü") == "<code>a b, c9 ü</code>");
  CHECK(markdown_code("previous-release: 2.5 s") == "`previous-release: 2.5 s`");
  for (const char* text :
       {"a`b", "a|b", " a", "see www.example.org", "http://a", "@ada", "#1", "a\\b", "<b>", "a&b", "$x$"}) {
    CHECK(markdown_code(text).starts_with("<code>"));
  }
  const std::string all = markdown_code("</code>|`*_[x](y)<img>&amp;#1~$:\\ab-@ada");
  CHECK(all.starts_with("<code>"));
  const std::string inside = all.substr(6, all.size() - 13);
  std::string rest;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '&') {
      REQUIRE(inside.substr(i, 2) == "&#");
      i = inside.find(';', i);
      continue;
    }
    rest += inside[i];
  }
  CHECK(rest == "codexyimgamp1ab<wbr>ada");
}

TEST_CASE("a code is on one line and moves no cursor")
{
  const std::string text = markdown_code("a\nb\x1b[31m\xff");
  CHECK(text.find('\n') == std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(markdown_code(std::string(5000, 'a'), 100).size() < 200);
}

TEST_CASE("a block holds its lines and ends where it ends")
{
  CHECK(markdown_block("a\n\nb") == "<pre>a\n&#32;\nb\n</pre>\n");
  CHECK(markdown_block("</pre>\n# x").find("</pre>\n# x") == std::string::npos);
  CHECK(markdown_block("").ends_with("</pre>\n"));
}

TEST_CASE("only a plain address is a link")
{
  CHECK(markdown_link("https://chat.example/ops?x=1#y") == "<https://chat.example/ops?x=1#y>");
  CHECK(markdown_link("mailto:ops@shop.example") == "<mailto:ops@shop.example>");
  for (const char* text : {"docs/runbook.md", "javascript:alert(1)", "https://x.example/> <img>",
                           "https://x.example/ y", "https://x.example/`"}) {
    CHECK(markdown_link(text) == markdown_code(text));
  }
}
