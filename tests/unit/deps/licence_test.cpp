// SPDX-License-Identifier: Apache-2.0
#include "deps/licence.hpp"
#include "deps/licence_ids.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;
using namespace sluice::deps;

namespace {

/// The expression with the operators behind what they join: "MIT Apache-2.0 OR"; what is not known in quotes.
std::string
postfix(std::string_view text)
{
  const auto expression = parse_licence(text);
  if (!expression) {
    return "! " + expression.error().message;
  }
  std::string out;
  for (const LicenceExpression::Step& step : expression->steps) {
    out += out.empty() ? "" : " ";
    out += step.kind == LicenceExpression::Kind::all      ? "AND"
           : step.kind == LicenceExpression::Kind::any    ? "OR"
           : step.term.kind == LicenceTerm::Kind::unknown ? "'" + step.term.id + "'"
           : step.term.exception.empty()                  ? step.term.id
                                                          : step.term.id + "+" + step.term.exception;
  }
  return out;
}

}  // namespace

TEST_CASE("AND binds closer than OR, and parentheses closer than both")
{
  CHECK(postfix("MIT") == "MIT");
  CHECK(postfix("MIT OR Apache-2.0") == "MIT Apache-2.0 OR");
  CHECK(postfix("(MIT OR Apache-2.0)") == "MIT Apache-2.0 OR");
  CHECK(postfix("MIT OR ISC AND Zlib") == "MIT ISC Zlib AND OR");
  CHECK(postfix("MIT AND ISC OR Zlib") == "MIT ISC AND Zlib OR");
  CHECK(postfix("(MIT OR ISC) AND Zlib") == "MIT ISC OR Zlib AND");
  CHECK(postfix("((MIT)) and (isc or ZLIB)") == "MIT ISC Zlib OR AND");
  CHECK(postfix("MIT/Apache-2.0") == "MIT Apache-2.0 OR");
}

TEST_CASE("identifiers are the list's, whatever the case, and the GNU licences' old names mean their new ones")
{
  CHECK(postfix("apache-2.0") == "Apache-2.0");
  CHECK(postfix("GPL-2.0") == "GPL-2.0-only");
  CHECK(postfix("gpl-2.0+") == "GPL-2.0-or-later");
  CHECK(postfix("GPL-2.0-only") == "GPL-2.0-only");
  CHECK(postfix("GPL-2.0-or-later") == "GPL-2.0-or-later");
  CHECK(postfix("LGPL-2.1") == "LGPL-2.1-only");
  CHECK(postfix("GFDL-1.3+") == "GFDL-1.3-or-later");
  CHECK(postfix("Apache-1.1+") == "Apache-1.1+");
  CHECK(postfix("GPL-2.0-with-classpath-exception") == "GPL-2.0-only+Classpath-exception-2.0");
  CHECK(postfix("wxWindows") == "LGPL-2.0-or-later+WxWindows-exception-3.1");
  CHECK(postfix("LicenseRef-Acme") == "LicenseRef-Acme");
  CHECK(postfix("DocumentRef-other:LicenseRef-1.0") == "DocumentRef-other:LicenseRef-1.0");
  CHECK(postfix("LicenseRef-") == "'LicenseRef-'");
}

TEST_CASE("an exception is one of the list's, or the whole is not known")
{
  CHECK(postfix("gpl-2.0 with classpath-exception-2.0") == "GPL-2.0-only+Classpath-exception-2.0");
  CHECK(postfix("Apache-2.0 WITH LLVM-exception OR MIT") == "Apache-2.0+LLVM-exception MIT OR");
  CHECK(postfix("Apache-2.0 WITH Commons-Clause") == "'Apache-2.0 WITH Commons-Clause'");
  CHECK(postfix("WITH LLVM-exception").starts_with("! "));
  CHECK(postfix("MIT WITH").starts_with("! "));
}

TEST_CASE("a name that is not on the list is what the table says, told, or not known")
{
  CHECK(postfix("Apache 2.0 OR MIT") == "Apache-2.0 MIT OR");
  CHECK(postfix("The Apache License, Version 2.0") == "Apache-2.0");
  CHECK(postfix("The MIT License (MIT)") == "MIT");
  CHECK(postfix("MIT License") == "MIT");
  CHECK(postfix("GNU General Public License v2.0 or later") == "GPL-2.0-or-later");
  CHECK(postfix("BSD") == "'BSD'");
  CHECK(postfix("BSD License") == "'BSD License'");
  CHECK(postfix("GPLv3") == "'GPLv3'");
  CHECK(postfix("Apache") == "'Apache'");
  CHECK(postfix("MIT And Zlib") == "'MIT And Zlib'");
  const auto told = parse_licence("Apache 2.0 OR MIT");
  REQUIRE(told);
  REQUIRE(told->read_as.size() == 1);
  CHECK(told->read_as.front() == "\"Apache 2.0\" as Apache-2.0");
  CHECK(parse_licence("Apache-2.0 OR mit")->read_as.empty());
}

TEST_CASE("what is no expression says why")
{
  CHECK(postfix("") == "! is empty");
  CHECK(postfix("UNLICENSED") == "! says that nobody else may use it");
  CHECK(postfix("SEE LICENSE IN LICENSE.md") == "! leads to a file that is not in a lockfile");
  CHECK(postfix("NOASSERTION") == "! says that nobody knows");
  CHECK(postfix("(MIT") == "! has a parenthesis that is not closed");
  for (const std::string_view text : {"MIT)", "MIT OR", "OR MIT", "()", "MIT (ISC)", "(MIT) ISC", "MIT OR OR ISC",
                                      "https://opensource.org/licenses/MIT", "MIT and/or GPL-2.0"}) {
    CHECK_MESSAGE(postfix(text) == "! is no expression of licences", text);
  }
  CHECK(postfix(std::string(max_licence_bytes + 1, 'a')) == "! is longer than 4096 bytes");
  CHECK(postfix(std::string(max_licence_bytes, '(')).starts_with("! "));
}

TEST_CASE("R's spelling of licences")
{
  CHECK(licence_of_r("GPL (>= 2)") == "GPL-2.0-or-later");
  CHECK(licence_of_r("GPL-2 | GPL-3") == "GPL-2.0-only OR GPL-3.0-only");
  CHECK(licence_of_r("MIT + file LICENSE") == "MIT");
  CHECK(licence_of_r("BSD_3_clause + file LICENSE | CC0") == "BSD-3-Clause OR CC0-1.0");
  CHECK(postfix(licence_of_r("file LICENSE")) == "! leads to a file that is not in a lockfile");
}

TEST_CASE("later versions are those of the same licence")
{
  CHECK(versions_from(licence_version("GPL-2.0-or-later")) == std::vector<std::string>{"GPL-2.0-only", "GPL-3.0-only"});
  CHECK(versions_from(licence_version("Apache-1.1+")) == std::vector<std::string>{"Apache-1.1", "Apache-2.0"});
  CHECK(versions_from(licence_version("BSD-2-Clause+")).empty());
  CHECK(is_at_most("2.0", "2.0"));
  CHECK(is_at_most("2.0", "10.0"));
  CHECK_FALSE(is_at_most("2.1", "2.0"));
}
