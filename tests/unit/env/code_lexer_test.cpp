// SPDX-License-Identifier: Apache-2.0
#include "env/code/lexer.hpp"
#include "env/code/reads.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>

using namespace sluice::env;
using code::Quote;
using code::Syntax;

namespace {

constexpr std::array<std::string_view, 1> lines{"//"};
constexpr std::array<code::Delimiters, 1> blocks{{{"/*", "*/"}}};
constexpr auto quotes = std::to_array<Quote>({{"\"\"\"", "\"\"\"", Quote::Lines::many},
                                              {"`", "`", Quote::Lines::many, Quote::Escape::backslash, "${"},
                                              {"@\"", "\"", Quote::Lines::many, Quote::Escape::doubled},
                                              {"\"", "\""},
                                              {"'", "'"}});
constexpr Syntax plain{.line_comments = lines,
                       .block_comments = blocks,
                       .quotes = quotes,
                       .name_marks = "_$",
                       .prefixes = {"fr", "f", "{"},
                       .here_documents = {"<<", "#{"},
                       .regex = Syntax::Regex::yes,
                       .nesting = Syntax::Comments::nested};
constexpr Syntax markup{.quotes = quotes, .regex = Syntax::Regex::yes, .markup = Syntax::Markup::yes};

/// Names, marks and regular expressions as they are, literals in angle brackets with `…` where code stands in them,
/// values without text as
/// `#`.
std::string
shown(const code::Tokens& tokens)
{
  std::string text;
  for (const code::Token& token : tokens.all) {
    text += text.empty() ? "" : " ";
    if (token.kind == code::Token::Kind::text) {
      text.append("<").append(token.text).append(token.is_whole ? ">" : "…>");
    } else {
      text += token.text.empty() ? "#" : token.text;
    }
  }
  return text;
}

std::string
lexed(std::string_view text, const Syntax& syntax = plain)
{
  return shown(code::tokens_of(text, syntax));
}

}  // namespace

TEST_CASE("comments, literals and names are told apart")
{
  CHECK(lexed("a.b // c 'd\ne /* f 'g' \n*/ h") == "a . b e h");
  CHECK(lexed("/* a /* b */ c */ d") == "d");
  CHECK(lexed(R"('a\'b' "c\\" d)") == R"(<a\'b> <c\\> d)");
  CHECK(lexed(R"(@"a\" b @"c""d")") == R"(<a\> b <c""d>)");
  CHECK(lexed("\"\"\"a \"b\"\"\"\" c") == "<a \"b\"> c");
  CHECK(lexed("$a_1 12 ä") == "$a_1 12 ä");
  CHECK(lexed("#!/usr/bin/env it's\na") == "a");
  CHECK(lexed("1.5 1..5 1.a 2.") == "1.5 1 . . 5 1 . a 2 .");
}

TEST_CASE("code within literals is code, however deep")
{
  CHECK(lexed("`a${b}c`") == "<a…> b");
  CHECK(lexed("`a${ {b: '}'} }c` d") == "<a…> { b : <}> } d");
  CHECK(lexed("`${`${a}`}` b") == "<…> <…> a b");
  CHECK(lexed("f'{a}' r'{a}' g'{a}'") == "<…> a <{a}> g <{a}>");
  CHECK(lexed("f'{{a}}'") == "<{{a}}>");
}

TEST_CASE("a slash begins a regular expression where a value may stand")
{
  CHECK(lexed("a = /'/; b") == "a = /'/ ; b");
  CHECK(lexed("a = /'/gi.b") == "a = /'/gi . b");
  CHECK(lexed("a / 'b' / c") == "a / <b> / c");
  CHECK(lexed("return /[/']/") == "return /[/']/");
  CHECK(lexed("if (a) /'/.test(b)") == "if ( a ) /'/ . test ( b )");
  CHECK(lexed("f(a) / 2 + '/'") == "f ( a ) / 2 + </>");
  CHECK(lexed("i++ / 2 + '/'") == "i + + / 2 + </>");
  CHECK(lexed("a! / 2 + '/'") == "a ! / 2 + </>");
}

TEST_CASE("markup has prose and code")
{
  CHECK(lexed("x = <a b='c' d={e}>don't {f}<br>`</a>; g", markup) == "x = e f # ; g");
  CHECK(lexed("x = <><a/>it's</>; b", markup) == "x = # ; b");
  CHECK(lexed("a < b && c > 'd'", markup) == "a < b & & c > <d>");
  CHECK(lexed("x = <T,>(a) => 'b'", markup) == "x = < T , > ( a ) = > <b>");
}

TEST_CASE("a here-document goes to the line that holds its name")
{
  CHECK(lexed("a <<~SQL, b\n it's #{c}\n SQL\nd") == "a <…> , b c d");
  CHECK(lexed("a <<'RAW'\n#{b}\nRAW\nc") == "a <…> c");
  CHECK(lexed("a <<ONE, <<TWO\n1\nONE\n2\nTWO\nb") == "a <…> , <…> b");
  CHECK(lexed("a << b") == "a < < b");
}

