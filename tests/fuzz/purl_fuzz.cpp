// SPDX-License-Identifier: Apache-2.0
//
// A package URL of a bill of materials: what is accepted has a type and a name, and written again it reads the same.
#include "deps/purl.hpp"
#include "fuzz/require.hpp"

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice::deps;
  const auto purl = parse_purl({reinterpret_cast<const char*>(data), size});
  if (!purl) {
    return 0;
  }
  require(!purl->type.empty() && !purl->name.empty());
  const auto package = package_of(*purl);
  require(!package.name.empty());
  const auto again = parse_purl(to_text(*purl));
  // Written with every byte encoded it may be too long to be read again.
  if (to_text(*purl).size() <= max_purl_bytes) {
    require(again && again->type == purl->type && again->space == purl->space && again->name == purl->name
            && again->version == purl->version && again->qualifiers == purl->qualifiers
            && again->subpath == purl->subpath);
  }
  return 0;
}
