// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "git/history.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

#include <map>
#include <set>

using namespace sluice;
using namespace sluice::test;
using git::Attribution;
using git::Reach;

namespace {

struct Attributed
{
  std::unordered_map<git::ObjectId, Attribution> by_blob;
  std::vector<Gap> gaps;

  [[nodiscard]] const Attribution&
  of(const std::string& hex) const
  {
    return by_blob.at(id_of(hex));
  }
};

Attributed
attribute(const std::filesystem::path& path, const std::vector<std::string>& blobs, unsigned threads = 0)
{
  std::unordered_set<git::ObjectId> ids;
  for (const std::string& hex : blobs) {
    ids.insert(id_of(hex));
  }
  Attributed attributed;
  attributed.by_blob = git::attribute(open_repository(path), ids, attributed.gaps, threads);
  CHECK(attributed.by_blob.size() == ids.size());
  return attributed;
}

/// "path@commit" in order.
std::vector<std::string>
places_of(const Attribution& attribution)
{
  std::vector<std::string> places;
  for (const git::Occurrence& occurrence : attribution.occurrences) {
    places.push_back(occurrence.path + "@" + occurrence.commit.hex());
  }
  return places;
}

std::string
blob_of(GitFixture& fixture, std::string_view content)
{
  return fixture.git({"hash-object", "--stdin"}, content);
}

std::string
raw_entry(std::string_view mode, std::string_view name, const std::string& hex)
{
  const git::ObjectId id = id_of(hex);
  return fmt::format("{} {}", mode, name) + '\0'
         + std::string(reinterpret_cast<const char*>(id.bytes.data()), std::size_t{id.size});
}

}  // namespace

TEST_CASE("nothing asked, nothing read")
{
  GitFixture fixture;
  std::vector<Gap> gaps;
  CHECK(git::attribute(open_repository(fixture.path()), {}, gaps).empty());
}

TEST_CASE("a blob is attributed to the first commit at each of its paths")
{
  GitFixture fixture;
  fixture.commit("other", "o", "one");
  const std::string second = fixture.commit("dir/key", "wanted", "two");
  fixture.commit("dir/other", "o", "three: the same blob in another tree");
  const std::string fourth = fixture.commit("copy/deep/key", "wanted", "four");
  fixture.git({"rm", "-q", "-r", "dir"});
  fixture.commit("five");
  const std::string wanted = blob_of(fixture, "wanted");
  for (const unsigned threads : {0U, 1U, 3U}) {
    const Attributed attributed = attribute(fixture.path(), {wanted}, threads);
    const Attribution& attribution = attributed.of(wanted);
    CHECK(places_of(attribution) == std::vector<std::string>{"dir/key@" + second, "copy/deep/key@" + fourth});
    CHECK(attribution.occurrences[0].author == "Ada Author <ada@example.org>");
    CHECK(attribution.occurrences[0].author_time == std::stoll(fixture.git({"log", "-1", "--format=%at", second})));
    CHECK(attribution.reach == Reach::head);
    CHECK(attribution.head_paths == std::vector<std::string>{"copy/deep/key"});
    CHECK(attributed.gaps.empty());
  }
}

TEST_CASE("the first commit is the parent, whatever the clocks say")
{
  GitFixture fixture;
  const std::string wanted = fixture.git({"hash-object", "-w", "--stdin"}, "wanted");
  const std::string tree = fixture.git({"mktree"}, "100644 blob " + wanted + "\tkey\n");
  const auto commit = [&](const std::string& parents, int time) {
    return fixture.git(
        {"hash-object", "-t", "commit", "-w", "--stdin"},
        fmt::format("tree {0}\n{1}author a <b@c> {2} +0000\ncommitter a <b@c> {2} +0000\n\nx\n", tree, parents, time));
  };
  const std::string parent = commit("", 2000);
  const std::string child = commit("parent " + parent + "\n", 1000);
  fixture.git({"update-ref", "refs/heads/main", child});
  CHECK(places_of(attribute(fixture.path(), {wanted}).of(wanted)) == std::vector<std::string>{"key@" + parent});
}