TEST_CASE("lines are counted through everything")
{
  const code::Tokens tokens = code::tokens_of("/*\n*/ `\n${\na}` <<X\n\nX\nb", plain);
  REQUIRE(tokens.all.size() == 4);
  CHECK(tokens.all[0].line == 2);
  CHECK(tokens.all[1].line == 4);
  CHECK(tokens.all[2].line == 4);
  CHECK(tokens.all[3].line == 7);
}

TEST_CASE("a column is that of what begins a token")
{
  const code::Tokens tokens = code::tokens_of("/*\n*/ a\n  f'b{\n c}'\n    12 <<X\nX\n .", plain);
  REQUIRE(tokens.all.size() == 6);
  CHECK(tokens.all[0].column == 3);
  CHECK(tokens.all[1].column == 2);
  CHECK(tokens.all[2].column == 1);
  CHECK(tokens.all[3].column == 4);
  CHECK(tokens.all[4].column == 7);
  CHECK(tokens.all[5].column == 1);
}

TEST_CASE("what does not close is a fault, and a line that does not is the only one lost")
{
  const auto fault_of = [](std::string_view text) {
    const auto fault = code::tokens_of(text, plain).fault;
    return fault ? std::to_string(fault->line) + " " + std::string(fault->why) : "";
  };
  CHECK(fault_of("a 'b' `c`").empty());
  CHECK(fault_of("\n/* a") == "2 a comment is not closed");
  CHECK(fault_of("\n`a\n") == "2 a literal is not closed");
  CHECK(fault_of("`${a") == "1 a bracket is not closed");
  CHECK(fault_of("a <<X\nb\n") == "2 a here-document is not closed");
  CHECK(fault_of("'a\nb") == "1 a literal is not closed");
  CHECK(lexed("'a\nb 'c'") == "<a> b <c>");
  const auto nested = [&](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) {
      text += "`${";
    }
    return fault_of(text);
  };
  CHECK(nested(60) == "1 a bracket is not closed");
  CHECK(nested(100'000) == "1 code is nested too deep");
}

TEST_CASE("only scripts, braces and what stands between dashes are code of a page")
{
  const auto page = [](std::string_view text, const code::Page& of) {
    return shown(code::tokens_of_page(text, plain, of));
  };
  CHECK(page("<p>it's {a}</p><script x>b;\n'</script'</script>{c}", {}) == "a b ; <</script> c");
  CHECK(page("<style>a{b}</style><!-- {c} -->{d}", {}) == "d");
  CHECK(page("{a}<script>b</script>", {.braces = code::Page::Braces::text}) == "b");
  CHECK(page("---\na\n---\nb {c}", {.front_matter = code::Page::FrontMatter::code}) == "a c");
  CHECK(page("`{a}`\n```\n{b}\n```\n{c}", {.prose = code::Page::Prose::markdown}) == "c");
}

TEST_CASE("what stands behind or around a read says what it comes to")
{
  const auto of = [](std::string_view text) {
    const code::Tokens tokens = code::tokens_of(text, plain);
    const auto begin = static_cast<std::size_t>(
        std::find_if(tokens.all.begin(), tokens.all.end(), [](const code::Token& t) { return t.text == "X"; })
        - tokens.all.begin());
    const code::Otherwise end = code::otherwise(tokens.all, {begin, begin + 1}, Unset::unknown);
    constexpr std::array<std::string_view, 4> names{"unknown", "fails", "defaulted", "tested"};
    return std::string(names[static_cast<std::size_t>(end.unset)]) + (end.literal ? " " + *end.literal : "");
  };
  CHECK(of("X") == "unknown");
  CHECK(of("f(X, 'a')") == "unknown");
  CHECK(of("X ?? 'a'") == "defaulted a");
  CHECK(of("X ?? 'a' + b") == "defaulted");
  CHECK(of("X ?? b") == "defaulted");
  CHECK(of("X ?? undefined") == "unknown");
  CHECK(of("X ||= 'a'") == "defaulted a");
  CHECK(of("f(X) ?: 'a'") == "defaulted a");
  CHECK(of("X.trim().or_else('a')") == "defaulted a");
  CHECK(of("X?.trim()") == "unknown");
  CHECK(of("X!") == "fails");
  CHECK(of("X != 'a'") == "unknown");
  CHECK(of("X != null") == "tested");
  CHECK(of("X?;") == "fails");
  CHECK(of("X ? a : b") == "tested");
  CHECK(of("if (!X) { throw a }") == "fails");
  CHECK(of("if (!X) { log(a) }") == "tested");
  CHECK(of("if (X && a)") == "tested");
  CHECK(of("if let Some(a) = X {") == "tested");
  CHECK(of("guard let a = X else { fatalError() }") == "fails");
}
