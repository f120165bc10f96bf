// SPDX-License-Identifier: Apache-2.0
#include "deps/online_names.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sluice;
using namespace sluice::deps;

namespace {

constexpr std::string_view public_place = "https://registry.npmjs.org/left/-/left-1.0.0.tgz";

Package
package_of(std::string_view name, std::string_view ecosystem = "npm", std::string_view location = {})
{
  Package package;
  package.ecosystem = ecosystem;
  package.name = name;
  package.version = "1.0.0";
  package.location = location;
  return package;
}

/// Files that were read of the same or of another change.
struct Files
{
  void
  add(std::initializer_list<Package> packages, bool is_unchanged = false)
  {
    LockedFile& file = locked.files.emplace_back();
    file.format = lockfiles().front();
    file.is_unchanged = is_unchanged;
    for (const Package& package : packages) {
      file.list.add(package);
    }
  }

  LockedFiles locked;
};

}  // namespace

TEST_CASE("the name of a package of the public registry may be sent")
{
  const DepsOptions options;
  CHECK(sending_of(package_of("left", "npm", public_place), options) == Sending::allowed);
  CHECK(sending_of(package_of("left"), options) == Sending::allowed);
  CHECK(sending_of(package_of("golang.org/x/text", "Go"), options) == Sending::allowed);
  CHECK(sending_of(package_of("openssl", "Debian:12"), options) == Sending::allowed);
  CHECK(sending_of(package_of("drupal/core", "Packagist:https://packages.drupal.org/8"), options) == Sending::allowed);
}

TEST_CASE("the name of a package of another place may not")
{
  DepsOptions options;
  for (const Source source : {Source::git, Source::url, Source::path}) {
    Package package = package_of("left");
    package.source = source;
    CHECK(sending_of(package, options) == Sending::is_elsewhere);
  }
  const Package own = package_of("left", "npm", "https://npm.example.com/left/-/left-1.0.0.tgz");
  CHECK(sending_of(own, options) == Sending::is_elsewhere);
  options.registries = {"*.example.com"};
  CHECK(sending_of(own, options) == Sending::is_elsewhere);
  CHECK(sending_of(package_of("git.example.com/shop/text", "Go"), options) == Sending::is_elsewhere);
  CHECK(sending_of(package_of("git.example.com/shop/text", "SwiftURL"), options) == Sending::is_elsewhere);
  CHECK(sending_of(package_of("github.com/shop/text", "Go"), options) == Sending::allowed);
}

TEST_CASE("a private name stays however it is written")
{
  DepsOptions options;
  options.private_packages = {"@acme/*", "Acme_Tool*", "com.acme:*"};
  for (const std::string_view name :
       {"@acme/tool", "@ACME/tool", "acme-tool", "acme.tool", "ACME_TOOL", "acme-toolbox"}) {
    CHECK_MESSAGE(sending_of(package_of(name, "PyPI"), options) == Sending::is_private, name);
  }
  CHECK(sending_of(package_of("com.acme:tool", "Maven"), options) == Sending::is_private);
  CHECK(sending_of(package_of("@other/tool"), options) == Sending::allowed);
  CHECK(sending_of(package_of("acme"), options) == Sending::allowed);
}

TEST_CASE("what no registry has for a name is not sent")
{
  const DepsOptions options;
  const std::string longest(512, 'a');
  const std::string too_long(513, 'a');
  CHECK(sending_of(package_of(longest), options) == Sending::allowed);
  CHECK(sending_of(package_of(too_long), options) == Sending::is_no_name);
  CHECK(sending_of(package_of("left\n"), options) == Sending::is_no_name);
  CHECK(sending_of(package_of("left", "Maven:https://maven.example.com/secret"), options) == Sending::is_no_name);
}

TEST_CASE("each name is there once, as brought if any file brings it")
{
  Files files;
  files.add({package_of("left"), package_of("right")}, true);
  files.add({package_of("left"), package_of("Flask_Login", "PyPI"), package_of("own", "no such ecosystem")});
  const OnlineNames names = online_names(files.locked, {});
  CHECK(names.sent
        == std::map<PackageName, Brought>{
            {{"PyPI", "flask-login"}, Brought::yes}, {{"npm", "left"}, Brought::yes}, {{"npm", "right"}, Brought::no}});
  CHECK(names.kept.empty());
}

TEST_CASE("a fork of a public package needs no telling where the public one is asked for, a private name always")
{
  Package fork = package_of("left");
  fork.source = Source::git;
  Package other = package_of("other");
  other.source = Source::git;
  DepsOptions options;
  options.private_packages = {"acme__*"};
  Files files;
  files.add({fork, package_of("left"), other, package_of("acme__tool", "PyPI"), package_of("acme-tool", "PyPI")});
  const OnlineNames names = online_names(files.locked, options);
  CHECK(names.sent == std::map<PackageName, Brought>{{{"npm", "left"}, Brought::yes}});
  REQUIRE(names.kept.size() == 2);
  CHECK(names.kept.at({"npm", Sending::is_elsewhere}) == std::map<std::string, Brought>{{"other", Brought::yes}});
  CHECK(names.kept.at({"PyPI", Sending::is_private}) == std::map<std::string, Brought>{{"acme-tool", Brought::yes}});
}
