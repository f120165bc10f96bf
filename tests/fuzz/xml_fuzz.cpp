// SPDX-License-Identifier: Apache-2.0
//
// A document of XML, walked from end to end: lines never go back, names have no prefix, and every lockfile of XML or of
// text that may be one is read without harm.
#include "deps/lockfile.hpp"
#include "deps/xml.hpp"
#include "fuzz/require.hpp"
#include "support/memory_tree.hpp"

#include <array>

namespace {

using namespace sluice::deps;

// As deep as documents are read.
std::uint32_t
walk(Element element, std::uint32_t line)  // NOLINT(misc-no-recursion)
{
  require(element.line() >= line && !element.name().empty());
  line = element.line();
  for (const Element child : element) {
    line = walk(child, line);
  }
  return line;
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto xml = read_xml(text)) {
    walk(xml->root(), 1);
  }
  const sluice::test::MemoryTree tree;
  for (const std::string_view path :
       {"pom.xml", "a.csproj", "Directory.Packages.props", "packages.config", "gradle/verification-metadata.xml",
        "a.cdx.xml", "a.cdx.json", "a.spdx", "a.spdx.json", "gradle.lockfile", "paket.lock", "packages.lock.json",
        "obj/project.assets.json", "a.deps.json"}) {
    if (const Lockfile* format = find_lockfile(path, text)) {
      const PackageList list = read_lockfile(*format, std::string(path), text, tree);
      require(!list.is_refused() || (list.packages().empty() && !list.gaps().empty()));
    }
  }
  return 0;
}
