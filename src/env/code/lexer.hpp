// SPDX-License-Identifier: Apache-2.0
//
// The tokens of a program, as far as it takes to see what it reads of its environment: names, literals, punctuation.
// One lexer serves all languages; a table says what a language's comments and literals look like. What is in a comment
// or a literal is no code, so that prose about a variable is no read of it; code within a literal is code.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::env::code {

/// A literal that may hold anything but what ends it; where brackets are its quotes (`%w[…]`), brackets that pair, too.
struct Quote
{
  std::string_view begin, end;  ///< an empty end: the literal is its beginning, such as `?"` of Elixir
  enum class Lines { one, many } lines = Lines::one;
  enum class Escape { backslash, backtick, doubled, none } escape = Escape::backslash;
  /// What begins code in it: "${", "#{", "\\(", "{$"; its bracket, and what follows that, is of the code, which the
  /// other bracket ends. Where it is a bracket alone, two of them are text.
  std::string_view interpolation = {};
  enum class Place {
    any,
    value
  } place = Place::any;  ///< value: only where one may begin, for it is an operator as well
};

/// Letters in front of a literal that belong to it, and which of them have code in it: `f"…"`, `rb'…'`.
struct Prefixes
{
  std::string_view letters, interpolating;
  std::string_view interpolation = {};
};

/// Texts that go from the next line to one that holds their name alone: `<<~SQL`.
struct HereDocuments
{
  std::string_view begin;  ///< "<<", "<<<"; empty: the language has none
  std::string_view interpolation = {};
  /// Without quotes: where `a << b` shifts, a name begins with a capital and stands right behind.
  enum class Names { capital, any } names = Names::capital;
};

using Delimiters = std::pair<std::string_view, std::string_view>;

/// What texts of a language consist of. Quotes that begin alike stand longest first.
struct Syntax
{
  std::span<const std::string_view> line_comments = {};
  std::string_view no_comment = {};  ///< what begins as one and is none: PHP's "#["
  /// Before the others where they begin alike. One that begins with a newline may end with the text; one without an end
  /// does.
  std::span<const Delimiters> block_comments = {};
  std::span<const Quote> quotes = {};
  std::string_view name_marks = "_";  ///< characters of names beside letters and digits
  Prefixes prefixes = {};
  HereDocuments here_documents = {};
  std::span<const Delimiters> islands = {};  ///< only what stands between these is code; none: everything
  /// `/…/` where a value may stand; argument: also behind a name and a blank, as in `split /,/`.
  enum class Regex { no, yes, argument } regex = Regex::no;
  enum class Markup { no, yes } markup = Markup::no;  ///< JSX where a value may stand
  enum class Comments { flat, nested } nesting = Comments::flat;
  /// What a literal is that ought to end with its line and does not: a fault, or a mark that only looked like a quote,
  /// in languages that have such. Either way what follows on the next line is read.
  enum class Unclosed { fault, tolerated } unclosed = Unclosed::fault;
};

struct Token
{
  enum class Kind : std::uint8_t { name, text, number, mark, regex };

  /// Of `text` what stands between its quotes, escapes and all, up to the first code in it; of `regex` with its slashes
  /// and what follows them; of an element of markup, which is a number to the lexer, nothing.
  std::string_view text;
  std::uint32_t line = 0;    ///< from 1, on which it begins
  std::uint32_t column = 0;  ///< from 0, in bytes: what Python's blocks go by
  Kind kind = Kind::mark;
  bool is_whole = true;  ///< of `text`: no code stands in it

  /// Whether it is this name, number or mark.
  [[nodiscard]] bool
  is(std::string_view what) const
  {
    return kind != Kind::text && kind != Kind::regex && text == what;
  }
};

using TokenSpan = std::span<const Token>;

/// Why and where a text is none of the language.
struct Fault
{
  std::uint32_t line = 0;
  std::string_view why;  ///< static storage
};

struct Tokens
{
  std::vector<Token> all;
  std::optional<Fault> fault;  ///< the first; what follows may be misread
};

/// Linear in the text; code within literals within code is followed 64 deep.
[[nodiscard]] Tokens tokens_of(std::string_view text, const Syntax& syntax);

/// What of a page is code, beside its `<script>`s.
struct Page
{
  enum class Braces { text, code } braces = Braces::code;                  ///< `{…}` in the markup
  enum class FrontMatter { text, code } front_matter = FrontMatter::text;  ///< what `---` begins and ends
  enum class Prose { html, markdown } prose = Prose::html;  ///< markdown: fences and backticks hold no code
};

/// Code of a page in the order of the page.
[[nodiscard]] Tokens tokens_of_page(std::string_view text, const Syntax& syntax, const Page& page);

}  // namespace sluice::env::code
