// SPDX-License-Identifier: Apache-2.0

// Packs that no git would write. Whatever cannot be decoded must be named, and everything else be visited all the same.
#include "base/hash.hpp"
#include "base/path.hpp"
#include "git/object_store.hpp"
#include "git/objects/delta_forest.hpp"
#include "git/objects/object_walk.hpp"
#include "unit/git/objects/pack_forge.hpp"
#include "unit/git/objects/walked_objects.hpp"

#include <doctest/doctest.h>

#include <set>
#include <thread>

using namespace sluice;
using namespace sluice::git;
using namespace sluice::git::test;

namespace {

class ForgedStore
{
public:
  ForgedStore()
      : directory_(*TemporaryDirectory::create())
  {}
  void
  add(PackForge& forge, std::string_view name = "a") const
  {
    forge.write(pack_directory(), name);
  }
  std::filesystem::path
  pack_directory() const
  {
    return directory_.path() / "pack";
  }
  const std::filesystem::path&
  path() const
  {
    return directory_.path();
  }
  std::unique_ptr<ObjectStore>
  open() const
  {
    return std::move(*ObjectStore::open(directory_.path(), 20));
  }

private:
  TemporaryDirectory directory_;
};

std::string
why(const WalkedObjects& walked, const ObjectId& id)
{
  for (const Gap& gap : walked.gaps) {
    if (gap.subject == "object " + id.hex()) {
      return gap.why;
    }
  }
  return "";
}

/// Appends one byte to a base of this size.
std::string
appending(std::size_t base_size, char byte)
{
  DeltaText delta(base_size, base_size + 1);
  delta.copy(0, static_cast<std::uint32_t>(base_size)).insert(std::string_view(&byte, 1));
  return delta.bytes();
}

WalkRequest
with_threads(unsigned threads)
{
  WalkRequest request;
  request.threads = threads;
  return request;
}

/// The true name of a blob. What is read by its name must have it; a walk takes the names that the index gives.
ObjectId
named(std::string_view content)
{
  return ObjectId::of(ObjectKind::blob, content, 20);
}

constexpr std::string_view failed_base = "cannot be read: a base of its delta cannot";

}  // namespace

TEST_CASE("each object that is damaged is a gap that says how, and the others are visited")
{
  PackForge forge;
  forge.add_blob(numbered_id(1), "whole");
  forge.add(numbered_id(2), 3, 5, "no zlib stream");
  forge.add(numbered_id(3), 3, 6, zlib_stored("short"));
  forge.add(numbered_id(4), 3, 4, zlib_stored("longer"));
  forge.add(numbered_id(5), 5, 4, "reserved type");
  forge.list(numbered_id(6), 1U << 30U);
  forge.add_delta(numbered_id(7), numbered_id(99), appending(5, 'x'));
  forge.add_delta(numbered_id(8), numbered_id(1), appending(6, 'x'));
  forge.add(numbered_id(9), 3, std::uint64_t{1} << 50U, zlib_stored("huge"));
  const ForgedStore store;
  store.add(forge);
  const auto opened = store.open();
  const WalkedObjects walked = walk(*opened);
  CHECK(walked.objects.size() == 1);
  CHECK(walked.objects.at(numbered_id(1)).content == "whole");
  CHECK(walked.gaps.size() == 8);
  CHECK(why(walked, numbered_id(2)) == "is corrupt: its compressed data cannot be inflated");
  CHECK(why(walked, numbered_id(3)) == "is corrupt: it has not the size that its header declares");
  CHECK(why(walked, numbered_id(4)) == "is corrupt: it has not the size that its header declares");
  CHECK(why(walked, numbered_id(5)) == "is corrupt: its header makes no sense");
  CHECK(why(walked, numbered_id(6)) == "is corrupt: its header makes no sense");
  CHECK(why(walked, numbered_id(7)) == "is corrupt: the base of its delta is missing");
  CHECK(why(walked, numbered_id(8)) == "is corrupt: its delta does not fit its base");
  CHECK(why(walked, numbered_id(9)) == "is larger than the limit of 512.0 MiB");
  for (std::uint32_t number = 2; number <= 9; ++number) {
    const auto read = opened->read(numbered_id(number));
    REQUIRE_FALSE(read);
    CHECK(read.error().message.starts_with("object " + numbered_id(number).hex() + " is "));
  }
}

