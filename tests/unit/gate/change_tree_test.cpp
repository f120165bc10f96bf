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