TEST_CASE("an evil merge is named")
{
  GitFixture fixture;
  fixture.commit("a", "1", "base");
  fixture.git({"checkout", "-q", "-b", "side"});
  fixture.commit("b", "1", "side");
  fixture.git({"checkout", "-q", "main"});
  fixture.commit("c", "1", "main");
  fixture.git({"merge", "-q", "--no-ff", "--no-commit", "side"});
  const std::string merge = fixture.commit("evil", "wanted", "merge");
  const std::string wanted = blob_of(fixture, "wanted");
  CHECK(places_of(attribute(fixture.path(), {wanted}).of(wanted)) == std::vector<std::string>{"evil@" + merge});
}

TEST_CASE("reach tells HEAD, refs, stashes and dangling objects apart")
{
  GitFixture fixture;
  fixture.commit("a", "base", "base");
  fixture.commit("in-head", "in head", "head");
  fixture.commit("deleted", "deleted later", "add");
  fixture.git({"rm", "-q", "deleted"});
  fixture.commit("delete");
  fixture.git({"checkout", "-q", "--detach"});
  const std::string custom = fixture.commit("custom", "on a custom ref", "custom");
  fixture.git({"update-ref", "refs/pull/7/head", custom});
  fixture.git({"checkout", "-q", "main"});
  fixture.write("a", "older stash");
  fixture.git({"stash"});
  fixture.write("a", "newer stash");
  fixture.write("untracked", "untracked in stash");
  fixture.git({"stash", "--include-untracked"});
  fixture.git({"checkout", "-q", "--detach"});
  const std::string lost = fixture.commit("lost", "lost commit", "lost");
  fixture.git({"checkout", "-q", "main"});
  const std::string loose = fixture.git({"hash-object", "-w", "--stdin"}, "never committed");
  const std::string tagged = fixture.git({"hash-object", "-w", "--stdin"}, "only tagged");
  fixture.git({"tag", "-m", "x", "inner", tagged});
  fixture.git({"tag", "-m", "x", "outer", "inner"});
  fixture.git({"tag", "-d", "inner"});
  const std::string absent(40, '9');

  const std::map<std::string, Reach> expected{{blob_of(fixture, "in head"), Reach::head},
                                              {blob_of(fixture, "deleted later"), Reach::ref},
                                              {blob_of(fixture, "on a custom ref"), Reach::tip},
                                              {blob_of(fixture, "older stash"), Reach::stash},
                                              {blob_of(fixture, "newer stash"), Reach::stash},
                                              {blob_of(fixture, "untracked in stash"), Reach::stash},
                                              {blob_of(fixture, "lost commit"), Reach::dangling},
                                              {loose, Reach::dangling},
                                              {tagged, Reach::tag},
                                              {absent, Reach::dangling}};
  std::vector<std::string> blobs;
  for (const auto& [blob, reach] : expected) {
    blobs.push_back(blob);
  }
  const Attributed attributed = attribute(fixture.path(), blobs);
  for (const auto& one : expected) {
    INFO(one.first);
    CHECK(attributed.of(one.first).reach == one.second);
  }
  CHECK(attributed.of(blob_of(fixture, "in head")).head_paths == std::vector<std::string>{"in-head"});
  CHECK(attributed.of(blob_of(fixture, "deleted later")).head_paths.empty());
  CHECK(places_of(attributed.of(blob_of(fixture, "lost commit"))) == std::vector<std::string>{"lost@" + lost});
  CHECK(attributed.of(blob_of(fixture, "untracked in stash")).occurrences.at(0).path == "untracked");
  CHECK(attributed.of(loose).occurrences.empty());
  CHECK(attributed.of(tagged).occurrences.empty());
}

TEST_CASE("the last commit that has a blob is after those that have what it came back in place of")
{
  GitFixture fixture;
  fixture.commit("key", "one", "1");
  fixture.commit("key", "two", "2");
  fixture.commit("key", "one", "3");
  fixture.commit("key", "gone", "4");
  const Attributed attributed = attribute(fixture.path(), {blob_of(fixture, "one"), blob_of(fixture, "two")});
  const git::Occurrence& one = attributed.of(blob_of(fixture, "one")).occurrences.at(0);
  const git::Occurrence& two = attributed.of(blob_of(fixture, "two")).occurrences.at(0);
  CHECK(one.first == 0);
  CHECK(two.first == 1);
  CHECK(two.last == 1);
  CHECK(one.last == 2);
}