TEST_CASE("what is a delta of a damaged object is a gap too")
{
  PackForge forge;
  const auto root = forge.add(numbered_id(1), 3, 5, "no zlib stream");
  const auto child = forge.add_delta(numbered_id(2), root, appending(5, 'x'));
  forge.add_delta(numbered_id(3), child, appending(6, 'y'));
  forge.add_blob(numbered_id(4), "whole");
  const ForgedStore store;
  store.add(forge);
  const WalkedObjects walked = walk(*store.open());
  CHECK(walked.objects.size() == 1);
  CHECK(walked.gaps.size() == 3);
  CHECK(why(walked, numbered_id(2)) == failed_base);
  CHECK(why(walked, numbered_id(3)) == failed_base);
}

TEST_CASE("deltas that depend on themselves are gaps")
{
  PackForge forge;
  forge.add_delta(numbered_id(1), numbered_id(1), appending(5, 'x'));
  forge.add_delta(numbered_id(2), numbered_id(3), appending(5, 'x'));
  forge.add_delta(numbered_id(3), numbered_id(4), appending(5, 'x'));
  forge.add_delta(numbered_id(4), numbered_id(2), appending(5, 'x'));
  forge.add_delta(numbered_id(5), numbered_id(4), appending(5, 'x'));
  forge.add_blob(numbered_id(6), "whole");
  const ForgedStore store;
  store.add(forge);
  const auto opened = store.open();
  const WalkedObjects walked = walk(*opened);
  CHECK(walked.objects.size() == 1);
  CHECK(walked.gaps.size() == 5);
  for (std::uint32_t number = 1; number <= 5; ++number) {
    CHECK(why(walked, numbered_id(number)) == "is corrupt: its delta depends on itself");
    CHECK(opened->read(numbered_id(number)).error().message.ends_with("is corrupt: its delta depends on itself"));
  }
}

TEST_CASE("a chain of a hundred thousand deltas neither overflows the stack nor keeps every object")
{
  constexpr std::uint32_t length = 100000;
  PackForge forge;
  auto offset = forge.add_blob(numbered_id(0), "0");
  DeltaText same(1, 1);
  same.copy(0, 1);
  for (std::uint32_t number = 1; number < length; ++number) {
    offset = forge.add_delta(number + 1 < length ? numbered_id(number) : named("0"), offset, same.bytes());
  }
  const ForgedStore store;
  store.add(forge);
  const auto opened = store.open();
  std::atomic<std::uint32_t> visited{0};
  std::vector<Gap> gaps;
  const auto totals = opened->for_each(
      with_threads(2), [&](const ObjectView& view, unsigned) { visited += view.content == "0" ? 1 : 0; }, gaps);
  CHECK(visited == length);
  CHECK(totals.objects == length);
  CHECK(gaps.empty());
  CHECK(opened->read(named("0"))->content == "0");
}

TEST_CASE("the objects under one root are shared out to all threads, each once")
{
  constexpr std::uint32_t count = 3000;
  PackForge forge;
  const std::string text(2000, 'r');
  const auto root = forge.add_blob(numbered_id(0), text);
  std::vector<std::uint64_t> offsets{root};
  for (std::uint32_t number = 1; number < count; ++number) {
    // Every fifth hangs below an earlier delta, so that what is shared out has depth.
    const bool is_deep = number % 5 == 0;
    const auto base = is_deep ? offsets[number / 5 * 4 - 3] : root;
    const std::size_t base_size = base == root ? 2000 : 2001;
    const char byte = static_cast<char>('a' + number % 26);
    offsets.push_back(forge.add_delta(numbered_id(number), base,
                                      DeltaText(base_size, 2001).copy(0, 2000).insert({&byte, 1}).bytes()));
  }
  const ForgedStore store;
  store.add(forge);
  const auto opened = store.open();
  std::set<std::thread::id> threads;
  std::map<ObjectId, int> visits;
  std::mutex mutex;
  std::vector<Gap> gaps;
  const auto visit = [&](const ObjectView& view, unsigned) {
    std::this_thread::sleep_for(std::chrono::microseconds(10));
    const std::scoped_lock lock(mutex);
    threads.insert(std::this_thread::get_id());
    ++visits[view.id];
  };
  static_cast<void>(opened->for_each(with_threads(4), visit, gaps));
  CHECK(gaps.empty());
  CHECK(visits.size() == count);
  CHECK(std::all_of(visits.begin(), visits.end(), [](const auto& entry) { return entry.second == 1; }));
  CHECK(threads.size() > 1);
}

