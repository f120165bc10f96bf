// SPDX-License-Identifier: Apache-2.0
#include "deps/xml.hpp"

#include <doctest/doctest.h>

using namespace sluice::deps;

TEST_CASE("elements have local names, lines, attributes and texts")
{
  const auto xml =
      read_xml("<?xml version=\"1.0\"?>\n<!-- c -->\n<p:a xmlns:p=\"x\" p:k=\" v \">\n one <!-- c --><b/>\n"
               "<b><![CDATA[t]]>w</b>\n&lt;</p:a>\n");
  REQUIRE(xml);
  const Element root = xml->root();
  CHECK(root.name() == "a");
  CHECK(root.line() == 3);
  CHECK(root.attribute("k") == "v");
  CHECK(root.attribute("none").empty());
  CHECK(root.text().starts_with("one"));
  CHECK(root.text().ends_with("<"));
  CHECK(root.count("b") == 2);
  CHECK(root.child("b").line() == 4);
  CHECK((*++root.begin()).text() == "tw");
  CHECK((*++root.begin()).line() == 5);
  CHECK(!root.child("c").child("d"));
}

TEST_CASE("no name is empty, whatever its prefix")
{
  const auto xml = read_xml("<a: b:=\"1\"><:c/></a:>");
  REQUIRE(xml);
  CHECK(xml->root().name() == "a:");
  CHECK(xml->root().attribute("b:") == "1");
  CHECK((*xml->root().begin()).name() == "c");
}

TEST_CASE("what is no document is refused at its line")
{
  for (const std::string_view text :
       {"", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a/>text", "<a b></a>", "<a b='1></a>", "<!-- <a/>"}) {
    CAPTURE(text);
    CHECK(!read_xml(text));
  }
  CHECK(read_xml("<a>\n<b>\n</a>").error().line == 3);
  CHECK(!read_xml(std::string_view("<a/>\0<b", 7)));
}

TEST_CASE("entities of its own and depth are refused")
{
  CHECK(read_xml("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").error().what == "it declares entities");
  CHECK(read_xml("<!DOCTYPE a SYSTEM \"a.dtd\"><a/>"));
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
      text += "<a>";
    }
    for (std::size_t i = 0; i < depth; ++i) {
      text += "</a>";
    }
    return text;
  };
  CHECK(read_xml(nested(Xml::max_depth)));
  CHECK(!read_xml(nested(Xml::max_depth + 1)));
  CHECK(!read_xml(nested(100'000)));
}
