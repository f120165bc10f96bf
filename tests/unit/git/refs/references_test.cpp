// SPDX-License-Identifier: Apache-2.0
#include "git/refs.hpp"
#include "git/refs/references.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

#include <algorithm>
#include <fstream>

using namespace sluice;
using namespace sluice::test;

namespace fs = std::filesystem;

namespace {

std::map<std::string, std::string>
references_of(const fs::path& path)
{
  std::map<std::string, std::string> references;
  for (const git::Reference& reference : value_of(open_repository(path).references())) {
    CHECK(references.emplace(reference.name, reference.id.hex()).second);
  }
  return references;
}

/// What git itself lists, plus HEAD.
std::map<std::string, std::string>
references_by_git(GitFixture& fixture)
{
  std::map<std::string, std::string> references{{"HEAD", fixture.git({"rev-parse", "HEAD"})}};
  const std::string listed = fixture.git({"for-each-ref", "--format=%(refname) %(objectname)"});
  std::size_t begin = 0;
  while (begin < listed.size()) {
    const std::size_t end = std::min(listed.find('\n', begin), listed.size());
    const std::string line = listed.substr(begin, end - begin);
    references.emplace(line.substr(0, line.find(' ')), line.substr(line.find(' ') + 1));
    begin = end + 1;
  }
  return references;
}

void
put(const fs::path& file, std::string_view text)
{
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("all refs are found: loose, packed, both, stash, notes, replace, symbolic")
{
  GitFixture fixture;
  const std::string first = fixture.commit("f", "1", "one");
  fixture.git({"tag", "-m", "annotated", "v1"});
  fixture.git({"branch", "feature/deep/name"});
  fixture.git({"pack-refs", "--all"});
  const std::string second = fixture.commit("f", "2", "two");
  fixture.git({"notes", "add", "-m", "note"});
  fixture.git({"replace", first, second});
  fixture.write("f", "3");
  fixture.git({"stash"});
  fixture.git({"update-ref", "refs/pull/1/head", first});
  fixture.git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/main"});

  const auto found = references_of(fixture.path());
  CHECK(found == references_by_git(fixture));
  CHECK(found.at("refs/heads/main") == second);
  CHECK(found.at("refs/tags/v1") != first);
  CHECK(found.contains("refs/stash"));
  CHECK(found.contains("refs/notes/commits"));
  CHECK(found.contains("refs/replace/" + first));
}

TEST_CASE("an unborn branch is no ref")
{
  GitFixture fixture;
  CHECK(references_of(fixture.path()).empty());
  CHECK_FALSE(open_repository(fixture.path()).head().has_value());
}

TEST_CASE("each worktree has its own HEAD")
{
  GitFixture fixture;
  const std::string first = fixture.commit("f", "1", "one");
  const std::string second = fixture.commit("f", "2", "two");
  const fs::path linked = fixture.path().parent_path() / "linked";
  fixture.git({"worktree", "add", "--detach", linked.string(), first});
  CHECK(references_of(fixture.path()).at("worktrees/linked/HEAD") == first);

  put(fixture.path() / ".git/worktrees/linked/refs/bisect/bad", second + "\n");
  const auto seen_from_linked = references_of(linked);
  CHECK(seen_from_linked.at("HEAD") == first);
  CHECK(seen_from_linked.at("main-worktree/HEAD") == second);
  CHECK(seen_from_linked.at("refs/bisect/bad") == second);
  CHECK(references_of(fixture.path()).at("worktrees/linked/refs/bisect/bad") == second);
  CHECK(open_repository(linked).head() == id_of(first));
}

TEST_CASE("hostile and broken refs are passed over")
{
  GitFixture fixture;
  const std::string head = fixture.commit("f", "1", "one");
  const fs::path refs = fixture.path() / ".git/refs/heads";
  put(refs / "broken", "nonsense\n");
  put(refs / "short", head.substr(0, 39) + "\n");
  put(refs / "escape", "ref: ../../../../etc/passwd\n");
  put(refs / "loop", "ref: refs/heads/loop\n");
  put(refs / "name with space", head + "\n");
  put(refs / "main.lock", head + "\n");
  put(refs / "a..b", head + "\n");
  fs::create_symlink("/etc/passwd", refs / "outside");
  fs::create_symlink("refs/heads/main", refs / "old-style");
  put(fixture.path() / ".git/packed-refs", "# pack-refs with: peeled\n" + head + " refs/heads/packed\n^" + head + "\n"
                                               + head + " refs/heads/../../x\nshort refs/heads/y\n" + head + "\n"
                                               + head);
  const std::map<std::string, std::string> expected{
      {"HEAD", head}, {"refs/heads/main", head}, {"refs/heads/old-style", head}, {"refs/heads/packed", head}};
  CHECK(references_of(fixture.path()) == expected);
}

TEST_CASE("symbolic refs are followed five times")
{
  GitFixture fixture;
  const std::string head = fixture.commit("f", "1", "one");
  std::string target = "refs/heads/main";
  for (int i = 1; i <= 6; ++i) {
    const std::string name = fmt::format("refs/heads/s{}", i);
    put(fixture.path() / ".git" / name, "ref: " + target + "\n");
    target = name;
  }
  const auto found = references_of(fixture.path());
  CHECK(found.contains("refs/heads/s5"));
  CHECK_FALSE(found.contains("refs/heads/s6"));
}

TEST_CASE("names that git would not create")
{
  for (const char* name : {"",   "@",   "a..b", "a@{b", ".a",  "a/.b", "a.lock", "a.lock/b", "a/",   "/a",    "a//b",
                           "a.", "a b", "a~b",  "a^b",  "a:b", "a?b",  "a*b",    "a[b",      "a\\b", "a\x7f", "a\nb"}) {
    CHECK_MESSAGE(!git::is_reference_name(name), name);
  }
  CHECK_FALSE(git::is_reference_name(std::string_view("a\0b", 3)));
  for (const char* name : {"HEAD", "refs/heads/a", "a@b", "refs/heads/\xC3\xA9", "a-b_c.d", "a{b}"}) {
    CHECK_MESSAGE(git::is_reference_name(name), name);
  }
}
