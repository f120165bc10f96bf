// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"

#include <doctest/doctest.h>

#include <string>

namespace sluice {

TEST_CASE("display width knows combining marks and wide characters")
{
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("漢字") == 4);
  CHECK(display_width("한글") == 4);
  CHECK(display_width("…é·") == 3);
}

TEST_CASE("What a person takes for one character is measured as one")
{
  CHECK(display_width("\U0001F600") == 2);
  CHECK(display_width("\U0001F468\u200D\U0001F469\u200D\U0001F467") == 2);  // a family
  CHECK(display_width("\U0001F44D\U0001F3FD") == 2);                        // a thumb with the colour of a skin
  CHECK(display_width("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7") == 4);    // two flags
  CHECK(display_width("\u2764\uFE0F") == 2);                                // a heart that is told to be an emoji
  CHECK(display_width("\u1112\u1161\u11AB") == 2);                          // a syllable of three letters
}

TEST_CASE("Clusters are cut where a person would cut")
{
  CHECK(first_cluster("e\u0301x").length == 3);
  CHECK(first_cluster("ab").length == 1);
  CHECK(first_cluster("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7").length == 8);
  CHECK(first_cluster("\u0301").width == 0);
}

TEST_CASE("Bytes that are not UTF-8 are shown one by one")
{
  CHECK(first_cluster("\xFF\u0301").length == 1);
  CHECK(display_width("\xFF\xC0") == 2);
  CHECK(first_cluster("a\xFF").length == 1);
  CHECK(display_width(std::string(3, '\xCC')) == 3);
}

TEST_CASE("A character is what its general category says")
{
  CHECK(class_of(U'A') == CharacterClass::uppercase);
  CHECK(class_of(U'\u00C1') == CharacterClass::uppercase);
  CHECK(class_of(U'\u00E9') == CharacterClass::lowercase);
  CHECK(class_of(U'\u01C5') == CharacterClass::other_letter);
  CHECK(class_of(U'\u4E2D') == CharacterClass::other_letter);
  CHECK(class_of(U'\u0301') == CharacterClass::mark);
  CHECK(class_of(U'7') == CharacterClass::number);
  CHECK(class_of(U'\u2167') == CharacterClass::number);
  CHECK(class_of(U'\u00BC') == CharacterClass::number);
  CHECK(class_of(U'_') == CharacterClass::other);
  CHECK(class_of(U'\uFEFF') == CharacterClass::other);
  CHECK(class_of(U'\U0001F511') == CharacterClass::other);
}

}  // namespace sluice
