// SPDX-License-Identifier: Apache-2.0
#include "output/escape.hpp"
#include "output/sink.hpp"

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
  CHECK(markdown("https://x www.y") == "https<span>&#58;</span>//x www<span>&#46;</span>y");
  CHECK(markdown("*a* _b_ [c](d)") == "&#42;a&#42; &#95;b&#95; <span>&#91;</span>c&#93;(d)");
  CHECK(markdown_code("@octocat") == "&#64;octocat");
}

TEST_CASE("Markdown text holds nothing that a platform looks for after it was rendered")
{
  CHECK(markdown("GH-1 gh-12 high-1") == "GH<span>&#45;</span>1 gh<span>&#45;</span>12 high-1");
  CHECK(markdown(":x: a.cc:12:3 b:100:") == "<span>&#58;</span>x: a.cc:12:3 b<span>&#58;</span>100:");
  CHECK(markdown("$x$ 50% %m ~l !1 &1 a & b")
        == "<span>&#36;</span>x<span>&#36;</span> 50% <span>&#37;</span>m "
           "<span>&#126;</span>l <span>&#33;</span>1 <span>&#38;</span>1 a &#38; b");
  CHECK(markdown("{+ x +} [- y -]") == "<span>&#123;</span>+ x +&#125; <span>&#91;</span>- y -&#93;");
  CHECK(markdown("of 1a2b3c4, not 1a2b3c or x1a2b3c4") == "of <code>1a2b3c4</code>, not 1a2b3c or x1a2b3c4");
  CHECK(markdown("a@b.com.env") == "a&#64;&#8203;b.com.env");
  CHECK(markdown_code("a@b.com.env p@1.2.3") == "a&#64;<wbr>b.com.env p&#64;1.2.3");
}

TEST_CASE("Markdown text that comes first begins no block")
{
  CHECK(markdown_block("- a") == "&#45; a");
  CHECK(markdown_block("12. a") == "12&#46; a");
  CHECK(markdown_block("1) - a") == "1&#41; - a");
  CHECK(markdown_block("    a") == "&#32;   a");
  CHECK(markdown_block("/close") == "&#47;close");
  CHECK(markdown_block("===") == "&#61;==");
  CHECK(markdown_block("~label") == "<span>&#126;</span>label");
  CHECK(markdown_block("1a2b3c4d is gone") == "<code>1a2b3c4d</code> is gone");
  CHECK(markdown_block("").empty());
}

TEST_CASE("Text that is shown as it is links nothing where it is rendered all the same")
{
  CHECK(linkless("a@b.com @octocat #1 https://x www.y <b> [x](y) a < b # c")
        == "a@\u200bb.com @\u200boctocat #\u200b1 https:\u200b//x www\u200b.y <\u200bb> [x]\u200b(y) a < b # c");
  CHECK(linkless("/close") == "\u200b/close");
  CHECK(linkless("src/a_b.c:1:2") == "src/a_b.c:1:2");
  CHECK(linkless_lines("a\n/b") == std::vector<std::string>{"a", "\u200b/b"});
}

TEST_CASE("Lines of a log hold no command, at their beginning nor elsewhere")
{
  CHECK(inert("##[error]x") == "#\\x23[error]x");
  CHECK(inert(" ::error::x") == " : :error: :x");
  CHECK(inert("\u00a0\u3000::error::x") == "\u00a0\u3000: :error: :x");
  CHECK(inert("a ::error::x std::string") == "a ::error::x std::string");
  CHECK(inert_text("a\n::b::\n") == "a\n: :b: :\n");
  CHECK(inert_text("a") == "a");
  CHECK(inert_text("").empty());
  CHECK(inert_text(std::string(10'000, 'a')).size() == 10'000);
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
