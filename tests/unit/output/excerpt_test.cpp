// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "output/excerpt.hpp"

#include <doctest/doctest.h>

namespace sluice::output {

namespace {

Finding
on_line(std::string excerpt, std::uint32_t column, std::uint32_t end_column)
{
  Finding finding;
  finding.excerpt = std::move(excerpt);
  finding.where = {"a", {1, column}, {1, end_column}, ""};
  return finding;
}

}  // namespace

TEST_CASE("Carets stand under the columns of the finding")
{
  const Excerpt excerpt = fit_excerpt(on_line("key = secret", 7, 13), 80);
  CHECK(excerpt.line == "key = secret");
  CHECK(excerpt.caret_begin == 6);
  CHECK(excerpt.caret_width == 6);
}

TEST_CASE("Tabs, wide characters and controls take the columns that they show")
{
  const Excerpt tab = fit_excerpt(on_line("\tx\ty", 4, 5), 80);
  CHECK(tab.line == "    x   y");
  CHECK(tab.caret_begin == 8);
  const Excerpt wide = fit_excerpt(on_line("ä\u4e2d\x1bz", 7, 8), 80);
  CHECK(wide.line == "ä\u4e2d\\x1bz");
  CHECK(wide.caret_begin == 7);
  CHECK(wide.caret_width == 1);
}

TEST_CASE("Carets stay in place behind a command that is broken")
{
  const Excerpt excerpt = fit_excerpt(on_line("##[error] ###[a] x", 18, 19), 80);
  CHECK(excerpt.line == "#\\x23[error] ##\\x23[a] x");
  CHECK(excerpt.caret_begin == 23);
}

TEST_CASE("What a person sees as one character is kept and underlined as one")
{
  const Excerpt accent = fit_excerpt(on_line("ne\u0301e", 3, 4), 80);
  CHECK(accent.line == "ne\u0301e");
  CHECK(accent.caret_begin == 1);
  CHECK(accent.caret_width == 1);
  CHECK(fit_excerpt(on_line("\U0001F1E9\U0001F1EAx", 9, 10), 80).caret_begin == 2);
  const Excerpt keycap = fit_excerpt(on_line("##\u20E3[a] x", 9, 10), 80);
  CHECK(keycap.line.find("##[") == std::string::npos);
}

TEST_CASE("The bytes of the line that the finding covers are told")
{
  const Excerpt excerpt = fit_excerpt(on_line("k\xc3\xa4\t= secret", 7, 13), 80);
  CHECK(excerpt.line.substr(excerpt.mark_begin, excerpt.mark_end - excerpt.mark_begin) == "secret");
  const Excerpt none = fit_excerpt(on_line("abc", 0, 0), 80);
  CHECK(none.mark_begin == none.mark_end);
}

TEST_CASE("A long line is cut around the finding")
{
  const std::string line = std::string(100'000, 'a') + "SECRET" + std::string(100'000, 'b');
  const Excerpt excerpt = fit_excerpt(on_line(line, 100'001, 100'007), 60);
  CHECK(display_width(excerpt.line) <= 60);
  CHECK(excerpt.line.starts_with("…a"));
  CHECK(excerpt.line.ends_with("b…"));
  CHECK(excerpt.caret_width == 6);
  // The ellipsis has three bytes and one column.
  CHECK(excerpt.line.substr(excerpt.caret_begin + 2, 6) == "SECRET");
}

TEST_CASE("A finding that is longer than the window is underlined to its end")
{
  const Excerpt excerpt = fit_excerpt(on_line(std::string(500, 'x'), 1, 501), 40);
  CHECK(display_width(excerpt.line) <= 40);
  CHECK(excerpt.caret_begin == 0);
  CHECK(excerpt.caret_width == 39);
}

TEST_CASE("Columns outside of the line have no caret")
{
  CHECK(fit_excerpt(on_line("abc", 0, 0), 80).caret_width == 0);
  CHECK(fit_excerpt(on_line("abc", 9, 12), 80).caret_width == 0);
  CHECK(fit_excerpt(on_line("abc", 2, 90), 80).caret_width == 2);
  CHECK(fit_excerpt(on_line("abc", 2, 1), 80).caret_width == 1);
  CHECK(fit_excerpt(on_line("", 1, 2), 80).line.empty());
}

TEST_CASE("Columns count UTF-16 code units for SARIF")
{
  CHECK(utf16_column(3, "ab") == 3);
  CHECK(utf16_column(3, "ä") == 2);
  CHECK(utf16_column(7, "ä\U0001F600") == 4);
  CHECK(utf16_column(3, "a\xff") == 3);
  CHECK(utf16_column(10, "abc") == 10);
  CHECK(utf16_column(5, "") == 5);
  CHECK(utf16_column(0, "ä") == 0);
  CHECK(utf16_column(2, "ääää") == 1);
}

TEST_CASE("What is shown instead of something hidden is not counted for SARIF")
{
  CHECK(utf16_column(50, "a=…(40 characters) b=") == 50);
  CHECK(utf16_column(50, "…b=") == 50);
  CHECK(utf16_column(50, "a…b=") == 48);
}

TEST_CASE("Carets stand under what the finding covers on a line whose columns are others by now")
{
  Finding finding = on_line("a ghp_xY…(40 characters) b ghp_zZ…(40 characters)", 46, 86);
  finding.covered = Span{29, 53};
  const Excerpt excerpt = fit_excerpt(finding, 80);
  CHECK(excerpt.line.substr(excerpt.mark_begin, excerpt.mark_end - excerpt.mark_begin) == "ghp_zZ…(40 characters)");
  CHECK(excerpt.caret_begin == 27);
  CHECK(excerpt.caret_width == 22);
  finding.covered = Span{29, 5000};
  CHECK(fit_excerpt(finding, 80).caret_width == 22);
  finding.covered = Span{5000, 29};
  CHECK(fit_excerpt(finding, 80).caret_width == 0);
}

}  // namespace sluice::output
