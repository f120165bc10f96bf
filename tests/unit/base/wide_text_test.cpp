// SPDX-License-Identifier: Apache-2.0
#include "base/wide_text.hpp"

#include <doctest/doctest.h>

namespace sluice {

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

/// Of characters below U+10000.
std::string
wide(std::u16string_view text, std::size_t size, bool is_little)
{
  std::string bytes;
  for (const char16_t c : text) {
    std::string unit(size, '\0');
    unit[is_little ? 0 : size - 1] = static_cast<char>(c & 0xFF);
    unit[is_little ? 1 : size - 2] = static_cast<char>(c >> 8);
    bytes += unit;
  }
  return bytes;
}

std::string
narrowed(std::string_view bytes)
{
  return with_wide_text_narrowed(bytes).value_or("nothing");
}

}  // namespace

TEST_CASE("a text of wide characters is read with and without its byte order mark")
{
  const std::u16string text = u"first = 1\r\n\u00E9\u0430\u0431 second = 2\n\u4E0A\u4E0B\u20AC third\n";
  const std::string expected =
      "first = 1\r\n\xC3\xA9\xD0\xB0\xD0\xB1 second = 2\n\xE4\xB8\x8A\xE4\xB8\x8B\xE2\x82\xAC third\n";
  for (const std::size_t size : {2, 4}) {
    for (const bool is_little : {true, false}) {
      CAPTURE(size);
      CAPTURE(is_little);
      CHECK(narrowed(wide(text, size, is_little)) == expected);
      CHECK(narrowed(wide(u"\uFEFF" + text, size, is_little)) == expected);
    }
  }
  CHECK(narrowed("\xFF\xFE=\xD8\x0A\xDE\x1\0"sv) == "\xF0\x9F\x98\x8A\x1");
}

TEST_CASE("a text whose first words are of another script is wide from its beginning, so that its lines are right")
{
  const std::u16string text = u"\u043F\u0430\u0440\u043E\u043B\u044C:\n\u4E0A key = value of it\n";
  const std::string expected = "\xD0\xBF\xD0\xB0\xD1\x80\xD0\xBE\xD0\xBB\xD1\x8C:\n\xE4\xB8\x8A key = value of it\n";
  CHECK(narrowed(wide(text, 2, true)) == expected);
  CHECK(narrowed(wide(text, 2, false)) == expected);
}

TEST_CASE("wide pieces of other bytes are read, whatever is before and behind them")
{
  const std::string piece = wide(u"password = x", 2, true);
  CHECK(narrowed("plain text\n" + piece) == "plain text\npassword = x");
  CHECK(narrowed(piece + "and plain text behind") == "password = xand plain text behind");
  CHECK(narrowed("\x7F"
                 "ELF\1\0\0\2"s
                 + piece + "\0\0\xFF"s + piece + "\0\0"s)
        == "\x7F"
           "ELF\1\0\0\2password = x\0\0\xFFpassword = x\0\0"s);
  CHECK(narrowed("odd\n" + wide(u"password = x", 2, false)) == "odd\npassword = x");
  CHECK(narrowed("even\n" + wide(u"password = x", 2, false)) == "even\npassword = x");
  CHECK(narrowed("odd\n" + wide(u"password = x", 4, false)) == "odd\npassword = x");
  CHECK(narrowed(piece + "\n" + piece) == "password = x\npassword = x");
}

TEST_CASE("bytes behind a byte order mark that are no wide text stay as they are")
{
  for (const std::string_view mark : {"\xFF\xFE"sv, "\xFE\xFF"sv, "\xFF\xFE\0\0"sv}) {
    const std::string plain = std::string(mark) + "password = something plain";
    CHECK_FALSE(with_wide_text_narrowed(plain + "\0"s).has_value());
    CHECK(narrowed(plain + wide(u" and wide", 2, true)) == plain.substr(mark.size()) + " and wide");
  }
}

TEST_CASE("a text without wide characters is left alone")
{
  for (const std::string_view bytes :
       {""sv, "x"sv, "\0"sv, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv, "plain text, and \xC3\xA9"sv, "\xFF\xFE"sv,
        "\xFF\xFE\0"sv, "a\0b\0c\0d\0e\0f\0g"sv, "1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5\0\0\0\6\0\0\0"sv}) {
    CAPTURE(bytes.size());
    CHECK_FALSE(with_wide_text_narrowed(bytes).has_value());
    CHECK_FALSE(has_wide_text(bytes));
  }
  CHECK(has_wide_text("--a\0b\0c\0d\0e\0f\0g\0h\0"sv));
}

}  // namespace sluice
