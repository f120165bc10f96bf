// SPDX-License-Identifier: Apache-2.0

// Real repositories, made by git in every form in which it stores objects; git's own list of them is the truth.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "git/object_store.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/objects/walked_objects.hpp"

#include <doctest/doctest.h>

#include <set>
#include <thread>

using namespace sluice;
using namespace sluice::git;
using namespace sluice::git::test;
using sluice::test::GitFixture;

namespace {

constexpr std::array<std::string_view, 5> kind_names{"", "commit", "tree", "blob", "tag"};

std::string
recomputed_id(const ObjectId& id, ObjectKind kind, std::string_view content)
{
  const std::string bytes =
      fmt::format("{} {}", kind_names.at(static_cast<std::size_t>(kind)), content.size()) + '\0' + std::string(content);
  return id.size == 20 ? to_hex(sha1(bytes)) : to_hex(sha256(bytes));
}

/// "<id> <kind> <size>" as `git cat-file --batch-check` prints them, sorted.
std::set<std::string>
objects_by_git(GitFixture& repository)
{
  std::set<std::string> objects;
  const std::string text = repository.git({"cat-file", "--batch-all-objects", "--batch-check"});
  for (const std::string_view line : lines_of(text)) {
    objects.emplace(line);
  }
  return objects;
}

std::unique_ptr<ObjectStore>
open_store(const GitFixture& repository, std::uint8_t id_size = 20)
{
  auto store = ObjectStore::open(repository.path() / ".git" / "objects", id_size);
  REQUIRE(store);
  return std::move(*store);
}

/// What is not fresh must lie in one piece in the base, and at its end if it lies at an end.
void
check_fresh(const WalkedObject& object, const WalkedObject& base)
{
  const std::string_view content = object.content;
  std::uint64_t begin = 0;
  std::vector<ByteRange> ranges = object.fresh;
  ranges.push_back({content.size(), content.size()});
  for (const ByteRange& range : ranges) {
    REQUIRE(range.begin >= begin);
    REQUIRE(range.end <= content.size());
    const std::string_view copied = content.substr(begin, range.begin - begin);
    CHECK(base.content.find(copied) != std::string::npos);
    if (begin == 0) {
      CHECK(base.content.starts_with(copied));
    }
    if (range.begin == content.size() && object.fresh.empty()) {
      CHECK(base.content.ends_with(copied));
    }
    begin = range.end;
  }
}

void
check_walk(GitFixture& repository, std::uint8_t id_size, unsigned threads)
{
  const auto store = open_store(repository, id_size);
  CHECK(store->gaps().empty());
  WalkRequest request;
  request.threads = threads;
  const WalkedObjects walked = walk(*store, request);
  CHECK(walked.gaps.empty());
  CHECK(walked.highest_thread < threads);
  std::set<std::string> found;
  std::uint64_t bytes = 0;
  for (const auto& [id, object] : walked.objects) {
    CHECK(object.visits == 1);
    CHECK(recomputed_id(id, object.kind, object.content) == id.hex());
    CHECK(object.base_came_first);
    if (object.base) {
      check_fresh(object, walked.objects.at(*object.base));
    } else if (!object.content.empty()) {
      REQUIRE(object.fresh.size() == 1);
      CHECK(object.fresh[0].begin == 0);
      CHECK(object.fresh[0].end == object.content.size());
    }
    bytes += object.content.size();
    found.insert(
        fmt::format("{} {} {}", id.hex(), kind_names.at(static_cast<std::size_t>(object.kind)), object.content.size()));
  }
  CHECK(found == objects_by_git(repository));
  CHECK(walked.totals.objects == walked.objects.size());
  CHECK(walked.totals.inflated_bytes == bytes);
  CHECK(walked.totals.stored_bytes > 0);
}

void
check_reads(GitFixture& repository, std::uint8_t id_size)
{
  const auto store = open_store(repository, id_size);
  for (const std::string& line : objects_by_git(repository)) {
    const auto id = *ObjectId::from_hex(split(line, ' ')[0]);
    CHECK(store->contains(id));
    const auto object = store->read(id);
    REQUIRE(object);
    CHECK(recomputed_id(id, object->kind, object->content) == id.hex());
  }
}

void
check_all(GitFixture& repository, std::uint8_t id_size = 20)
{
  check_walk(repository, id_size, 1);
  check_walk(repository, id_size, 3);
  check_reads(repository, id_size);
}

std::string
data_of(std::string_view text)
{
  return fmt::format("data {}\n{}\n", text.size(), text);
}

/// Commits that change a file in the middle and at its end, so that git finds deltas of all kinds. One call of git
/// makes them all.
void
grow(GitFixture& repository, int from, int to)
{
  std::string stream;
  for (int round = from; round < to; ++round) {
    std::string text;
    for (int line = 0; line < 150 + round; ++line) {
      text += fmt::format("line {} of a file that changes {}\n", line, line % 40 == round % 40 ? round : 0);
    }
    stream += fmt::format("commit refs/heads/main\ncommitter Ada <ada@example.org> {} +0000\n", 1700000000 + round);
    stream += data_of(fmt::format("Round {}", round));
    stream += round == from && round > 0 ? "from refs/heads/main^0\n" : "";
    stream += "M 100644 inline grows.txt\n" + data_of(text);
    stream += fmt::format("M 100644 inline directory/{}.txt\n", round % 7);
    stream += data_of(fmt::format("{}\n{}", round, text.substr(0, 500)));
  }
  repository.git({"fast-import", "--quiet"}, stream);
}

}  // namespace

