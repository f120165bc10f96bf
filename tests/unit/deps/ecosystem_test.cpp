// SPDX-License-Identifier: Apache-2.0
#include "deps/ecosystem.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace sluice::deps;

TEST_CASE("ecosystems are in order, and each has an order that there is")
{
  CHECK(std::is_sorted(ecosystems().begin(), ecosystems().end(),
                       [](const Ecosystem& a, const Ecosystem& b) { return a.name < b.name; }));
  for (const Ecosystem& ecosystem : ecosystems()) {
    CAPTURE(ecosystem.name);
    CHECK((ecosystem.scheme.empty() || find_scheme(ecosystem.scheme) != nullptr));
  }
}

TEST_CASE("who publishes packages of other ecosystems has their orders")
{
  const auto id = [](std::string_view ecosystem) {
    const Scheme* scheme = scheme_of(ecosystem);
    return scheme == nullptr ? std::string_view() : scheme->id;
  };
  CHECK(id("Debian:12") == "debian");
  CHECK(id("Root:Alpine:3.18") == "alpine");
  CHECK(id("Root:Debian:12") == "debian");
  CHECK(id("Root:Python") == "pep440");
  CHECK(id("Root:npm") == "npm-rebuilt");
  CHECK(id("Root") == "");
  CHECK(id("Echo") == "debian");
  CHECK(id("Echo:maven") == "maven");
  CHECK(id("Echo:npm") == "npm-rebuilt");
  CHECK(id("TuxCare:npm") == "npm");
  CHECK(id("TuxCare") == "");
  CHECK(id("TuxCare:TuxCare:npm") == "");
  CHECK(id("Docker Hardened Images:Alpine:3.23") == "alpine");
  CHECK(id("Android") == "");
  CHECK(id("nowhere") == "");
}
