// SPDX-License-Identifier: Apache-2.0
#include "deps/address.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace sluice;
using namespace sluice::deps;

TEST_CASE("an address is read as each package manager writes it")
{
  struct Case
  {
    std::string_view text, transport, host, path;
  };
  const std::array<Case, 21> cases{{
      {"https://registry.npmjs.org/a/-/a-1.0.0.tgz#abc", "https", "registry.npmjs.org", "a/-/a-1.0.0.tgz"},
      {"git+ssh://git@github.com/acme/kit.git#1234", "ssh", "github.com", "acme/kit.git"},
      {"git+https://user:word@GitHub.com:443/acme/kit?branch=main#1234", "https", "github.com", "acme/kit"},
      {"registry+https://github.com/rust-lang/crates.io-index", "https", "github.com", "rust-lang/crates.io-index"},
      {"sparse+https://index.crates.io/", "https", "index.crates.io", ""},
      {"github:acme/kit#v1", "https", "github.com", "acme/kit"},
      {"git@github.com:acme/kit.git", "ssh", "github.com", "acme/kit.git"},
      {"git://example.org/kit", "git", "example.org", "kit"},
      {"http://[::1]:4873/a.tgz", "http", "[::1]", "a.tgz"},
      {"https%3A%2F%2Fnpm.acme.example%2Fa%2Fa-1.0.0.tgz&__x=1", "https", "npm.acme.example", "a/a-1.0.0.tgz"},
      {"https://example.org./a", "https", "example.org", "a"},
      {"https://example.org/a/-/../../b/./c", "https", "example.org", "b/c"},
      {"https://example.org/a/%2e%2E/%2d%2F", "https", "example.org", "-%2F"},
      {"https:\\\\example.org\\a", "https", "example.org", "a"},
      {"https://example.org/a b", "https", "example.org", "a b"},
      {"https:/example.org/a", "https", "example.org", "a"},
      {"HTTP:example.org//a", "http", "example.org", "a"},
      {" ht\ttps://exam\nple.org/a ", "https", "example.org", "a"},
      {"file:../lib", "", "", ""},
      {"../lib", "", "", ""},
      {"vendor/a@b:c", "", "", ""},
  }};
  for (const Case& each : cases) {
    const Address address = address_of(each.text);
    CHECK_MESSAGE(address.transport == each.transport, each.text);
    CHECK_MESSAGE(address.host == each.host, each.text);
    CHECK_MESSAGE(address.path == each.path, each.text);
  }
}

TEST_CASE("what is on the way can be changed where nothing encrypts it")
{
  for (const char* const open : {"http://example.org/a", "git+http://example.org/a", "git://example.org/a",
                                 "registry+http://example.org", "ftp://example.org/a", "HTTP://example.org/a"}) {
    CHECK_MESSAGE(is_unencrypted(address_of(open)), open);
  }
  for (const char* const closed : {"https://example.org/a", "git+ssh://git@example.org/a", "git@example.org:a",
                                   "http://localhost:4873/a", "http://127.0.0.1/a", "http://[::1]/a", "../a", ""}) {
    CHECK_MESSAGE(!is_unencrypted(address_of(closed)), closed);
  }
}

TEST_CASE("the public registry of one ecosystem is none of another")
{
  CHECK(is_public_registry("npm", address_of("https://registry.yarnpkg.com/a/-/a-1.0.0.tgz")));
  CHECK(is_public_registry("npm", address_of("")));
  CHECK_FALSE(is_public_registry("npm", address_of("https://pypi.org/simple")));
  CHECK_FALSE(is_public_registry("npm", address_of("https://registry.npmjs.org.mallory.example/a")));
  CHECK_FALSE(is_public_registry("npm", address_of("https://registry.npmjs.org@mallory.example/a")));
  CHECK(is_public_registry("crates.io", address_of("registry+https://github.com/rust-lang/crates.io-index")));
  CHECK_FALSE(is_public_registry("crates.io", address_of("registry+https://github.com/mallory/crates.io-index")));
  CHECK_FALSE(has_registry("Go"));
  CHECK(has_registry("Packagist:https://packages.drupal.org/8"));
}

TEST_CASE("a listed host covers all of it, a listed path only what lies below")
{
  const std::vector<std::string> registries{"npm.acme.example", "github.com/acme/*"};
  CHECK(is_listed(registries, address_of("https://npm.acme.example/a/b")));
  CHECK(is_listed(registries, address_of("github:acme/kit")));
  CHECK_FALSE(is_listed(registries, address_of("github:mallory/kit")));
  CHECK_FALSE(is_listed(registries, address_of("https://acme.example/a")));
  CHECK_FALSE(is_listed({}, address_of("https://npm.acme.example/a/b")));
}