TEST_CASE("an empty repository has no objects")
{
  GitFixture repository;
  const auto store = open_store(repository);
  CHECK(walk(*store).objects.empty());
  CHECK(store->object_count() == 0);
  CHECK(store->with_prefix("0123").empty());
}

TEST_CASE("a directory that is not there is no store")
{
  const auto store = ObjectStore::open("/nonexistent/objects", 20);
  REQUIRE_FALSE(store);
  CHECK(store.error().kind == ErrorKind::input);
  CHECK(store.error().message.find("/nonexistent/objects") != std::string::npos);
}

TEST_CASE("loose objects of all kinds")
{
  GitFixture repository;
  grow(repository, 0, 3);
  repository.git({"tag", "--annotate", "--message=release", "v1"});
  repository.commit("empty.txt", "", "Add an empty file");
  check_all(repository);
}

TEST_CASE("one pack with deltas of deltas")
{
  GitFixture repository;
  grow(repository, 0, 40);
  repository.git({"tag", "--annotate", "--message=release", "v1"});
  repository.git({"repack", "-adfq", "--depth=30", "--window=30"});
  repository.git({"prune-packed"});
  check_all(repository);
  const auto store = open_store(repository);
  CHECK(store->object_count() == objects_by_git(repository).size());
  const WalkedObjects walked = walk(*store);
  CHECK(walked.totals.fresh_bytes < walked.totals.inflated_bytes / 2);
}

TEST_CASE("bases that are given by id")
{
  GitFixture repository;
  grow(repository, 0, 20);
  repository.git({"-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"});
  repository.git({"prune-packed"});
  check_all(repository);
}

TEST_CASE("several packs, the same objects in two of them, and loose ones")
{
  GitFixture repository;
  grow(repository, 0, 12);
  repository.git({"repack", "-q"});
  grow(repository, 12, 24);
  repository.git({"repack", "-q"});
  repository.git({"repack", "-afq"});
  grow(repository, 24, 26);
  check_all(repository);
  CHECK(open_store(repository)->object_count() > objects_by_git(repository).size());
}

TEST_CASE("objects that are both loose and packed are visited once")
{
  GitFixture repository;
  grow(repository, 0, 10);
  repository.git({"repack", "-aq"});
  check_all(repository);
}

TEST_CASE("SHA-256")
{
  GitFixture repository(std::vector<std::string>{"--object-format=sha256"});
  grow(repository, 0, 15);
  repository.git({"repack", "-adfq"});
  repository.git({"prune-packed"});
  grow(repository, 15, 17);
  check_all(repository, 32);
}

TEST_CASE("an index of version 1")
{
  GitFixture repository;
  grow(repository, 0, 10);
  repository.git({"-c", "pack.indexVersion=1", "repack", "-adfq"});
  repository.git({"prune-packed"});
  check_all(repository);
}

TEST_CASE("objects of an alternate, absolute or relative")
{
  GitFixture origin;
  grow(origin, 0, 10);
  origin.git({"repack", "-adfq"});
  grow(origin, 10, 12);
  GitFixture borrower;
  const auto list = borrower.path() / ".git" / "objects" / "info" / "alternates";
  const auto objects = origin.path() / ".git" / "objects";
  SUBCASE("absolute")
  {
    REQUIRE(write_file(list, objects.string() + "\n"));
  }
  SUBCASE("relative")
  {
    REQUIRE(write_file(list, std::filesystem::relative(objects, list.parent_path().parent_path()).string() + "\n"));
  }
  borrower.git({"reset", "--quiet", "--hard", origin.git({"rev-parse", "HEAD"})});
  grow(borrower, 12, 14);
  check_all(borrower);
}

TEST_CASE("a lost alternate is a gap")
{
  GitFixture repository;
  REQUIRE(write_file(repository.path() / ".git" / "objects" / "info" / "alternates", "/nonexistent\n"));
  CHECK(open_store(repository)->gaps().size() == 1);
}

