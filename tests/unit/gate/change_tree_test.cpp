// SPDX-License-Identifier: Apache-2.0
#include "gate/change_tree.hpp"
#include "gate/range_outcome.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

struct Opened
{
  explicit Opened(const test::GitFixture& fixture)
      : repository(git::Repository::open(fixture.path()).value())
  {
    input.directory = fixture.path();
    input.repository = &repository;
  }
  gate::ChangeTree
  tree()
  {
    return gate::change_tree(input, gaps);
  }
  git::Repository repository;
  gate::Input input;
  std::vector<Gap> gaps;
};

git::ObjectId
id(const std::string& hex)
{
  return git::ObjectId::from_hex(hex).value();
}

}  // namespace

TEST_CASE("without a range the disk is what will be deployed, and there is nothing to compare with")
{
  test::GitFixture fixture;
  fixture.commit("a.sql", "committed", "one");
  fixture.write("a.sql", "edited");
  Opened opened(fixture);
  const gate::ChangeTree tree = opened.tree();
  CHECK(tree.after->read("a.sql").value() == "edited");
  CHECK(tree.before == nullptr);
}

TEST_CASE("a range compares its head with where the change began")
{
  test::GitFixture fixture;
  const std::string base = fixture.commit("a.sql", "before", "one");
  const std::string head = fixture.commit("a.sql", "after", "two");
  fixture.commit("a.sql", "later", "three");
  Opened opened(fixture);
  opened.input.range.kind = ci::RangeKind::commits;
  opened.input.range.heads = {id(head)};
  opened.input.range.excluded = {id(base)};
  const gate::ChangeTree tree = opened.tree();
  CHECK(tree.after->read("a.sql").value() == "after");
  REQUIRE(tree.before);
  CHECK(tree.before->read("a.sql").value() == "before");
  CHECK(tree.before_name == base.substr(0, 8));
  CHECK(tree.prefix.empty());
  CHECK(opened.gaps.empty());
}

TEST_CASE("of several heads one is judged and the others are gaps")
{
  test::GitFixture fixture;
  const std::string one = fixture.commit("a.sql", "1", "one");
  const std::string two = fixture.commit("a.sql", "2", "two");
  Opened opened(fixture);
  opened.input.range.kind = ci::RangeKind::commits;
  opened.input.range.heads = {id(one), id(two)};
  const gate::ChangeTree tree = opened.tree();
  CHECK(tree.after->read("a.sql").value() == "2");
  REQUIRE(opened.gaps.size() == 1);
  CHECK(opened.gaps[0].kind == GapKind::unjudged);
  CHECK(opened.gaps[0].subject == "commit " + one.substr(0, 8));
}

TEST_CASE("a range that holds nothing is an absence with its reason, one that is not known a gap")
{
  ci::GitRange range;
  CHECK_FALSE(gate::range_outcome(range));
  range.kind = ci::RangeKind::nothing;
  range.reason = "v1 was deleted";
  const auto nothing = gate::range_outcome(range);
  REQUIRE(nothing);
  REQUIRE(nothing->absence);
  CHECK(nothing->absence->kind == Absence::Kind::nothing_to_do);
  CHECK(nothing->absence->reason == "v1 was deleted");
  CHECK(nothing->gaps.empty());
  range.kind = ci::RangeKind::unresolved;
  const auto unknown = gate::range_outcome(range);
  REQUIRE(unknown);
  REQUIRE(unknown->gaps.size() == 1);
  CHECK(unknown->gaps[0].kind == GapKind::no_range);
}

TEST_CASE("what is staged is the index against HEAD, whatever lies on the disk")
{
  test::GitFixture fixture;
  fixture.write("db/1.sql", "committed");
  fixture.write("db/deep/2.sql", "committed");
  fixture.write("db0", "beside");
  const std::string head = fixture.commit("one");
  fixture.write("db/3.sql", "staged");
  fixture.git({"add", "."});
  fixture.git({"rm", "--quiet", "--cached", "db/1.sql"});
  fixture.write("db/3.sql", "edited");
  fixture.write("db/4.sql", "not staged");
  std::filesystem::create_symlink("3.sql", fixture.path() / "db/link");
  fixture.git({"add", "db/link"});
  Opened opened(fixture);
  opened.input.range.kind = ci::RangeKind::staged;
  const gate::ChangeTree tree = opened.tree();
  CHECK(tree.after->list("db").files == std::vector<std::string>{"3.sql", "deep/2.sql", "link"});
  CHECK(tree.after->list("").files == std::vector<std::string>{"db/3.sql", "db/deep/2.sql", "db/link", "db0"});
  CHECK(tree.after->list("none").files.empty());
  CHECK(tree.after->read("db/3.sql").value() == "staged");
  CHECK_FALSE(tree.after->read("db/1.sql"));
  CHECK_FALSE(tree.after->read("db/link"));
  CHECK_FALSE(tree.after->is_file("db"));
  CHECK(tree.after->is_directory("db/deep/"));
  CHECK_FALSE(tree.after->is_directory("db/3.sql"));
  REQUIRE(tree.before != nullptr);
  CHECK(tree.before->read("db/1.sql").value() == "committed");
  CHECK(tree.before_name == head.substr(0, 8));
  CHECK(opened.gaps.empty());
}

TEST_CASE("before the first commit what is staged has nothing to compare with; a damaged index is a gap")
{
  test::GitFixture fixture;
  fixture.write("a.sql", "staged");
  fixture.git({"add", "."});
  Opened opened(fixture);
  opened.input.range.kind = ci::RangeKind::staged;
  CHECK(opened.tree().before == nullptr);
  CHECK(opened.tree().after->read("a.sql").value() == "staged");
  REQUIRE(write_file(fixture.path() / ".git/index", "DIRC"));
  CHECK(opened.tree().after->list("").files.empty());
  REQUIRE_FALSE(opened.gaps.empty());
  CHECK(opened.gaps.front().kind == GapKind::corrupt_object);
}

TEST_CASE("what is pushed is what is committed, whatever lies on the disk beside it")
{
  test::GitFixture fixture;
  const std::string base = fixture.commit("a.sql", "before", "one");
  const std::string head = fixture.commit("a.sql", "after", "two");
  fixture.write("a.sql", "mended, and not committed");
  Opened opened(fixture);
  opened.input.range.kind = ci::RangeKind::commits;
  opened.input.range.heads = {id(head)};
  opened.input.range.excluded = {id(base)};
  CHECK(opened.tree().after->read("a.sql").value() == "mended, and not committed");
  opened.input.range.is_committed = true;
  CHECK(opened.tree().after->read("a.sql").value() == "after");
}
