// SPDX-License-Identifier: Apache-2.0
#include "deps/lockfile.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

using namespace sluice;
using namespace sluice::deps;

namespace {

namespace fs = std::filesystem;

/// What is in the files of a format's cases, each read where it lies.
std::vector<PackageList>
lists_of(const Lockfile& format)
{
  std::vector<PackageList> lists;
  for (const auto& of_case :
       fs::directory_iterator(test::source_directory() / "fixtures/deps/lockfiles" / std::string(format.id))) {
    const gate::DiskTree tree(of_case.path() / "input");
    for (const std::string& path : tree.tracked().files) {
      const auto text = tree.read(path);
      if (text && find_lockfile(path, *text) == &format) {
        lists.push_back(read_lockfile(format, path, *text, tree));
      }
    }
  }
  return lists;
}

bool
is_of_registry(const Package& package)
{
  return package.part == Part::third_party && package.source == Source::registry && !package.version.empty();
}

/// What one format's cases have among the packages that are installed from them.
struct Seen
{
  bool has_npm = false;
  bool has_override = false;
};

Seen
seen_in(const std::vector<PackageList>& lists)
{
  Seen seen;
  for (const PackageList& list : lists) {
    seen.has_override = seen.has_override || !list.overrides().empty();
    for (const Package& package : list.packages()) {
      seen.has_npm = seen.has_npm || (is_of_registry(package) && package.ecosystem == "npm");
    }
  }
  return seen;
}

}  // namespace

TEST_CASE("whoever locks packages of npm has a package manager whose settings count")
{
  // They are there where no package manager has locked anything.
  const std::set<std::string_view> without{"package-json", "deno-imports"};
  for (const Lockfile* format : lockfiles()) {
    CAPTURE(format->id);
    const std::vector<PackageList> lists = lists_of(*format);
    REQUIRE(!lists.empty());
    const Seen seen = seen_in(lists);
    if (format->purpose == Purpose::install && seen.has_npm && !without.contains(format->id)) {
      CHECK(format->installer != Installer::other);
    }
    CHECK((!seen.has_override || format->installer != Installer::other));
  }
}

TEST_CASE("a format of which hashes are demanded has them")
{
  for (const Lockfile* format : lockfiles()) {
    CAPTURE(format->id);
    bool has_hash = format->hashed == Hashed::some && format->weak_hash != WeakHash::outgrown;
    for (const PackageList& list : lists_of(*format)) {
      for (const Package& package : list.packages()) {
        has_hash = has_hash || (is_of_registry(package) && !package.integrity.empty());
      }
    }
    CHECK(has_hash);
  }
}
