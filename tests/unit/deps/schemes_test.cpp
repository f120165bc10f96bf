// SPDX-License-Identifier: Apache-2.0
//
// What holds of every order, over texts that a seeded generator makes. Whether it is the tool's order is asked of the
// tools themselves (tests/e2e/versions_test.py).
#include "deps/ecosystem.hpp"
#include "deps/scheme.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace sluice::deps;

namespace {

constexpr std::array<std::string_view, 44> tokens{
    ".",  ".",  ".",  "-",  "-",    "+",   "_",   "~",   "^",      ":",     "0",    "0",     "1",    "1",       "2",
    "9",  "10", "00", "01", "2024", "a",   "b",   "rc",  "rc1",    "alpha", "beta", "dev",   "post", "pre",     "sp",
    "ga", "x",  "v",  "go", "!",    "-r1", "_p1", "_rc", ".x-dev", "dev-",  "k",    "final", "1k",   "\xC3\xA9"};

class Texts
{
public:
  std::string
  text()
  {
    std::string made =
        std::to_string(random_() % 3) + (random_() % 2 == 0 ? ".0" : ".1") + (random_() % 2 == 0 ? ".0" : "");
    for (std::size_t count = random_() % 5; count > 0; --count) {
      made += tokens[random_() % tokens.size()];
    }
    return random_() % 8 == 0 ? made.substr(random_() % made.size()) : made;
  }

private:
  std::mt19937 random_{8};  // NOLINT(cert-msc51-cpp): the same texts each time
};

std::vector<std::string>
versions_of(const Scheme& scheme, std::size_t count)
{
  Texts texts;
  std::vector<std::string> versions;
  for (std::size_t tries = 0; tries < 200 * count && versions.size() < count; ++tries) {
    std::string text = texts.text();
    if (is_version(scheme, text)) {
      versions.push_back(std::move(text));
    }
  }
  return versions;
}

}  // namespace

TEST_CASE("every order is reflexive and antisymmetric, and what is no version is so on either side")
{
  for (const Scheme* scheme : schemes()) {
    CAPTURE(scheme->id);
    Texts texts;
    for (int i = 0; i < 3000; ++i) {
      const std::string a = texts.text();
      const std::string b = texts.text();
      CAPTURE(a);
      CAPTURE(b);
      const auto order = scheme->compare(a, b);
      const auto reverse = scheme->compare(b, a);
      REQUIRE(order.has_value() == reverse.has_value());
      REQUIRE((!order || *order == 0 <=> *reverse));
      REQUIRE(scheme->compare(a, a).value_or(std::weak_ordering::equivalent) == 0);
      REQUIRE((!order || (is_version(*scheme, a) && is_version(*scheme, b))));
    }
  }
}

TEST_CASE("every order without known cycles is transitive")
{
  for (const Scheme* scheme : schemes()) {
    CAPTURE(scheme->id);
    const std::vector<std::string> versions = versions_of(*scheme, 40);
    REQUIRE(versions.size() == 40);
    if (scheme->cycles == Cycles::known) {
      continue;
    }
    for (const std::string& a : versions) {
      for (const std::string& b : versions) {
        for (const std::string& c : versions) {
          const auto left = scheme->compare(a, b);
          const auto right = scheme->compare(b, c);
          if (left && right && *left <= 0 && *right <= 0) {
            CAPTURE(a);
            CAPTURE(b);
            CAPTURE(c);
            const auto whole = scheme->compare(a, c);
            REQUIRE(whole);
            REQUIRE((*left < 0 || *right < 0 ? *whole < 0 : *whole == 0));
          }
        }
      }
    }
  }
}

TEST_CASE("the cycles that Maven and Conan have are those of their tools")
{
  const Scheme& maven = *find_scheme("maven");
  CHECK(maven.compare("1-alpha", "1") == std::weak_ordering::less);
  CHECK(maven.compare("1", "1.sp.1") == std::weak_ordering::less);
  CHECK(maven.compare("1.sp.1", "1-alpha") == std::weak_ordering::less);
  const Scheme& conan = *find_scheme("conan");
  CHECK(conan.compare("9", "10") == std::weak_ordering::less);
  CHECK(conan.compare("10", "1a") == std::weak_ordering::less);
  CHECK(conan.compare("1a", "9") == std::weak_ordering::less);
}

TEST_CASE("what stands where a version is not known is no version of any scheme")
{
  for (const Scheme* scheme : schemes()) {
    CAPTURE(scheme->id);
    for (const char* text : {"", " ", "*", "latest", "unspecified", "HEAD", "${project.version}", "[1.0,2.0)", ">=1.0",
                             "\xFF\xFE", "1.0 || 2.0"}) {
      CAPTURE(text);
      CHECK_FALSE(is_version(*scheme, text));
    }
  }
}

TEST_CASE("a megabyte of digits or dots is compared, and much of anything else")
{
  constexpr std::size_t megabyte = 1 << 20;
  constexpr std::size_t much = 1 << 15;
  for (const Scheme* scheme : schemes()) {
    for (const std::string_view unit :
         {"1", "0", ".1", ".", "-", "-1", "a1", ".a", "~", "^", "_p", ".0", "-a", "1-", "final-", "+"}) {
      std::string a = "1";
      while (a.size() < (unit == "1" || unit == "." ? megabyte : much)) {
        a += unit;
      }
      const auto order = scheme->compare(a, a + "1");
      CHECK((!order || *order == 0 <=> *scheme->compare(a + "1", a)));
      CHECK(scheme->compare(a, a).value_or(std::weak_ordering::equivalent) == 0);
    }
  }
}

TEST_CASE("a moving tag is judged against what is beyond all that it may point at, and not inside")
{
  const Scheme& actions = *find_scheme("github-actions");
  CHECK(actions.compare("v45", "46.0.1") == std::weak_ordering::less);
  CHECK(actions.compare("v47", "46.0.1") == std::weak_ordering::greater);
  CHECK_FALSE(actions.compare("v46", "46.0.1"));
  CHECK_FALSE(actions.compare("v46", "46.0.0"));
  CHECK_FALSE(actions.compare("v46.0", "v46"));
  CHECK(actions.compare("v46", "46") == std::weak_ordering::equivalent);
  CHECK(actions.compare("v46.0.2", "46.0.1") == std::weak_ordering::greater);
  CHECK_FALSE(is_version(actions, "1234567890123456789012345678901234567890"));
}
