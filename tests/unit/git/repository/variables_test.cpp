// SPDX-License-Identifier: Apache-2.0
//
// The repository that git's variables name, and what looks like one and is not.
#include "git/object_store.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

using namespace sluice;
using namespace sluice::test;
using sluice::git::Repository;
using sluice::git::RepositoryVariables;

namespace fs = std::filesystem;

namespace {

Repository
opened(const fs::path& directory, const Environment& environment)
{
  return value_of(Repository::open(directory, RepositoryVariables::of(environment, directory)));
}

/// The files that make a directory a bare repository, as somebody can commit them.
void
write_bare(GitFixture& fixture, const std::string& directory)
{
  fixture.write(directory + "/HEAD", "ref: refs/heads/main\n");
  fixture.write(directory + "/objects/.keep", "");
  fixture.write(directory + "/refs/.keep", "");
  fixture.write(directory + "/config", "[core]\n\tbare = true\n");
}

}  // namespace

TEST_CASE("GIT_DIR names the repository wherever one stands, and the work tree is there")
{
  GitFixture fixture;
  const std::string head = fixture.commit("a", "1", "one");
  GitFixture other;
  const Repository repository = opened(other.path(), {{"GIT_DIR", (fixture.path() / ".git").string()}});
  CHECK(repository.head() == id_of(head));
  CHECK(repository.work_tree() == fs::canonical(other.path()));
  CHECK(repository.index_file() == fs::canonical(fixture.path()) / ".git/index");
  const fs::path relative = fixture.path().lexically_relative(other.path());
  const Repository placed =
      opened(other.path(), {{"GIT_DIR", (relative / ".git").string()}, {"GIT_WORK_TREE", relative.string()}});
  CHECK(placed.head() == id_of(head));
  CHECK(placed.work_tree() == fs::canonical(fixture.path()));
}

TEST_CASE("GIT_DIR as git sets it in the hooks of a push: the git directory itself")
{
  GitFixture bare({"--bare"});
  CHECK(opened(bare.path(), {{"GIT_DIR", "."}}).is_bare());
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  CHECK(opened(fixture.path() / ".git", {{"GIT_DIR", "."}}).work_tree() == fs::canonical(fixture.path()));
}

TEST_CASE("GIT_DIR of a linked worktree and of a file that points to one")
{
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  fixture.git({"worktree", "add", "--quiet", "-b", "side", "../linked"});
  const fs::path linked = fixture.path().parent_path() / "linked";
  for (const fs::path& named : {fixture.path() / ".git/worktrees/linked", linked / ".git"}) {
    const Repository repository = opened(linked, {{"GIT_DIR", named.string()}});
    CHECK(repository.common_directory() == fs::canonical(fixture.path() / ".git"));
    CHECK(repository.work_tree() == fs::canonical(linked));
    CHECK(repository.index_file() == repository.git_directory() / "index");
  }
}

TEST_CASE("GIT_DIR that names nothing is an error and never the repository beside it")
{
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  for (const auto& environment :
       {Environment{{"GIT_DIR", "/nonexistent"}}, Environment{{"GIT_WORK_TREE", "/nonexistent"}},
        Environment{{"GIT_OBJECT_DIRECTORY", "/nonexistent"}}}) {
    const auto variables = RepositoryVariables::of(environment, fixture.path());
    CHECK_FALSE(Repository::find(fixture.path(), variables));
  }
}

TEST_CASE("GIT_COMMON_DIR says where objects and refs are")
{
  GitFixture fixture;
  const std::string head = fixture.commit("a", "1", "one");
  GitFixture other;
  const Repository repository =
      opened(other.path(), {{"GIT_DIR", ".git"}, {"GIT_COMMON_DIR", (fixture.path() / ".git").string()}});
  CHECK(repository.git_directory() == fs::canonical(other.path()) / ".git");
  CHECK(repository.commit(id_of(head)));
}

TEST_CASE("objects of a quarantine are read, and so are those that it does not hold")
{
  GitFixture fixture;
  const std::string known = fixture.commit("a", "1", "one");
  GitFixture pushed;
  const std::string brought = pushed.commit("b", "2", "two");
  const fs::path objects = fixture.path() / ".git/objects";
  const fs::path quarantine = objects / "tmp_objdir-incoming-1";
  fs::copy(pushed.path() / ".git/objects", quarantine, fs::copy_options::recursive);
  for (const Environment& environment : {Environment{{"GIT_OBJECT_DIRECTORY", quarantine.string()},
                                                     {"GIT_ALTERNATE_OBJECT_DIRECTORIES", objects.string()}},
                                         Environment{{"GIT_OBJECT_DIRECTORY", ".git/objects/tmp_objdir-incoming-1"},
                                                     {"GIT_ALTERNATE_OBJECT_DIRECTORIES", ":\".git/o\\142jects\":"}},
                                         Environment{{"GIT_QUARANTINE_PATH", quarantine.string()}}}) {
    const Repository repository = opened(fixture.path(), environment);
    CHECK(repository.objects().contains(id_of(known)));
    CHECK(repository.objects().contains(id_of(brought)));
    CHECK(repository.objects().gaps().empty());
  }
  const Repository lacking = opened(fixture.path(), {{"GIT_ALTERNATE_OBJECT_DIRECTORIES", "/nonexistent"}});
  CHECK(lacking.objects().gaps().size() == 1);
}

TEST_CASE("a bare repository inside a work tree is files of that work tree")
{
  GitFixture fixture;
  const std::string head = fixture.commit("a", "1", "one");
  write_bare(fixture, "vendor/inner.git");
  fixture.write("vendor/inner.git/sub/x", "x");
  for (const char* below : {"vendor/inner.git", "vendor/inner.git/sub", "vendor/inner.git/objects"}) {
    const Repository repository = open_repository(fixture.path() / below);
    CHECK(repository.work_tree() == fs::canonical(fixture.path()));
    CHECK(repository.head() == id_of(head));
  }
  write_bare(fixture, ".");
  CHECK(open_repository(fixture.path()).head() == id_of(head));
  SUBCASE("also of a linked worktree")
  {
    fixture.git({"worktree", "add", "--quiet", "-b", "side", "../linked"});
    const fs::path linked = fixture.path().parent_path() / "linked";
    fs::copy(fixture.path() / "vendor", linked / "vendor", fs::copy_options::recursive);
    CHECK(open_repository(linked / "vendor/inner.git").work_tree() == fs::canonical(linked));
  }
  SUBCASE("unless GIT_DIR names it")
  {
    CHECK(opened(fixture.path() / "vendor/inner.git", {{"GIT_DIR", "."}}).is_bare());
  }
  SUBCASE("what lies in the git directory is no file of the work tree")
  {
    write_bare(fixture, ".git/modules/m");
    CHECK(open_repository(fixture.path() / ".git/modules/m").git_directory()
          == fs::canonical(fixture.path() / ".git/modules/m"));
  }
}

TEST_CASE("a bare repository that lies in none is one")
{
  GitFixture bare({"--bare"});
  CHECK(open_repository(bare.path() / "refs").is_bare());
}

TEST_CASE("nothing is not the same as something that cannot be opened")
{
  const auto directory = TemporaryDirectory::create().value();
  const auto found = Repository::find(directory.path());
  REQUIRE(found);
  CHECK_FALSE(*found);
  fs::create_directories(directory.path() / ".git/objects");
  CHECK_FALSE(Repository::find(directory.path()));
  fs::remove_all(directory.path() / ".git");
  fs::create_symlink("/nonexistent", directory.path() / ".git");
  CHECK_FALSE(Repository::find(directory.path()));
}
