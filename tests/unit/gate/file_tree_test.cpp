// SPDX-License-Identifier: Apache-2.0
#include "gate/change_tree.hpp"
#include "gate/file_tree.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

namespace sluice::gate {

namespace {

using Paths = std::vector<std::string>;

/// A repository with a file, a link to a directory, one to nowhere and a submodule that is not checked out.
struct Mixed
{
  test::GitFixture other;
  test::GitFixture git;
  std::optional<git::Repository> repository;
  Input input;

  Mixed()
  {
    other.commit("x", "1", "theirs");
    git.write("real/a.sql", "SELECT 1;");
    std::filesystem::create_directory_symlink("real", git.path() / "link");
    std::filesystem::create_directory_symlink("/etc", git.path() / "out");
    git.git({"submodule", "--quiet", "add", other.path().string(), "sub"});
    git.commit("all");
    git.git({"submodule", "--quiet", "deinit", "--force", "sub"});
    auto opened = git::Repository::open(git.path());
    REQUIRE(opened.has_value());
    repository.emplace(std::move(*opened));
    input.directory = git.path();
    input.repository = &*repository;
  }
};

}  // namespace

TEST_CASE("disk and commit tell links and submodules from files and directories")
{
  Mixed mixed;
  std::vector<Gap> gaps;
  const ChangeTree disk = change_tree(mixed.input, gaps);
  const CommitTree commit(*mixed.repository, *mixed.repository->head(), "");
  for (const FileTree* tree : std::initializer_list<const FileTree*>{disk.after.get(), &commit}) {
    CHECK(tree->kind("real") == EntryKind::directory);
    CHECK(tree->kind("real/a.sql") == EntryKind::file);
    CHECK(tree->kind("link") == EntryKind::link);
    CHECK(tree->kind("sub") == EntryKind::submodule);
    CHECK(tree->kind("none") == EntryKind::none);
    CHECK(tree->directory_at("real") == "real");
    CHECK(tree->directory_at("out") == std::nullopt);
    const Listing listing = tree->list("");
    CHECK(listing.files == Paths{".gitmodules", "link", "out", "real/a.sql"});  // nothing of .git
    CHECK(listing.links == Paths{"link", "out"});
    CHECK(listing.submodules == Paths{"sub"});
  }
  CHECK(disk.after->directory_at("link") == "real");
  CHECK(commit.directory_at("link") == std::nullopt);
}

TEST_CASE("a file that git checked out in an encoding of its own is read as it is stored")
{
  test::GitFixture git;
  git.write(".gitattributes", "a.sql working-tree-encoding=UTF-16LE-BOM\n");
  git.write("b.sql", std::string("\xFF\xFEs\0", 4));
  git.commit("a.sql", std::string("\xFF\xFEs\0", 4), "both");
  auto repository = git::Repository::open(git.path());
  REQUIRE(repository.has_value());
  Input input;
  input.directory = git.path();
  input.repository = &*repository;
  std::vector<Gap> gaps;
  const ChangeTree tree = change_tree(input, gaps);
  CHECK(tree.after->read("a.sql").value() == "s");
  CHECK(tree.after->read("b.sql").value().size() == 4);
}

}  // namespace sluice::gate