TEST_CASE("only the kinds that are wanted are visited")
{
  GitFixture repository;
  grow(repository, 0, 10);
  repository.git({"repack", "-adfq"});
  grow(repository, 10, 12);
  repository.git({"tag", "--annotate", "--message=release", "v1"});
  const auto store = open_store(repository);
  const auto all = walk(*store).objects;
  for (const ObjectKind kind : {ObjectKind::commit, ObjectKind::tree, ObjectKind::blob, ObjectKind::tag}) {
    WalkRequest request;
    request.commits = kind == ObjectKind::commit;
    request.trees = kind == ObjectKind::tree;
    request.blobs = kind == ObjectKind::blob;
    request.tags = kind == ObjectKind::tag;
    const auto some = walk(*store, request).objects;
    const auto expected =
        std::count_if(all.begin(), all.end(), [&](const auto& object) { return object.second.kind == kind; });
    CHECK(expected > 0);
    CHECK(some.size() == static_cast<std::size_t>(expected));
    CHECK(std::all_of(some.begin(), some.end(), [&](const auto& object) { return object.second.kind == kind; }));
  }
}

TEST_CASE("progress counts every object")
{
  GitFixture repository;
  grow(repository, 0, 30);
  repository.git({"repack", "-aq"});
  std::atomic<std::uint64_t> progress{0};
  WalkRequest request;
  request.progress = &progress;
  CHECK(walk(*open_store(repository), request).totals.objects == progress);
}

TEST_CASE("an object over the limit is a gap, and so is what is a delta of it")
{
  GitFixture repository;
  repository.commit("small.txt", "small", "Add a small file");
  const std::string large(5000, 'l');
  repository.commit("large.txt", large, "Add a large file");
  const auto store = open_store(repository);
  WalkRequest request;
  request.max_object_bytes = 4999;
  const WalkedObjects walked = walk(*store, request);
  REQUIRE(walked.gaps.size() == 1);
  const std::string id = repository.git({"rev-parse", "HEAD:large.txt"});
  CHECK(walked.gaps[0].subject == "object " + id);
  CHECK(walked.gaps[0].why == "is larger than the limit of 4.9 KiB");
  CHECK(walked.objects.size() == objects_by_git(repository).size() - 1);
  const auto refused = store->read(*ObjectId::from_hex(id), 4999);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "object " + id + " is larger than the limit");
  CHECK(store->read(*ObjectId::from_hex(id), 5000));
}

TEST_CASE("an object that is not there is missing")
{
  GitFixture repository;
  grow(repository, 0, 2);
  const auto store = open_store(repository);
  const auto id = *ObjectId::from_hex(std::string(40, 'd'));
  CHECK_FALSE(store->contains(id));
  const auto object = store->read(id);
  REQUIRE_FALSE(object);
  CHECK(object.error().kind == ErrorKind::input);
  CHECK(object.error().message == "object " + id.hex() + " is missing");
}

TEST_CASE("ids are found by prefixes of even and odd length, packed and loose")
{
  GitFixture repository;
  grow(repository, 0, 10);
  repository.git({"repack", "-adfq"});
  grow(repository, 10, 12);
  const auto store = open_store(repository);
  for (const std::string& line : objects_by_git(repository)) {
    const std::string hex = line.substr(0, 40);
    for (const std::size_t length : {12, 13, 40}) {
      const auto ids = store->with_prefix(hex.substr(0, length));
      REQUIRE(ids.size() == 1);
      CHECK(ids[0].hex() == hex);
    }
  }
  CHECK(store->with_prefix("abc").empty());
  CHECK(store->with_prefix("nohex").empty());
  CHECK(store->with_prefix(std::string(41, 'a')).empty());
}

TEST_CASE("ambiguous prefixes give as many ids as are asked for")
{
  GitFixture repository;
  // Enough blobs that some share four digits.
  std::string names;
  for (int i = 0; i < 1500; ++i) {
    repository.write(fmt::format("{}.txt", i), fmt::format("file {}", i));
  }
  repository.commit("Add many files");
  std::map<std::string, std::size_t> prefixes;
  for (const std::string& line : objects_by_git(repository)) {
    ++prefixes[line.substr(0, 4)];
  }
  const auto shared =
      std::find_if(prefixes.begin(), prefixes.end(), [](const auto& entry) { return entry.second > 1; });
  REQUIRE(shared != prefixes.end());
  repository.git({"repack", "-aq"});  // and every one of them twice
  const auto store = open_store(repository);
  CHECK(store->with_prefix(shared->first).size() == 2);
  CHECK(store->with_prefix(shared->first, 1).size() == 1);
  CHECK(store->with_prefix(shared->first, 100).size() == shared->second);
}

TEST_CASE("threads may read at the same time")
{
  GitFixture repository;
  grow(repository, 0, 40);
  repository.git({"repack", "-adfq", "--depth=50"});
  const auto store = open_store(repository);
  const auto all = walk(*store).objects;
  std::atomic<int> wrong{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&] {
        for (const auto& [id, object] : all) {
          const auto read = store->read(id);
          wrong += read && read->content == object.content ? 0 : 1;
        }
      });
    }
  }
  CHECK(wrong == 0);
}
