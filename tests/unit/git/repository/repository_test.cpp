// SPDX-License-Identifier: Apache-2.0
#include "git/object_store.hpp"
#include "git/repository.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

#include <fstream>

using namespace sluice;
using namespace sluice::test;
using git::Repository;

namespace fs = std::filesystem;

namespace {

std::string
failure_of(const fs::path& path)
{
  const auto repository = Repository::open(path);
  REQUIRE_FALSE(repository);
  CHECK(repository.error().kind == ErrorKind::input);
  return repository.error().message;
}

void
append(const fs::path& file, std::string_view text)
{
  std::ofstream(file, std::ios::app) << text;
}

bool
says(const std::string& message, std::string_view part)
{
  return message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a repository is found from below its root")
{
  GitFixture fixture;
  const std::string head = fixture.commit("a/b/c.txt", "x", "one");
  const Repository repository = open_repository(fixture.path() / "a" / "b");
  CHECK(repository.work_tree() == fs::canonical(fixture.path()));
  CHECK(repository.git_directory() == fs::canonical(fixture.path() / ".git"));
  CHECK(repository.common_directory() == repository.git_directory());
  CHECK_FALSE(repository.is_bare());
  CHECK_FALSE(repository.is_sha256());
  CHECK_FALSE(repository.is_partial());
  CHECK_FALSE(repository.is_shallow());
  CHECK(repository.head() == id_of(head));
}

TEST_CASE("a directory that is no repository says so")
{
  const auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  CHECK(says(failure_of(directory->path()), "is not in a git repository"));
  CHECK(says(failure_of(directory->path() / "missing"), "is not a directory"));
}

TEST_CASE("an empty .git does not hide the repository above")
{
  GitFixture fixture;
  fs::create_directories(fixture.path() / "sub" / ".git");
  CHECK(open_repository(fixture.path() / "sub").work_tree() == fs::canonical(fixture.path()));
}

TEST_CASE("a git directory can be named itself")
{
  GitFixture fixture;
  const std::string head = fixture.commit("f", "x", "one");
  const Repository repository = open_repository(fixture.path() / ".git");
  CHECK(repository.work_tree() == fs::canonical(fixture.path()));
  CHECK(repository.head() == id_of(head));
}

TEST_CASE("core.bare decides about a .git directory, and core.worktree about nothing")
{
  GitFixture fixture;
  append(fixture.path() / ".git/config", "[core]\n\tworktree = /\n");
  CHECK(open_repository(fixture.path()).work_tree() == fs::canonical(fixture.path()));
  append(fixture.path() / ".git/config", "[core]\n\tbare = true\n");
  CHECK(open_repository(fixture.path()).is_bare());
}

TEST_CASE("a .git file that leads nowhere names the place")
{
  const auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  append(directory->path() / ".git", "gitdir: ../elsewhere\n");
  CHECK(says(failure_of(directory->path()), "elsewhere', which is no git directory here"));
  fs::remove(directory->path() / ".git");
  append(directory->path() / ".git", "nonsense\n");
  CHECK(says(failure_of(directory->path()), "does not begin with 'gitdir:'"));
}

TEST_CASE("storage that cannot be read is refused by name")
{
  GitFixture fixture;
  const fs::path config = fixture.path() / ".git/config";
  SUBCASE("reftable")
  {
    append(config, "[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n");
    CHECK(says(failure_of(fixture.path()), "keeps its refs as 'reftable'"));
  }
  SUBCASE("an unknown extension")
  {
    append(config, "[core]\nrepositoryformatversion = 1\n[extensions]\ntimeTravel = true\n");
    CHECK(says(failure_of(fixture.path()), "uses 'extensions.timetravel'"));
  }
  SUBCASE("an unknown object format")
  {
    append(config, "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = md5\n");
    CHECK(says(failure_of(fixture.path()), "names its objects by 'md5'"));
  }
  SUBCASE("a configuration that git would not read")
  {
    append(config, "[broken\n");
    CHECK(says(failure_of(fixture.path()), "is not a line of a git configuration file"));
  }
  SUBCASE("a corrupt shallow file")
  {
    append(fixture.path() / ".git/shallow", "zz\n");
    CHECK(says(failure_of(fixture.path()), "is corrupt"));
  }
}

TEST_CASE("a promisor remote makes a repository partial")
{
  GitFixture fixture;
  append(fixture.path() / ".git/config", "[remote \"origin\"]\n\tpromisor = false\n");
  CHECK_FALSE(open_repository(fixture.path()).is_partial());
  append(fixture.path() / ".git/config", "[remote \"other\"]\n\tpromisor = true\n");
  CHECK(open_repository(fixture.path()).is_partial());
}

TEST_CASE("commits are parsed with any bytes in them")
{
  const auto id = id_of(std::string(40, '1'));
  const std::string tree(40, 'a');
  const std::string parents = "parent " + std::string(40, 'b') + "\nparent " + std::string(40, 'c') + "\n";
  const auto commit = git::parse_commit(id, "tree " + tree + "\n" + parents
                                                + "author A \xFF> B <a@b> 1700000000 +0100\n"
                                                  "committer C <c@d> -5 +0000\nencoding x\n\nmessage\nauthor no\n");
  REQUIRE(commit);
  CHECK(commit->tree.hex() == tree);
  REQUIRE(commit->parents.size() == 2);
  CHECK(commit->parents[1].hex() == std::string(40, 'c'));
  CHECK(commit->author == "A \xFF> B <a@b>");
  CHECK(commit->author_time == 1700000000);
  CHECK(commit->commit_time == -5);
}

TEST_CASE("commits that git would not make are errors or lack a time, never more")
{
  const auto id = id_of(std::string(40, '1'));
  CHECK_FALSE(git::parse_commit(id, ""));
  CHECK_FALSE(git::parse_commit(id, "tree 12\n"));
  CHECK_FALSE(git::parse_commit(id, "tree " + std::string(40, 'g') + "\n"));
  CHECK_FALSE(git::parse_commit(id, "tree " + std::string(40, 'a') + "\nparent x\n"));
  const auto commit = git::parse_commit(id, "tree " + std::string(40, 'a') + "\nauthor nobody");
  REQUIRE(commit);
  CHECK(commit->author == "nobody");
  CHECK(commit->author_time == 0);
  const auto late =
      git::parse_commit(id, "tree " + std::string(40, 'a') + "\nauthor a <b> 9223372036854775807 +0000\n");
  REQUIRE(late);
  CHECK(late->author_time == std::int64_t{1} << 56U);
}

TEST_CASE("trees are read as far as they are well formed")
{
  const std::string raw(20, '\x01');
  const std::string good = "100644 a\xFF b" + std::string(1, '\0') + raw + "40000 d" + std::string(1, '\0') + raw;
  std::vector<std::string> names;
  const auto take = [&names](const git::TreeEntry& entry) {
    names.push_back((entry.is_tree() ? "tree " : "blob ") + std::string(entry.name));
  };
  CHECK(git::for_each_entry(good, 20, take));
  CHECK(names == std::vector<std::string>{"blob a\xFF b", "tree d"});
  for (std::size_t cut = 1; cut < raw.size() + 8; ++cut) {
    names.clear();
    CHECK_FALSE(git::for_each_entry(std::string_view(good).substr(0, good.size() - cut), 20, take));
    CHECK(names.size() <= 1);
  }
  CHECK_FALSE(git::for_each_entry("10x644 a" + std::string(1, '\0') + raw, 20, take));
  CHECK_FALSE(git::for_each_entry("100644 " + std::string(1, '\0') + raw, 20, take));
}

TEST_CASE("files are read from commits")
{
  GitFixture fixture;
  fixture.write("dir/deep/file.txt", "old");
  fs::create_symlink("file.txt", fixture.path() / "dir/deep/link");
  const std::string first = fixture.commit("one");
  fixture.commit("dir/deep/file.txt", "new", "two");
  const Repository repository = open_repository(fixture.path());
  CHECK(value_of(repository.file_at(id_of(first), "dir/deep/file.txt")) == "old");
  CHECK(value_of(repository.file_at(*repository.head(), "dir/deep/file.txt")) == "new");
  for (const char* absent : {"dir", "dir/deep", "dir/deep/file.txt/x", "no", "", "dir//deep"}) {
    CHECK_FALSE(value_of(repository.file_at(id_of(first), absent)).has_value());
  }
  for (const char* linked : {"dir/deep/link", "dir/deep/link/x"}) {
    const auto refused = repository.file_at(id_of(first), linked);
    REQUIRE_FALSE(refused);
    CHECK(says(refused.error().message, "is a symbolic link"));
  }
  CHECK_FALSE(repository.file_at(id_of(std::string(40, '1')), "x"));
}

TEST_CASE("a commit that is something else is an error")
{
  GitFixture fixture;
  fixture.commit("f", "x", "one");
  const Repository repository = open_repository(fixture.path());
  const auto tree = repository.commit(id_of(fixture.git({"rev-parse", "HEAD^{tree}"})));
  REQUIRE_FALSE(tree);
  CHECK(says(tree.error().message, "is not a commit"));
}