TEST_CASE("contents that were dropped to save memory are decoded again")
{
  // A binary tree: every node but the leaves must be kept or restored for its second child.
  constexpr std::uint32_t count = 255;
  PackForge forge;
  std::vector<std::uint64_t> offsets{forge.add_blob(numbered_id(0), std::string(100, 'a'))};
  for (std::uint32_t number = 1; number < count; ++number) {
    const std::size_t depth = static_cast<std::size_t>(31 - __builtin_clz(number + 1));
    offsets.push_back(forge.add_delta(numbered_id(number), offsets[(number - 1) / 2],
                                      appending(100 + depth - 1, number % 2 == 0 ? 'x' : 'y')));
  }
  const ForgedStore store;
  store.add(forge);
  const ObjectSources sources(store.path(), 20);
  std::vector<Gap> gaps;
  const DeltaForest forest(sources, 1, gaps);
  std::map<ObjectId, std::string> kept_none;
  std::map<ObjectId, std::string> kept_all;
  const auto outcome = walk_objects(
      sources, forest, with_threads(1), [&](const ObjectView& view, unsigned) { kept_none[view.id] = view.content; },
      0);
  static_cast<void>(walk_objects(sources, forest, with_threads(1),
                                 [&](const ObjectView& view, unsigned) { kept_all[view.id] = view.content; }));
  CHECK(outcome.failures.empty());
  CHECK(kept_none.size() == count);
  CHECK(kept_none == kept_all);
  CHECK(kept_none[numbered_id(count - 1)] == std::string(100, 'a') + "xxxxxxx");
}

TEST_CASE("the base of a delta may be in another pack or loose")
{
  const std::string_view bytes("blob 5\0loose", 12);
  const ObjectId loose = named("loose");
  PackForge base;
  base.add_blob(numbered_id(1), "base");
  PackForge thin;
  thin.add_delta(named("base!"), numbered_id(1), appending(4, '!'));
  thin.add_delta(named("loose!"), loose, appending(5, '!'));
  const ForgedStore store;
  store.add(base, "base");
  store.add(thin, "a-thin");
  std::filesystem::create_directories(store.path() / loose.hex().substr(0, 2));
  REQUIRE(write_file(store.path() / loose.hex().substr(0, 2) / loose.hex().substr(2), zlib_stored(bytes)));
  const auto opened = store.open();
  const WalkedObjects walked = walk(*opened);
  CHECK(walked.gaps.empty());
  CHECK(walked.objects.size() == 4);
  CHECK(walked.objects.at(named("base!")).content == "base!");
  CHECK(walked.objects.at(named("loose!")).content == "loose!");
  CHECK(walked.objects.at(named("loose!")).base == loose);
  CHECK(opened->read(named("base!"))->content == "base!");
  CHECK(opened->read(named("loose!"))->content == "loose!");
}

TEST_CASE("where one copy of an object is damaged, another one is visited and read")
{
  PackForge bad;
  const auto root = bad.add(named("first"), 3, 5, "no zlib stream");
  bad.add_delta(named("firstx"), root, appending(5, 'x'));
  PackForge good;
  good.add_blob(named("first"), "first");
  good.add_blob(named("firstx"), "firstx");
  const ForgedStore store;
  store.add(bad, "a");
  store.add(good, "b");
  const auto opened = store.open();
  const WalkedObjects walked = walk(*opened);
  CHECK(walked.gaps.empty());
  CHECK(walked.totals.objects == 2);
  CHECK(walked.objects.at(named("first")).content == "first");
  CHECK(walked.objects.at(named("firstx")).content == "firstx");
  CHECK(opened->read(named("first"))->content == "first");
  CHECK(opened->read(named("firstx"))->content == "firstx");
}

