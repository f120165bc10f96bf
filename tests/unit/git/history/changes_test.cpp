// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "git/history.hpp"
#include "git/history/trees.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

#include <map>
#include <set>

using namespace sluice;
using namespace sluice::test;

namespace {

struct Changes
{
  std::vector<git::Change> list;
  std::vector<Gap> gaps;
};

Changes
changes_of(const std::filesystem::path& path, const std::vector<std::string>& commits)
{
  const git::Repository repository = open_repository(path);
  std::vector<git::Commit> parsed;
  for (const std::string& hex : commits) {
    parsed.push_back(value_of(repository.commit(id_of(hex))));
  }
  Changes changes;
  changes.list = git::changes_of(repository, parsed, changes.gaps);
  return changes;
}

/// "path=blob" of what the only commit introduces.
std::set<std::string>
introduced_by(const std::filesystem::path& path, const std::string& commit)
{
  const Changes changes = changes_of(path, {commit});
  REQUIRE(changes.list.size() == 1);
  CHECK(changes.gaps.empty());
  std::set<std::string> texts;
  for (const git::Introduced& introduced : changes.list[0].introduced) {
    CHECK(introduced.commit.hex() == commit);
    texts.insert(introduced.path + "=" + introduced.blob.hex());
  }
  return texts;
}

std::set<std::string>
removed_by(const std::filesystem::path& path, const std::string& commit)
{
  std::set<std::string> removed;
  const Changes changes = changes_of(path, {commit});
  for (const git::Removed& each : changes.list.at(0).removed) {
    removed.insert(each.blob.hex());
  }
  return removed;
}

std::set<std::string>
removed_paths(const std::filesystem::path& path, const std::string& commit)
{
  std::set<std::string> removed;
  const Changes changes = changes_of(path, {commit});
  for (const git::Removed& each : changes.list.at(0).removed) {
    removed.insert(each.path);
  }
  return removed;
}

std::string
tree_of(GitFixture& fixture, std::string_view raw)
{
  return fixture.git({"hash-object", "-t", "tree", "-w", "--stdin", "--literally"}, raw);
}

std::string
raw_entry(std::string_view mode, std::string_view name, const std::string& hex)
{
  const git::ObjectId id = id_of(hex);
  return fmt::format("{} {}", mode, name) + '\0'
         + std::string(reinterpret_cast<const char*>(id.bytes.data()), std::size_t{id.size});
}

}  // namespace

TEST_CASE("a root commit brings everything, links too, submodules not")
{
  GitFixture fixture;
  fixture.write("dir/deep/a", "A");
  fixture.write("b", "B");
  std::filesystem::create_symlink("target", fixture.path() / "link");
  fixture.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",module"});
  fixture.git({"add", "b", "dir", "link"});
  fixture.git({"commit", "-q", "-m", "root"});
  const std::string root = fixture.git({"rev-parse", "HEAD"});
  CHECK(introduced_by(fixture.path(), root)
        == std::set<std::string>{"dir/deep/a=" + fixture.git({"rev-parse", "HEAD:dir/deep/a"}),
                                 "b=" + fixture.git({"rev-parse", "HEAD:b"}),
                                 "link=" + fixture.git({"rev-parse", "HEAD:link"})});
  CHECK(removed_by(fixture.path(), root).empty());
}

TEST_CASE("an edit, a deletion, a rename and a copy")
{
  GitFixture fixture;
  fixture.write("same/kept", "K");
  fixture.write("edited", "1");
  fixture.write("deleted", "D");
  fixture.write("old/name", "N");
  fixture.commit("one");
  const auto blob = [&fixture](const std::string& path) { return fixture.git({"rev-parse", "HEAD~1:" + path}); };
  fixture.write("edited", "2");
  fixture.write("copy", "K");
  fixture.git({"rm", "-q", "deleted"});
  fixture.git({"mv", "old/name", "new-name"});
  const std::string commit = fixture.commit("two");
  CHECK(introduced_by(fixture.path(), commit)
        == std::set<std::string>{"edited=" + fixture.git({"rev-parse", "HEAD:edited"}), "copy=" + blob("same/kept"),
                                 "new-name=" + blob("old/name")});
  CHECK(removed_by(fixture.path(), commit) == std::set<std::string>{blob("edited"), blob("deleted"), blob("old/name")});
  CHECK(removed_paths(fixture.path(), commit) == std::set<std::string>{"edited", "deleted", "old/name"});
  const Changes changes = changes_of(fixture.path(), {commit});
  for (const git::Introduced& introduced : changes.list[0].introduced) {
    CHECK(introduced.replaced.size() == (introduced.path == "edited" ? 1 : 0));
    CHECK(introduced.mode == 0100644);
  }
}

