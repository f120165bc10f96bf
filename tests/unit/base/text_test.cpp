// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/utf8.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("trim takes blanks off both ends only")
{
  CHECK(trim(" \t a b \r\n") == "a b");
  CHECK(trim(" \n").empty());
}

TEST_CASE("split keeps empty parts and never returns nothing")
{
  CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
}

TEST_CASE("lines_of takes LF and CRLF and ignores the final newline")
{
  CHECK(lines_of("a\r\nb\n\nc\n") == std::vector<std::string_view>{"a", "b", "", "c"});
  CHECK(lines_of("").empty());
}

TEST_CASE("printable makes control, bidirectional and broken text visible")
{
  CHECK(printable("plain ä €") == "plain ä €");
  CHECK(printable("a\x1b[31m") == "a\\x1b[31m");
  CHECK(printable("x\n::error::y") == "x\\x0a::error::y");
  CHECK(printable("\xE2\x80\xAE"
                  "abc")
        == "\\u{202e}abc");
  CHECK(printable("\xF3\xA0\x80\xA1") == "\\u{e0021}");
  CHECK(printable("\xC0\xAF\xFF") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
}

TEST_CASE("ellipsis cuts at a character and stays within the limit")
{
  CHECK(ellipsis("short", 5) == "short");
  CHECK(ellipsis("abcdefgh", 6) == "abc…");
  const std::string cut = ellipsis("aäöüaäöü", 8);
  CHECK(cut.size() <= 8);
  CHECK(is_utf8(cut));
}

TEST_CASE("edit distance counts a transposition once")
{
  CHECK(edit_distance("fail-on", "fial-on") == 1);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("did_you_mean names what is near and keeps quiet otherwise")
{
  const std::vector<std::string_view> known{"fail-on", "format", "baseline"};
  CHECK(did_you_mean("fail_on", known) == " (did you mean fail-on?)");
  CHECK(did_you_mean("Formt", known) == " (did you mean format?)");
  CHECK(did_you_mean("zzzzzz", known).empty());
}

TEST_CASE("numbers for people")
{
  CHECK(with_thousands(999) == "999");
  CHECK(with_thousands(1234567) == "1,234,567");
  CHECK(counted(1, "commit", "commits") == "1 commit");
  CHECK(counted(0, "commit", "commits") == "0 commits");
  CHECK(human_bytes(1023) == "1023 B");
  CHECK(human_bytes(1536) == "1.5 KiB");
  CHECK(human_bytes(1U << 20U) == "1.0 MiB");
}
