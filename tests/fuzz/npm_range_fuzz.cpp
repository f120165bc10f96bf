// SPDX-License-Identifier: Apache-2.0
//
// Ranges of npm are more closely looked at, and those of other ecosystems are at least read. Two ranges with a version,
// a line each: the least version of a range is one, a range is within itself and in what any release is in, and a
// release that is in a range is in each that it is within.
#include "deps/npm_range.hpp"
#include "deps/range.hpp"
#include "require.hpp"

using namespace sluice::deps;

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t first = std::min(text.find('\n'), size);
  const std::size_t second = std::min(text.find('\n', std::min(first + 1, size)), size);
  const auto a = NpmRange::parse(text.substr(0, first));
  const auto b = NpmRange::parse(text.substr(std::min(first + 1, size), second - std::min(first + 1, second)));
  const std::string_view version = text.substr(std::min(second + 1, size));
  const auto parsed = parse_npm_version(version);
  require(!a || parsed || !a->admits(version));
  for (const std::string_view ecosystem : {"PyPI", "RubyGems", "Packagist", "crates.io", "Hex", "NuGet"}) {
    // Twice the same, whatever it is.
    const auto is_admitted = range_admits(ecosystem, text.substr(0, first), version);
    require(is_admitted == range_admits(ecosystem, text.substr(0, first), version));
  }
  if (!a || !b) {
    return 0;
  }
  require(a->is_within(*a));
  require(a->is_within(*NpmRange::parse("*")));
  const bool is_release = parsed && parsed->prerelease.empty();
  require(!is_release || !a->is_within(*b) || !a->admits(version) || b->admits(version));
  if (const auto least = a->least(); least && is_release && a->admits(version)) {
    const auto bound = parse_npm_version(*least);
    require(!bound || compare(*bound, *parsed) <= 0);
  }
  return 0;
}
