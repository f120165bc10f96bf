// SPDX-License-Identifier: Apache-2.0
#include "output/escape.hpp"

#include <doctest/doctest.h>

namespace sluice::output {

TEST_CASE("plain() shows controls and cuts at a character")
{
  CHECK(plain("a\x1b[1m\xff") == "a\\x1b[1m\uFFFD");
  CHECK(plain("äöü", 6) == "äöü");
  CHECK(plain("äöüß", 6) == "ä…");
}

TEST_CASE("plain_lines() keeps lines apart and always has one")
{
  CHECK(plain_lines("a\r\nb\n\nc") == std::vector<std::string>{"a", "b", "", "c"});
  CHECK(plain_lines("") == std::vector<std::string>{""});
}

TEST_CASE("Commands within a line are broken, and nothing else")
{
  CHECK(break_log_commands("##[error]", "\\x23") == "#\\x23[error]");
  CHECK(break_log_commands("####[a", "x") == "###x[a");
  CHECK(break_log_commands("##vso[task", "x") == "#xvso[task");
  CHECK(break_log_commands("## Heading [x]", "x") == "## Heading [x]");
  CHECK(break_log_commands("#[", "x") == "#[");
  CHECK(break_log_commands("##", "x") == "##");
  CHECK(inert_json(R"(["##[a"])") == "[\"#\\u0023[a\"]\n");
}

TEST_CASE("Command data is escaped for GitHub and unambiguous for act")
{
  CHECK(command_data("50% of a\nb: c", 100) == "50%25 of a%0Ab: c");
  CHECK(command_data("std::string :::", 100) == "std: :string : : :");
  CHECK(command_data(":x", 100) == " :x");
  CHECK(command_data("%0A %25 %2c 100%", 100) == "\\x250A \\x2525 \\x252c 100%25");
  CHECK(command_data("", 100).empty());
}

TEST_CASE("Command data ends within its limit, between escapes and between characters")
{
  CHECK(command_data("%%%%", 12) == "%25%25%25%25");
  CHECK(command_data("%%%%%", 12) == "%25%25%25…");
  CHECK(command_data("ääää", 7) == "ää…");
  for (std::size_t limit = 3; limit < 40; ++limit) {
    CHECK(command_data("a% äb\n::c%0A\xff##[x]", limit).size() <= limit);
  }
}

TEST_CASE("Command properties keep a path exact")
{
  CHECK(command_property("a,b:c%d=[e].ts") == "a%2Cb%3Ac%25d=[e].ts");
  CHECK(command_property("a\nb") == "a\\x0ab");
}

TEST_CASE("Markdown text has no structure, mentions nobody and links nothing")
{
  CHECK(markdown("a|b <c> & `d`") == "a&#124;b &#60;c&#62; &#38; &#96;d&#96;");
  CHECK(markdown("@octocat #12") == "&#64;&#8203;octocat &#35;&#8203;12");
  CHECK(markdown("a @ b # c") == "a &#64; b &#35; c");
  CHECK(markdown("https://x www.y") == "https&#58;//x www&#46;y");
  CHECK(markdown("*a* _b_ [c](d)") == "&#42;a&#42; &#95;b&#95; &#91;c&#93;(d)");
  CHECK(markdown_code("@octocat") == "&#64;octocat");
}

TEST_CASE("XML has only characters that XML 1.0 knows")
{
  CHECK(xml("<a b=\"c\">&") == "&lt;a b=&quot;c&quot;&gt;&amp;");
  CHECK(xml("\x01\uFFFE\uFFFF") == "\\x01\uFFFD\uFFFD");
}

TEST_CASE("Any path is a relative URI")
{
  CHECK(uri_path("src/a b.c") == "src/a%20b.c");
  CHECK(uri_path("a:b/\xff#?%") == "a%3Ab/%FF%23%3F%25");
  CHECK(uri_path("//host/x") == "%2F/host/x");
}

}  // namespace sluice::output
