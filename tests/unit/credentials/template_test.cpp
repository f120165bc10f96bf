// SPDX-License-Identifier: Apache-2.0
#include "credentials/template.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>

namespace sluice::credentials {
namespace {

std::string
expand(std::string_view text, Checksum checksum = Checksum::none)
{
  return expand_template(text, "seed", checksum);
}

bool
consists_of(std::string_view text, std::string_view alphabet)
{
  return text.find_first_not_of(alphabet) == std::string_view::npos;
}

TEST_CASE("a template draws as many characters of an alphabet as it says")
{
  CHECK(expand("{{digits:12}}").size() == 12);
  CHECK(consists_of(expand("{{digits:500}}"), "0123456789"));
  CHECK(consists_of(expand("{{hex:500}}"), "0123456789abcdef"));
  CHECK(consists_of(expand("{{HEX:500}}"), "0123456789ABCDEF"));
  CHECK(consists_of(expand("{{base32:500}}"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
  CHECK(consists_of(expand("{{upper:500}}"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  CHECK(expand("{{base64url:2000}}").find_first_of("-_") != std::string::npos);
  CHECK(expand("a{{lower:3}}b{{alnum-lower:4}}c{{alnum-upper:5}}d").size() == 16);
}

TEST_CASE("a template is the same for the same seed, and another for another place")
{
  CHECK(expand("{{base62:40}}") == expand("{{base62:40}}"));
  CHECK(expand("{{base62:40}}") != expand_template("{{base62:40}}", "other", Checksum::none));
  const std::string two = expand("{{base62:40}} {{base62:40}}");
  CHECK(two.substr(0, 40) != two.substr(41));
}

TEST_CASE("a template encodes what it is given")
{
  CHECK(expand("{{lit:AK}}{{lit:IA}}") == "AKIA");
  CHECK(expand(R"({{b64json:{"a":{"b":1}}}}.x)") == "eyJhIjp7ImIiOjF9fQ.x");
  CHECK(expand("{{b64std:user:pw}}") == "dXNlcjpwdw==");
  const std::string uuid = expand("{{uuid}}");
  CHECK(uuid.size() == 36);
  CHECK(uuid == "898d6a56-14ab-473d-880d-4d21b7f21449");  // whichever compiler built it
  CHECK(uuid[14] == '4');
}

TEST_CASE("other double braces are left alone")
{
  CHECK(expand("${{ secrets.TOKEN }} {{ .Values.key }} {{base62:x}} {{")
        == "${{ secrets.TOKEN }} {{ .Values.key }} {{base62:x}} {{");
  CHECK(expand("{{{{lit:x}}}}") == "{{x}}");
}

TEST_CASE("check characters are made for the text since the last separator")
{
  for (const std::string_view before : {"", "key=", "\"", "token: '", "a b "}) {
    const std::string text = expand(std::string(before) + "ghp_{{base62:30}}{{checksum}}", Checksum::github);
    CHECK(check(Checksum::github, std::string_view(text).substr(before.size())).verdict == ChecksumVerdict::valid);
  }
  const std::string atlassian = expand("x=ATATT3{{base62:180}}={{checksum}}", Checksum::atlassian);
  CHECK(check(Checksum::atlassian, std::string_view(atlassian).substr(2)).verdict == ChecksumVerdict::valid);
}

}  // namespace
}  // namespace sluice::credentials
