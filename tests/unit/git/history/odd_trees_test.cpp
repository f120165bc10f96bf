// SPDX-License-Identifier: Apache-2.0
#include "git/history.hpp"
#include "git/objects/tree_cursor.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

bool
is_taken(std::string_view name, git::FileMode mode = git::FileMode::file)
{
  return git::can_be_checked_out({static_cast<std::uint32_t>(mode), name, nullptr});
}

/// A commit whose tree has one file, of any name.
std::string
commit_of(GitFixture& fixture, const std::string& name)
{
  const std::string blob = fixture.git({"hash-object", "-w", "--stdin"}, "content");
  const git::ObjectId id = id_of(blob);
  std::string content = "100644 " + name;
  content += '\0';
  content.append(reinterpret_cast<const char*>(id.bytes.data()), id.size);
  const std::string tree = fixture.git({"hash-object", "-t", "tree", "-w", "--literally", "--stdin"}, content);
  return fixture.git({"commit-tree", "-m", "Odd", tree});
}

std::vector<Gap>
gaps_of_walk(const git::Repository& repository)
{
  git::AbsentObjects absent(repository, 1);
  std::vector<Gap> gaps;
  repository.objects().for_each(
      {.threads = 1}, [&absent](const git::ObjectView& view, unsigned thread) { absent.see(view, thread); }, gaps);
  absent.report(gaps);
  return gaps;
}

void
check_told(const std::vector<Gap>& gaps)
{
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].kind == GapKind::corrupt_object);
  CHECK(gaps[0].subject.starts_with("tree "));
  CHECK_FALSE(gaps[0].fix.empty());
}

}  // namespace

TEST_CASE("names that git checks out, and those that it does not")
{
  for (const char* name :
       {"a", "...", "..a", ".gitignore", ".gitmodules", "git", "git~2", "a\\b", " ", ".git~1", "g"}) {
    CAPTURE(name);
    CHECK(is_taken(name));
  }
  for (const char* name :
       {"", ".", "..", "a/b", "/", ".git", ".GiT", ".git ", ".git..", ".git:x", ".git\\x", "git~1", "GIT~1."}) {
    CAPTURE(name);
    CHECK_FALSE(is_taken(name));
  }
  CHECK_FALSE(is_taken(".gitmodules", git::FileMode::link));
  CHECK(is_taken("gitmodules", git::FileMode::link));
}

TEST_CASE("a tree with an entry that git does not check out is a gap, whoever reads it")
{
  for (const std::string name : {"..", ".", ".git", "a/b", ""}) {
    CAPTURE(name);
    GitFixture fixture;
    const std::string id = commit_of(fixture, name);
    const git::Repository repository = open_repository(fixture.path());
    check_told(gaps_of_walk(repository));
    std::vector<Gap> of_listing, of_change;
    (void)git::files_of(repository, id_of(id), of_listing);
    check_told(of_listing);
    const std::vector<git::Commit> commits{repository.commit(id_of(id)).value()};
    (void)git::changes_of(repository, commits, of_change);
    check_told(of_change);
    CHECK(of_change[0].why == gaps_of_walk(repository)[0].why);
  }
}

TEST_CASE("trees of git's making are no gap")
{
  GitFixture fixture;
  fixture.write(".gitignore", "x");
  fixture.write("d/.gitattributes", "x");
  fixture.commit("One");
  CHECK(gaps_of_walk(open_repository(fixture.path())).empty());
}
