// SPDX-License-Identifier: Apache-2.0

// The input is a list of entries, well-formed or not, from which a pack with its index is made, then damaged. Whatever
// the walk shows must be what random access reads, each object once; what it cannot show it must report.
#include "base/path.hpp"
#include "fuzz/require.hpp"
#include "git/object_store.hpp"
#include "unit/git/objects/pack_forge.hpp"

#include <fuzzer/FuzzedDataProvider.h>
#include <map>
#include <mutex>

namespace {

using namespace sluice::git;
using namespace sluice::git::test;

constexpr std::uint64_t largest_object = 1U << 16U;
constexpr std::uint32_t most_entries = 24;

const std::filesystem::path&
directory()
{
  static const auto created = sluice::TemporaryDirectory::create("sluice-fuzz");
  require(created.has_value());
  return created->path();
}

/// An instruction list that mostly fits some base.
std::string
delta_from(FuzzedDataProvider& input)
{
  DeltaText delta(input.ConsumeIntegralInRange<std::uint32_t>(0, 40),
                  input.ConsumeIntegralInRange<std::uint32_t>(0, 40));
  for (int i = 0; i < 4 && input.ConsumeBool(); ++i) {
    if (input.ConsumeBool()) {
      const auto offset = input.ConsumeIntegralInRange<std::uint32_t>(0, 40);
      delta.copy(offset, input.ConsumeIntegralInRange<std::uint32_t>(0, 40));
    } else {
      delta.insert(input.ConsumeRandomLengthString(8));
    }
  }
  return delta.bytes();
}

void
add_entry(FuzzedDataProvider& input, PackForge& forge, std::vector<std::uint64_t>& offsets)
{
  const ObjectId id = numbered_id(input.ConsumeIntegralInRange<std::uint32_t>(0, most_entries));
  switch (input.ConsumeIntegralInRange(0, 4)) {
  case 0:
    offsets.push_back(forge.add_blob(id, input.ConsumeRandomLengthString(40)));
    break;
  case 1:
    offsets.push_back(forge.add_delta(
        id, offsets.empty() ? 0 : offsets[input.ConsumeIntegralInRange<std::size_t>(0, offsets.size() - 1)],
        delta_from(input)));
    break;
  case 2:
    offsets.push_back(forge.add_delta(id, numbered_id(input.ConsumeIntegralInRange<std::uint32_t>(0, most_entries)),
                                      delta_from(input)));
    break;
  case 3:
    forge.list(id, input.ConsumeIntegral<std::uint64_t>());
    break;
  default: {
    const auto type = input.ConsumeIntegralInRange<unsigned>(0, 7);
    const auto size = input.ConsumeIntegral<std::uint64_t>();
    offsets.push_back(forge.add(id, type, size, input.ConsumeRandomLengthString(40)));
  }
  }
}

void
damage(FuzzedDataProvider& input, const std::filesystem::path& path)
{
  std::string bytes = *sluice::read_file(path);
  while (input.ConsumeBool() && input.remaining_bytes() > 0) {
    bytes[input.ConsumeIntegralInRange<std::size_t>(0, bytes.size() - 1)] = input.ConsumeIntegral<char>();
  }
  require(sluice::write_file(path, bytes).has_value());
}

void
check_store(const ObjectStore& store)
{
  std::map<ObjectId, std::string> shown;
  std::mutex mutex;
  std::vector<sluice::Gap> gaps;
  WalkRequest request;
  request.threads = 1;
  request.max_object_bytes = largest_object;
  const auto visit = [&](const ObjectView& view, unsigned) {
    std::uint64_t begin = 0;
    for (const ByteRange& range : view.fresh) {
      require(begin <= range.begin && range.begin < range.end && range.end <= view.content.size());
      begin = range.end;
    }
    const std::scoped_lock lock(mutex);
    shown.emplace(view.id, view.content);
  };
  const WalkTotals totals = store.for_each(request, visit, gaps);
  require(totals.objects + gaps.size() >= shown.size());
  for (const auto& [id, content] : shown) {
    static_cast<void>(store.read(id, largest_object));
    static_cast<void>(store.with_prefix(id.hex().substr(0, 7)));
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  FuzzedDataProvider input(data, size);
  PackForge forge;
  std::vector<std::uint64_t> offsets;
  const bool is_damaged = input.ConsumeBool();
  const int version = input.ConsumeBool() ? 1 : 2;
  const bool large = input.ConsumeBool();
  for (std::uint32_t i = 0; i < most_entries && input.remaining_bytes() > 0; ++i) {
    add_entry(input, forge, offsets);
  }
  forge.write(directory() / "pack", "a", version, large);
  if (is_damaged) {
    damage(input, directory() / "pack" / "pack-a.idx");
    damage(input, directory() / "pack" / "pack-a.pack");
  }
  const auto store = ObjectStore::open(directory(), 20);
  require(store.has_value());
  check_store(**store);
  return 0;
}