TEST_CASE("a mode alone is no change of content, a type is")
{
  GitFixture fixture;
  fixture.write("script", "s");
  fixture.write("becomes-link", "target");
  fixture.write("becomes-directory", "f");
  fixture.write("directory/inner", "i");
  fixture.commit("one");
  const std::string inner = fixture.git({"rev-parse", "HEAD:directory/inner"});
  const std::string file = fixture.git({"rev-parse", "HEAD:becomes-directory"});
  fixture.git({"update-index", "--chmod=+x", "script"});
  std::filesystem::permissions(fixture.path() / "script", std::filesystem::perms::owner_all);
  std::filesystem::remove(fixture.path() / "becomes-directory");
  fixture.write("becomes-directory/x", "x");
  std::filesystem::remove_all(fixture.path() / "directory");
  fixture.write("directory", "now a file");
  const std::string commit = fixture.commit("two");
  CHECK(introduced_by(fixture.path(), commit)
        == std::set<std::string>{"becomes-directory/x=" + fixture.git({"rev-parse", "HEAD:becomes-directory/x"}),
                                 "directory=" + fixture.git({"rev-parse", "HEAD:directory"})});
  CHECK(removed_by(fixture.path(), commit) == std::set<std::string>{inner, file});
}

TEST_CASE("a merge shows only what no parent has")
{
  GitFixture fixture;
  fixture.write("shared/base", "0");
  fixture.commit("base");
  fixture.git({"checkout", "-q", "-b", "side"});
  fixture.write("side-only", "s");
  fixture.commit("shared/conflict", "theirs", "side");
  fixture.git({"checkout", "-q", "main"});
  fixture.commit("shared/conflict", "ours", "main");
  fixture.git({"merge", "-q", "-s", "ours", "--no-commit", "side"});
  fixture.write("shared/conflict", "resolved by hand");
  fixture.write("side-only", "s");
  fixture.write("evil/hidden", "only in the merge");
  const std::string merge = fixture.commit("evil merge");
  REQUIRE(fixture.git({"rev-parse", "HEAD^2"}) == fixture.git({"rev-parse", "side"}));
  CHECK(introduced_by(fixture.path(), merge)
        == std::set<std::string>{"shared/conflict=" + fixture.git({"rev-parse", "HEAD:shared/conflict"}),
                                 "evil/hidden=" + fixture.git({"rev-parse", "HEAD:evil/hidden"})});
  const Changes changes = changes_of(fixture.path(), {merge});
  for (const git::Introduced& introduced : changes.list[0].introduced) {
    CHECK(introduced.replaced.size() == (introduced.path == "shared/conflict" ? 2 : 0));
  }
}

TEST_CASE("a clean merge brings nothing")
{
  GitFixture fixture;
  fixture.commit("a", "1", "base");
  fixture.git({"checkout", "-q", "-b", "side"});
  fixture.commit("b", "1", "side");
  fixture.git({"checkout", "-q", "main"});
  fixture.commit("c", "1", "main");
  fixture.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  const std::string merge = fixture.git({"rev-parse", "HEAD"});
  CHECK(introduced_by(fixture.path(), merge).empty());
  CHECK(removed_by(fixture.path(), merge).empty());
}

TEST_CASE("what a merge takes from another path is on its list of removed blobs")
{
  GitFixture fixture;
  fixture.commit("keep", "k", "base");
  fixture.git({"checkout", "-q", "-b", "side"});
  fixture.commit("old-place", "moved content", "side");
  const std::string blob = fixture.git({"rev-parse", "HEAD:old-place"});
  fixture.git({"checkout", "-q", "main"});
  fixture.commit("c", "1", "main");
  fixture.git({"merge", "-q", "--no-ff", "--no-commit", "side"});
  fixture.git({"mv", "old-place", "new-place"});
  const std::string merge = fixture.commit("merge that moves");
  CHECK(introduced_by(fixture.path(), merge) == std::set<std::string>{"new-place=" + blob});
  CHECK(removed_by(fixture.path(), merge).contains(blob));
}

TEST_CASE("a boundary of a shallow clone brings its whole tree, quietly")
{
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  const std::string head = fixture.commit("b", "2", "two");
  GitFixture shallow = fixture.clone({"--depth", "1"});
  CHECK(introduced_by(shallow.path(), head).size() == 2);
}

TEST_CASE("missing parents and trees are gaps")
{
  GitFixture fixture;
  const std::string tree = tree_of(fixture, raw_entry("40000", "gone", std::string(40, '5')));
  const std::string content =
      "tree " + tree + "\nparent " + std::string(40, '6') + "\nauthor a <b> 1 +0000\ncommitter a <b> 1 +0000\n\nx\n";
  const std::string commit = fixture.git({"hash-object", "-t", "commit", "-w", "--stdin"}, content);
  const Changes changes = changes_of(fixture.path(), {commit, commit});
  CHECK(subjects_of(changes.gaps)
        == std::vector<std::string>{"commit " + std::string(40, '6'), "commit " + std::string(40, '6'),
                                    "tree " + std::string(40, '5')});
}