TEST_CASE("packed, SHA-256 and shallow repositories are attributed alike")
{
  GitFixture fixture({"--object-format=sha256"});
  const std::string first = fixture.commit("x/key", "wanted", "one");
  const std::string second = fixture.commit("y/key", "wanted", "two");
  fixture.git({"repack", "-a", "-d", "-q"});
  const std::string wanted = blob_of(fixture, "wanted");
  CHECK(places_of(attribute(fixture.path(), {wanted}).of(wanted))
        == std::vector<std::string>{"x/key@" + first, "y/key@" + second});
  GitFixture shallow = fixture.clone({"--depth", "1"});
  CHECK(places_of(attribute(shallow.path(), {wanted}).of(wanted))
        == std::vector<std::string>{"x/key@" + second, "y/key@" + second});
}

TEST_CASE("paths may be any bytes")
{
  GitFixture fixture;
  const std::string wanted = fixture.git({"hash-object", "-w", "--stdin"}, "wanted");
  const std::string tree = fixture.git({"mktree", "-z"}, std::string("100644 blob " + wanted + "\t\xFF \n\x1b") + '\0');
  const std::string commit = fixture.git({"commit-tree", tree, "-m", "x"});
  CHECK(places_of(attribute(fixture.path(), {wanted}).of(wanted)) == std::vector<std::string>{"\xFF \n\x1b@" + commit});
}

TEST_CASE("attribution agrees with git log on a random history")
{
  GitFixture fixture;
  unsigned state = 7;
  const auto random = [&state](unsigned below) { return (state = state * 1103515245 + 12345) / 65536 % below; };
  std::string stream;
  for (int i = 0; i < 80; ++i) {
    stream += fmt::format("commit refs/heads/main\ncommitter a <b@c> {} +0000\ndata 1\nx\n", 1700000000 + i);
    for (unsigned edits = 0; edits <= random(3); ++edits) {
      const std::string path = fmt::format("d{}/e{}/f{}", random(3), random(2), random(3));
      stream += random(4) == 0 ? fmt::format("D {}\n", path)
                               : fmt::format("M 100644 inline {}\ndata 2\n{:02}\n", path, random(30));
    }
  }
  fixture.git({"fast-import", "--quiet"}, stream);
  // The first commit of each (blob, path) in a linear history, from git's own diffs.
  std::map<std::string, std::map<std::string, std::string>> first;
  std::string commit;
  const std::string log =
      fixture.git({"log", "--reverse", "--raw", "--no-renames", "--no-abbrev", "--format=%H", "main"});
  for (const std::string_view line : lines_of(log)) {
    if (!line.starts_with(':')) {
      commit = line.empty() ? commit : std::string(line);
    } else if (const auto fields = split(line.substr(0, line.find('\t')), ' '); fields[4] != "D") {
      first[std::string(fields[3])].emplace(line.substr(line.find('\t') + 1), commit);
    }
  }
  std::vector<std::string> blobs;
  for (const auto& [blob, places] : first) {
    blobs.push_back(blob);
  }
  const Attributed attributed = attribute(fixture.path(), blobs);
  for (const auto& [blob, places] : first) {
    std::map<std::string, std::string> found;
    for (const git::Occurrence& occurrence : attributed.of(blob).occurrences) {
      CHECK(found.emplace(occurrence.path, occurrence.commit.hex()).second);
    }
    CHECK(found == places);
  }
}

TEST_CASE("a tree with billions of paths to a blob is a gap, soon")
{
  GitFixture fixture;
  const auto tree_of = [&fixture](const std::string& raw) {
    return fixture.git({"hash-object", "-t", "tree", "-w", "--stdin", "--literally"}, raw);
  };
  const std::string wanted = fixture.git({"hash-object", "-w", "--stdin"}, "wanted");
  std::string below = tree_of(raw_entry("100644", "f", wanted));
  for (int level = 0; level < 12; ++level) {
    std::string raw;
    for (int i = 0; i < 10; ++i) {
      raw += raw_entry("40000", fmt::format("d{}", i), below);
    }
    below = tree_of(raw);
  }
  fixture.git({"update-ref", "refs/heads/main", fixture.git({"commit-tree", below, "-m", "bomb"})});
  const Attributed attributed = attribute(fixture.path(), {wanted});
  CHECK(subjects_of(attributed.gaps) == std::vector<std::string>{"attribution"});
  CHECK(attributed.of(wanted).reach == Reach::head);
}
