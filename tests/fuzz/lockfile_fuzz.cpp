// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a lockfile of any format, alone and with the same bytes as every file around it. Whatever a reader makes
// of them is a list that holds together: needs lead to packages, a refused file has none, and every gap says why.
#include "deps/listing.hpp"
#include "deps/lockfile.hpp"
#include "fuzz/require.hpp"
#include "support/memory_tree.hpp"

#include <array>

namespace {

using namespace sluice;

/// Every file has the same content.
test::MemoryTree
tree_of(const std::string& text)
{
  test::MemoryTree tree;
  for (const std::string_view path : {"Cargo.toml", "a/Cargo.toml", "a/package.json", "package.json", "pom.xml"}) {
    tree.files.emplace(path, text);
  }
  tree.others = text;
  return tree;
}

/// A path that the format fits, made of its first pattern.
std::string
path_of(const deps::Lockfile& format)
{
  std::string path;
  for (const char character : format.paths.front()) {
    path += character == '*' ? 'a' : character;
  }
  return path;
}

void
check(const deps::PackageList& list)
{
  const auto packages = list.packages();
  require(!list.is_refused() || (packages.empty() && !list.gaps().empty()));
  for (const deps::Need& need : list.needs()) {
    require(need.from < packages.size() && need.to < packages.size());
  }
  for (const Gap& gap : list.gaps()) {
    require(!gap.subject.empty() && !gap.why.empty());
  }
  for (const deps::Package& package : packages) {
    require(package.part == deps::Part::root || !package.ecosystem.empty());
  }
  static_cast<void>(deps::json_lines(list));
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size == 0) {
    return 0;
  }
  const auto formats = deps::lockfiles();
  const deps::Lockfile& format = *formats[data[0] % formats.size()];
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  check(deps::read_lockfile(format, path_of(format), text, test::MemoryTree()));
  check(deps::read_lockfile(format, path_of(format), text, tree_of(text)));
  return 0;
}
