// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the files of a repository that are no objects: its configuration, its index, its refs. The first byte
// chooses which.
#include "base/path.hpp"
#include "fuzz/require.hpp"
#include "git/repository.hpp"
#include "git/repository/config_file.hpp"
#include "git/worktree/index.hpp"
#include "git/worktree/split_index.hpp"

namespace {

using namespace sluice;

void
as_index(std::string_view bytes, std::uint8_t id_size)
{
  auto index = git::parse_index(bytes, id_size, "index");
  for (std::size_t i = 0; index && i < index->entries.size(); ++i) {
    // A path is spelled out, or shares its begin with the one before; it cannot be longer than all there is.
    const git::IndexEntry& entry = index->entries[i];
    require((index->link || !entry.path.empty()) && entry.path.size() <= bytes.size() && entry.id.size == id_size);
  }
  if (index && index->link) {
    std::vector<git::IndexEntry> shared(index->link->replaced.size() + index->link->deleted.size());
    for (std::size_t i = 0; i < shared.size(); ++i) {
      shared[i].path = std::to_string(i);
    }
    static_cast<void>(git::joined_index(*std::move(index), std::move(shared), "index"));
  }
}

void
as_configuration(std::string_view bytes)
{
  const auto file = git::GitConfig::parse(bytes, "config");
  for (std::size_t i = 0; file && i < file->entries().size(); ++i) {
    const git::GitConfig::Entry& entry = file->entries()[i];
    require(!entry.name.empty() && file->get(entry.name));
    static_cast<void>(git::config_bool(entry.value));
  }
}

/// A repository without objects whose refs are the bytes, once packed and once as a file.
void
as_references(std::string_view bytes)
{
  static const TemporaryDirectory directory = [] {
    TemporaryDirectory made = TemporaryDirectory::create().value();
    std::filesystem::create_directories(made.path() / "objects");
    std::filesystem::create_directories(made.path() / "refs" / "heads");
    require(write_file(made.path() / "HEAD", "ref: refs/heads/main\n").has_value());
    require(write_file(made.path() / "config", "[core]\n\tbare = true\n").has_value());
    return made;
  }();
  require(write_file(directory.path() / "packed-refs", bytes).has_value());
  require(write_file(directory.path() / "refs" / "heads" / "main", bytes).has_value());
  const auto repository = git::Repository::open(directory.path());
  if (!repository) {
    return;
  }
  if (const auto references = repository->references()) {
    for (const git::Reference& reference : *references) {
      require(!reference.name.empty() && !reference.id.is_zero());
    }
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
  case 0:
    as_index(bytes, 20);
    break;
  case 1:
    as_index(bytes, 32);
    break;
  case 2:
    as_configuration(bytes);
    break;
  default:
    as_references(bytes);
  }
  return 0;
}
