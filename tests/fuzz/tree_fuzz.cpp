// SPDX-License-Identifier: Apache-2.0
//
// The content of a tree and of a commit, as a hostile repository may hold them.
#include "git/repository.hpp"

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice::git;
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  std::size_t bytes = 0;
  static_cast<void>(for_each_entry(content, 20, [&bytes](const TreeEntry& entry) { bytes += entry.name.size(); }));
  static_cast<void>(for_each_entry(content, 32, [&bytes](const TreeEntry& entry) { bytes += entry.name.size(); }));
  static_cast<void>(parse_commit(ObjectId{}, content));
  return 0;
}
