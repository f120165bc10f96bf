// SPDX-License-Identifier: Apache-2.0

// Any bytes as the content of a tree, whose entries must lie within it, in order, and as that of a commit.
#include "git/repository.hpp"

#include <cstdlib>
#include <string>

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size == 0) {
    return 0;
  }
  const std::string content(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::uint8_t id_size = data[0] % 2 == 0 ? 20 : 32;
  const char* last = content.data();
  const bool well_formed = sluice::git::for_each_entry(content, id_size, [&](const sluice::git::TreeEntry& entry) {
    const char* end = entry.name.data() + entry.name.size() + 1 + id_size;
    if (entry.name.data() < last || end > content.data() + content.size() || entry.id.size != id_size) {
      std::abort();
    }
    last = end;
  });
  if (well_formed && last != content.data() + content.size()) {
    std::abort();
  }
  static_cast<void>(sluice::git::parse_commit(sluice::git::ObjectId{}, content));
  return 0;
}
