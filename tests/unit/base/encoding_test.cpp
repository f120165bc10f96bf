// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"

#include <doctest/doctest.h>

namespace sluice {

TEST_CASE("text is read in the encodings that gitattributes name, without a byte order mark")
{
  CHECK(to_utf8(std::string_view("\xFF\xFEs\0\xE9\0", 6), "UTF-16").value() == "s\xC3\xA9");
  CHECK(to_utf8(std::string_view("\xFF\xFEs\0", 4), "UTF-16LE-BOM").value() == "s");
  CHECK(to_utf8(std::string_view("\0s", 2), "utf16be").value() == "s");
  CHECK(to_utf8("\xE9", "windows-1252").value() == "\xC3\xA9");
  CHECK(to_utf8("", "ISO-8859-15").value().empty());
}

TEST_CASE("what is not of the encoding, and an encoding that nobody keeps text in, are errors")
{
  CHECK(to_utf8("\xD8", "UTF-16").error().kind == ErrorKind::input);
  for (const char* encoding : {"EBCDIC-US", "UTF-8//TRANSLIT", "../x", "", "ISO-2022-CN-EXT"}) {
    CAPTURE(encoding);
    CHECK_FALSE(to_utf8("x", encoding).has_value());
  }
}

}  // namespace sluice