TEST_CASE("trees in any order are compared as sets")
{
  GitFixture fixture;
  const std::string a = fixture.git({"hash-object", "-w", "--stdin"}, "A");
  const std::string b = fixture.git({"hash-object", "-w", "--stdin"}, "B");
  const std::string sorted = tree_of(fixture, raw_entry("100644", "a", a) + raw_entry("100644", "b", b));
  const std::string reversed = tree_of(fixture, raw_entry("100644", "b", b) + raw_entry("100644", "a", a));
  const std::string first = fixture.git({"commit-tree", sorted, "-m", "one"});
  const std::string second = fixture.git({"commit-tree", reversed, "-p", first, "-m", "two"});
  CHECK(introduced_by(fixture.path(), second).empty());
}

TEST_CASE("a tree that names itself away in billions of paths is a gap, soon")
{
  GitFixture fixture;
  std::string below = tree_of(fixture, raw_entry("100644", "f", fixture.git({"hash-object", "-w", "--stdin"}, "x")));
  for (int level = 0; level < 12; ++level) {
    std::string raw;
    for (int i = 0; i < 10; ++i) {
      raw += raw_entry("40000", fmt::format("d{}", i), below);
    }
    below = tree_of(fixture, raw);
  }
  const std::string bomb = fixture.git({"commit-tree", below, "-m", "bomb"});
  const Changes changes = changes_of(fixture.path(), {bomb});
  CHECK(subjects_of(changes.gaps) == std::vector<std::string>{"commit " + bomb});
}

TEST_CASE("a tree nested too deep is a gap and no overflow")
{
  GitFixture fixture;
  std::string stream = "commit refs/heads/main\ncommitter a <b> 1 +0000\ndata 1\nx\nM 100644 inline ";
  for (int i = 0; i < 4200; ++i) {
    stream += "d/";
  }
  fixture.git({"fast-import", "--quiet"}, stream + "f\ndata 1\nx\n");
  const std::string commit = fixture.git({"rev-parse", "main"});
  const Changes changes = changes_of(fixture.path(), {commit});
  CHECK(subjects_of(changes.gaps) == std::vector<std::string>{"commit " + commit});
  CHECK(changes.list[0].introduced.empty());
}

TEST_CASE("entries are ordered as git orders them")
{
  const auto order = [](std::uint32_t mode_a, std::string_view a, std::uint32_t mode_b, std::string_view b) {
    return git::compare_entries({mode_a, a, nullptr}, {mode_b, b, nullptr});
  };
  constexpr std::uint32_t file = 0100644;
  constexpr std::uint32_t tree = 0040000;
  CHECK(order(file, "a", file, "a.b") < 0);
  CHECK(order(tree, "a", file, "a.b") > 0);
  CHECK(order(tree, "a", file, "a0") < 0);
  CHECK(order(file, "a", tree, "a") < 0);
  CHECK(order(file, "a", file, "a") == 0);
  CHECK(order(file, "\xFF", file, "a") > 0);
  CHECK(order(0160000, "a", file, "a") == 0);
}

TEST_CASE("every diff of a random history is git's own")
{
  GitFixture fixture;
  unsigned state = 99;
  const auto random = [&state](unsigned below) { return (state = state * 1103515245 + 12345) / 65536 % below; };
  std::string stream;
  for (int i = 0; i < 60; ++i) {
    stream += fmt::format("commit refs/heads/main\ncommitter a <b@c> {} +0000\ndata 1\nx\n", 1700000000 + i);
    for (unsigned edits = 0; edits <= random(4); ++edits) {
      const std::string path = fmt::format("d{}/e{}/f{}", random(3), random(3), random(4));
      stream += random(3) == 0 ? fmt::format("D {}\n", path)
                               : fmt::format("M 100644 inline {}\ndata 1\n{}\n", path, random(6));
    }
  }
  fixture.git({"fast-import", "--quiet"}, stream);

  std::vector<std::string> commits;
  std::map<std::string, std::set<std::string>> introduced;
  std::map<std::string, std::set<std::string>> removed;
  const std::string log = fixture.git({"log", "--raw", "--no-renames", "--no-abbrev", "--format=%H", "main"});
  for (const std::string_view line : lines_of(log)) {
    if (!line.starts_with(':')) {
      commits.insert(commits.end(), line.empty() ? 0 : 1, std::string(line));
      continue;
    }
    const auto fields = split(line.substr(0, line.find('\t')), ' ');
    if (fields[4] != "D") {
      introduced[commits.back()].insert(std::string(line.substr(line.find('\t') + 1)) + "=" + std::string(fields[3]));
    }
    if (fields[4] != "A") {
      removed[commits.back()].emplace(fields[2]);
    }
  }
  REQUIRE(commits.size() == 60);
  for (const std::string& commit : commits) {
    CHECK(introduced_by(fixture.path(), commit) == introduced[commit]);
    CHECK(removed_by(fixture.path(), commit) == removed[commit]);
  }
}