TEST_CASE("what is read by its name must be what the name says, and a copy that is will do")
{
  PackForge swapped;
  swapped.add_blob(named("first"), "second");
  const ForgedStore store;
  store.add(swapped, "a");
  const auto refused = store.open()->read(named("first"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.ends_with("is corrupt: its content does not hash to its name"));

  PackForge good;
  good.add_blob(named("first"), "first");
  store.add(good, "b");
  CHECK(store.open()->read(named("first"))->content == "first");
}

TEST_CASE("a pack that does not have its checksum is told, although all of it can be decoded")
{
  PackForge forge;
  forge.add_blob(named("first"), "first");
  const ForgedStore store;
  store.add(forge, "a");
  std::vector<Gap> gaps;
  store.open()->check_packs(2, gaps);
  CHECK(gaps.empty());

  const auto file = store.pack_directory() / "pack-a.pack";
  std::string bytes = *read_file(file, 1U << 20U);
  bytes[4 + 3] = '\3';  // the other version that git knows
  REQUIRE(write_file(file, bytes));
  const auto opened = store.open();
  CHECK(walk(*opened).gaps.empty());
  opened->check_packs(2, gaps);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].kind == GapKind::corrupt_object);
  CHECK(gaps[0].subject == "pack-a.pack");
}

TEST_CASE("what a delta copies from a base that is shown elsewhere counts as new")
{
  PackForge first;
  first.add_blob(numbered_id(1), "base");
  PackForge second;
  const auto again = second.add_blob(numbered_id(1), "base");
  second.add_delta(numbered_id(2), again, appending(4, '!'));
  const ForgedStore store;
  store.add(first, "a");
  store.add(second, "b");
  const WalkedObjects walked = walk(*store.open());
  REQUIRE(walked.objects.size() == 2);
  CHECK(walked.objects.at(numbered_id(1)).visits == 1);
  const WalkedObject& delta = walked.objects.at(numbered_id(2));
  CHECK_FALSE(delta.base);
  REQUIRE(delta.fresh.size() == 1);
  CHECK(delta.fresh[0].end == 5);
}

TEST_CASE("packs and indexes that do not belong together are gaps, and the other packs are read")
{
  PackForge good;
  good.add_blob(numbered_id(1), "good");
  PackForge other;
  other.add_blob(numbered_id(2), "other");
  const ForgedStore store;
  store.add(good, "good");
  store.add(other, "other");
  const auto pack = store.pack_directory() / "pack-other.pack";
  const auto index = store.pack_directory() / "pack-other.idx";
  SUBCASE("an index without its pack")
  {
    std::filesystem::remove(pack);
  }
  SUBCASE("a pack without its index")
  {
    std::filesystem::remove(index);
  }
  SUBCASE("a truncated pack")
  {
    std::filesystem::resize_file(pack, std::filesystem::file_size(pack) - 3);
  }
  SUBCASE("a truncated index")
  {
    std::filesystem::resize_file(index, 100);
  }
  const auto opened = store.open();
  REQUIRE(opened->gaps().size() == 1);
  CHECK(opened->gaps()[0].subject == pack.string());
  CHECK(walk(*opened).objects.size() == 1);
  CHECK(opened->contains(numbered_id(1)));
  CHECK_FALSE(opened->contains(numbered_id(2)));
}

TEST_CASE("packs that are being written are left alone, and a pack of any name that has an index is read")
{
  PackForge forge;
  forge.add_blob(numbered_id(1), "content");
  const ForgedStore store;
  store.add(forge);
  for (const char* extension : {".pack", ".idx"}) {
    std::filesystem::rename(store.pack_directory() / fmt::format("pack-a{}", extension),
                            store.pack_directory() / fmt::format("other{}", extension));
  }
  REQUIRE(write_file(store.pack_directory() / "tmp_pack_1a2b3c", "PACK"));
  REQUIRE(write_file(store.pack_directory() / ".tmp-1-pack-1a2b.pack", "PACK"));
  const auto opened = store.open();
  CHECK(opened->gaps().empty());
  CHECK(walk(*opened).objects.size() == 1);
}

TEST_CASE("very many damaged objects are told in a bounded number of gaps")
{
  PackForge forge;
  for (std::uint32_t number = 0; number < 500; ++number) {
    forge.add(numbered_id(number), 3, 5, "no zlib stream");
  }
  const ForgedStore store;
  store.add(forge);
  const WalkedObjects walked = walk(*store.open());
  REQUIRE(walked.gaps.size() == 101);
  CHECK(walked.gaps.back().subject == "400 more objects");
}
