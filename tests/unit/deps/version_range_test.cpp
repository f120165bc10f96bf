// SPDX-License-Identifier: Apache-2.0
//
// Ranges of ecosystems other than npm; tests/e2e/versions_test.py compares them with the tools themselves.
#include "deps/range.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace sluice::deps;

namespace {

struct Asked
{
  std::string_view ecosystem, range, version;
  char answer;  ///< y, n, or ? where it cannot be told
};

void
check(const std::vector<Asked>& all)
{
  for (const Asked& each : all) {
    CAPTURE(each.ecosystem);
    CAPTURE(each.range);
    CAPTURE(each.version);
    const auto is_admitted = range_admits(each.ecosystem, each.range, each.version);
    CHECK((!is_admitted ? '?' : *is_admitted ? 'y' : 'n') == each.answer);
  }
}

}  // namespace

TEST_CASE("ranges of PyPI, with what Poetry adds")
{
  check({{"PyPI", ">=1.21.1,<3", "2.9", 'y'},
         {"PyPI", ">=1.21.1,<3", "3.0", 'n'},
         {"PyPI", "~=1.4.2", "1.4.9", 'y'},
         {"PyPI", "~=1.4.2", "1.5", 'n'},
         {"PyPI", "==1.2.*", "1.2.9+local", 'y'},
         {"PyPI", "!=1.2.*,>1", "1.2.9", 'n'},
         {"PyPI", "^0.2.3", "0.2.9", 'y'},
         {"PyPI", "^0.2.3", "0.3.0", 'n'},
         {"PyPI", "~1.2", "1.2.9", 'y'},
         {"PyPI", "~1.2", "1.3", 'n'},
         {"PyPI", "<1.0 || >=2.0", "2.1", 'y'},
         {"PyPI", "<1.0||>=2.0", "1.5", 'n'},
         {"PyPI", "*", "7", 'y'},
         {"PyPI", "1.2.3", "1.2.3", 'y'},
         {"PyPI", "===1.2.3", "1.2.3", '?'},
         {"PyPI", "latest", "1.2.3", '?'},
         {"PyPI", ">=1.0", "2.0rc1", '?'},
         {"PyPI", "", "2.0", '?'}});
}

TEST_CASE("ranges of RubyGems, Packagist, Hex and crates.io")
{
  check({{"RubyGems", "~> 1.2, >= 1.2.3", "1.9", 'y'},
         {"RubyGems", "~> 1.2.0", "1.3", 'n'},
         {"RubyGems", "= 7.0.1", "7.0.2", 'n'},
         {"RubyGems", "~> 1", "1.9", 'y'},
         {"Packagist", "^1.2 || ~2.0", "2.9.1", 'y'},
         {"Packagist", "~2.0.1", "2.1.0", 'n'},
         {"Packagist", "1.0 - 2.0", "2.0.7", 'y'},
         {"Packagist", "1.0.0 - 2.0.0", "2.0.7", 'n'},
         {"Packagist", "dev-main", "2.0.7", 'n'},
         {"Packagist", "dev-main || ^2.0", "2.0.7", 'y'},
         {"Packagist", "^1.2@dev", "1.3.0", 'y'},
         {"Packagist", ">1.2@dev", "1.2.0", '?'},
         {"Packagist", "1.0 - *", "1.2.0", '?'},
         {"Packagist:https://packages.drupal.org/8", "^1.2", "2.0.0", 'n'},
         {"Hex", "~> 2.12", "2.99.0", 'y'},
         {"Hex", ">= 1.0.0 and < 2.0.0", "2.0.0", 'n'},
         {"Hex", "~> 1.0 or ~> 2.0", "2.1.0", 'y'},
         {"crates.io", "1.2", "1.9.0", 'y'},
         {"crates.io", "1.2", "2.0.0", 'n'},
         {"crates.io", "0.2.3", "0.3.0", 'n'},
         {"crates.io", "=1.2", "1.2.9", 'y'},
         {"crates.io", "=1.2.3", "1.2.4", 'n'},
         {"crates.io", ">1.2", "1.2.9", 'n'},
         {"crates.io", "<=1.2", "1.2.9", 'y'},
         {"crates.io", "~1.2", "1.3.0", 'n'},
         {"crates.io", ">=1.2, <1.5", "1.4.0+build", 'y'},
         {"crates.io", "1.*", "1.4.0", 'y'},
         {"crates.io", "1", "1.4.0-rc.1", '?'}});
}

TEST_CASE("ranges of NuGet, and as Paket writes them")
{
  check({{"NuGet", "1.0", "9.0", 'y'},
         {"NuGet", "[1.0]", "1.0.1", 'n'},
         {"NuGet", "[1.0, 2.0)", "2.0.0", 'n'},
         {"NuGet", "[1.0, 2.0)", "2.0.0-beta", 'y'},
         {"NuGet", "(1.0,)", "1.0.0", 'n'},
         {"NuGet", "(,2.0]", "2.0.0", 'y'},
         {"NuGet", "[1.*, )", "2.0.0", '?'},
         {"NuGet", "(1.0)", "1.0.0", '?'},
         {"NuGet", "[1.0", "1.0.0", '?'},
         {"NuGet", "[]", "1.0.0", '?'},
         {"NuGet", "[", "1.0.0", '?'},
         {"NuGet", ">= 4.3 < 5.0", "5.0", 'n'},
         {"NuGet", "~> 4.3", "4.9", 'y'}});
}

TEST_CASE("what is no range, or of no ecosystem whose ranges are known, is told as that")
{
  check({{"Go", "v1.2.3", "v1.2.3", '?'},
         {"PyPI", ">=99999999999999999999999", "1.0", '?'},
         {"PyPI", "==1.2.*.3", "1.0", '?'},
         {"PyPI", ">=1!1.0", "1.0", '?'},
         {"Hex", "~> 1.0 and", "1.0.0", '?'},
         {"crates.io", "not a range", "1.0.0", '?'}});
  CHECK_FALSE(range_admits("PyPI", std::string(70'000, '1'), "1.0").has_value());
  CHECK_FALSE(are_ranges_known("Go"));
  CHECK(are_ranges_known("npm"));
}
