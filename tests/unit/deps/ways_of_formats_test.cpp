// SPDX-License-Identifier: Apache-2.0
//
// Every format that says who needs whom tells by which way a package comes: of every case of every format, each package
// that a chain of needs leads to from one that the project names has such a way.
#include "deps/lockfile.hpp"
#include "deps/ways.hpp"
#include "gate/file_tree.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

using namespace sluice;
using namespace sluice::deps;

namespace {

namespace fs = std::filesystem;

/// What chains of needs lead to from packages that are named directly.
std::set<PackageId>
reached(const PackageList& list)
{
  std::set<PackageId> all;
  std::vector<PackageId> waiting;
  for (PackageId id = 0; id < list.packages().size(); ++id) {
    if (list.packages()[id].part == Part::third_party && list.packages()[id].is_direct) {
      waiting.push_back(id);
    }
  }
  while (!waiting.empty()) {
    const PackageId from = waiting.back();
    waiting.pop_back();
    for (const Need& need : list.needs()) {
      if (need.from == from && list.packages()[need.to].part == Part::third_party && all.insert(need.to).second) {
        waiting.push_back(need.to);
      }
    }
  }
  return all;
}

/// How many packages of the case come by others.
std::size_t
check_case(const Lockfile& format, const fs::path& directory)
{
  const gate::DiskTree tree(directory / "input");
  std::size_t count = 0;
  for (const std::string& path : tree.list("").files) {
    auto text = tree.read(path);
    if (!text || find_lockfile(path, *text) != &format) {
      continue;
    }
    const PackageList list = read_lockfile(format, path, *std::move(text), tree);
    WayFinder finder(list);
    for (const PackageId id : reached(list)) {
      CAPTURE(directory.string());
      CAPTURE(std::string(list.packages()[id].name));
      CHECK(finder.ways_to(std::array{id}, 1).count != 0);
      ++count;
    }
  }
  return count;
}

}  // namespace

TEST_CASE("every format that carries needs tells ways")
{
  std::set<std::string_view> with_ways;
  for (const Lockfile* format : lockfiles()) {
    const fs::path of_format = test::source_directory() / "fixtures/deps/lockfiles" / std::string(format->id);
    for (const auto& directory : fs::directory_iterator(of_format)) {
      if (check_case(*format, directory.path()) != 0) {
        with_ways.insert(format->id);
      }
    }
  }
  for (const std::string_view id :
       {"actions-lock", "bun",    "bundler", "cargo", "cocoapods",    "composer",   "conan",       "cyclonedx", "deno",
        "dotnet-deps",  "julia",  "mix",     "npm",   "nuget-assets", "nuget-lock", "paket",       "pdm",       "pnpm",
        "poetry",       "pylock", "renv",    "spdx",  "uv",           "yarn-berry", "yarn-classic"}) {
    CAPTURE(std::string(id));
    CHECK(with_ways.contains(id));
  }
}
