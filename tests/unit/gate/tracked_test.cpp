// SPDX-License-Identifier: Apache-2.0
#include "gate/change_tree.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::gate;

namespace {

using Paths = std::vector<std::string>;

/// Trees of a repository, as a run without a range has them.
struct Opened
{
  explicit Opened(const test::GitFixture& fixture)
      : repository(git::Repository::open(fixture.path()).value())
  {
    input.directory = fixture.path();
    input.repository = &repository;
  }
  Listing
  tracked()
  {
    std::vector<Gap> gaps;
    return change_tree(input, gaps).after->tracked();
  }
  git::Repository repository;
  Input input;
};

}  // namespace

TEST_CASE("what a link says is told of the disk, of a commit and of the index")
{
  test::GitFixture fixture;
  std::filesystem::create_symlink("../outside", fixture.path() / "out");
  fixture.write("file", "text");
  fixture.commit("all");
  Opened opened(fixture);
  std::vector<Gap> gaps;
  const ChangeTree disk = change_tree(opened.input, gaps);
  opened.input.range.kind = ci::RangeKind::staged;
  const ChangeTree staged = change_tree(opened.input, gaps);
  const CommitTree commit(opened.repository, *opened.repository.head(), "");
  for (const FileTree* tree : std::initializer_list<const FileTree*>{disk.after.get(), staged.after.get(), &commit}) {
    CHECK(tree->link_at("out") == "../outside");
    CHECK(tree->link_at("file") == std::nullopt);
    CHECK(tree->link_at("none") == std::nullopt);
  }
}

TEST_CASE("what a sparse checkout leaves out is tracked and told")
{
  test::GitFixture fixture;
  fixture.write("a/x", "1");
  fixture.write("b/y", "2");
  fixture.commit("all");
  fixture.git({"sparse-checkout", "set", "b"});
  const Listing listing = Opened(fixture).tracked();
  CHECK(listing.files == Paths{"a/x", "b/y"});
  CHECK(listing.skipped == Paths{"a/x"});
  CHECK(listing.complete);
}

TEST_CASE("what is in conflict is tracked all the same")
{
  test::GitFixture fixture;
  fixture.commit("x", "0", "start");
  fixture.git({"checkout", "-q", "-b", "other"});
  fixture.commit("x", "1", "theirs");
  fixture.git({"checkout", "-q", "main"});
  fixture.commit("x", "2", "ours");
  CHECK_THROWS(fixture.git({"merge", "-q", "other"}));
  CHECK(Opened(fixture).tracked().files == Paths{"x"});
}

TEST_CASE("of an index that is damaged nobody says that it is all")
{
  test::GitFixture fixture;
  fixture.commit("x", "0", "start");
  Opened opened(fixture);
  REQUIRE(write_file(fixture.path() / ".git/index", "DIRC and no more"));
  CHECK_FALSE(opened.tracked().complete);
}
