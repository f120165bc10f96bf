// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "git/history.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace sluice;
using namespace sluice::test;

namespace {

std::vector<git::ObjectId>
ids_of(const std::vector<std::string>& hexes)
{
  std::vector<git::ObjectId> ids;
  std::transform(hexes.begin(), hexes.end(), std::back_inserter(ids), id_of);
  return ids;
}

struct Range
{
  std::vector<std::string> commits;
  std::vector<Gap> gaps;
};

Range
between(const std::filesystem::path& path, const std::vector<std::string>& heads,
        const std::vector<std::string>& excluded = {})
{
  Range range;
  for (const git::Commit& commit :
       git::commits_between(open_repository(path), ids_of(heads), ids_of(excluded), range.gaps)) {
    range.commits.push_back(commit.id.hex());
  }
  return range;
}

std::vector<std::string>
sorted(std::vector<std::string> texts)
{
  std::sort(texts.begin(), texts.end());
  return texts;
}

/// `git rev-list`, sorted.
std::vector<std::string>
by_git(GitFixture& fixture, std::vector<std::string> arguments)
{
  arguments.insert(arguments.begin(), "rev-list");
  std::vector<std::string> commits;
  const std::string output = fixture.git(arguments);
  for (const std::string_view line : lines_of(output)) {
    commits.emplace_back(line);
  }
  return sorted(std::move(commits));
}

/// A commit of the empty tree with given parents, date (seconds) and message.
std::string
bare_commit(GitFixture& fixture, const std::vector<std::string>& parents, std::int64_t time, std::string_view message)
{
  const std::string tree = fixture.git({"mktree"});
  std::string content = "tree " + tree + "\n";
  for (const std::string& parent : parents) {
    content += "parent " + parent + "\n";
  }
  content += fmt::format("author a <b@c> {0} +0000\ncommitter a <b@c> {0} +0000\n\n{1}\n", time, message);
  return fixture.git({"hash-object", "-t", "commit", "-w", "--stdin"}, content);
}

}  // namespace

TEST_CASE("a range follows every parent and leaves out what the base has")
{
  GitFixture fixture;
  const std::string root = fixture.commit("a", "1", "root");
  fixture.git({"checkout", "-q", "-b", "side"});
  fixture.commit("b", "1", "old work on a side branch");
  fixture.git({"checkout", "-q", "main"});
  const std::string base = fixture.commit("a", "2", "base");
  fixture.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  const std::string head = fixture.commit("a", "3", "head");

  CHECK(sorted(between(fixture.path(), {head}).commits) == by_git(fixture, {head}));
  CHECK(sorted(between(fixture.path(), {head}, {base}).commits) == by_git(fixture, {head, "^" + base}));
  CHECK(sorted(between(fixture.path(), {head}, {base, root}).commits) == by_git(fixture, {head, "^" + base}));
  CHECK(between(fixture.path(), {head}, {head}).commits.empty());
  CHECK(between(fixture.path(), {root}, {head}).commits.empty());
  CHECK(between(fixture.path(), {}).commits.empty());
  CHECK(between(fixture.path(), {head}, {base}).gaps.empty());
}

TEST_CASE("random histories with wrong clocks give git's ranges, parents before children")
{
  GitFixture fixture;
  unsigned state = 12345;
  const auto random = [&state](unsigned below) { return (state = state * 1103515245 + 12345) / 65536 % below; };
  std::string stream;
  for (unsigned i = 1; i <= 120; ++i) {
    const unsigned time = 1700000000 + i * 60 - (random(10) == 0 ? 4000 : 0);
    stream +=
        fmt::format("reset refs/heads/b{0}\ncommit refs/heads/b{0}\nmark :{0}\ncommitter a <b@c> {1} +0000\ndata 4\n"
                    "{0:04}\n",
                    i, time);
    std::set<unsigned> parents;
    for (unsigned count = i == 1 ? 0 : random(4); count > 0; --count) {
      parents.insert(i - 1 - random(std::min(12U, i - 1)));
    }
    for (const unsigned parent : parents) {
      stream += fmt::format("{} :{}\n", parent == *parents.begin() ? "from" : "merge", parent);
    }
  }
  fixture.git({"fast-import", "--quiet"}, stream);
  const std::string listed = fixture.git({"for-each-ref", "--format=%(objectname) %(parent)"});
  std::vector<std::string> commits;
  std::map<std::string, std::vector<std::string>> parents_of;
  for (const std::string_view line : lines_of(listed)) {
    const auto words = split(line, ' ');
    commits.emplace_back(words[0]);
    parents_of[commits.back()].assign(words.begin() + 1, words.end());
  }
  REQUIRE(commits.size() == 120);
  for (int i = 0; i < 15; ++i) {
    const std::string& head = commits[random(120)];
    const std::string& second = commits[random(120)];
    const std::string& base = commits[random(120)];
    const Range range = between(fixture.path(), {head, second}, {base});
    CHECK(range.gaps.empty());
    CHECK(sorted(range.commits) == by_git(fixture, {head, second, "^" + base}));
    std::map<std::string, std::size_t> place;
    for (std::size_t at = 0; at < range.commits.size(); ++at) {
      for (const std::string& parent : parents_of[range.commits[at]]) {
        CHECK((std::find(range.commits.begin(), range.commits.end(), parent) == range.commits.end()
               || place.contains(parent)));
      }
      place[range.commits[at]] = at;
    }
    const git::Repository repository = open_repository(fixture.path());
    const bool is_ancestor = git::is_ancestor(repository, id_of(base), id_of(head));
    CHECK(is_ancestor == by_git(fixture, {base, "^" + head}).empty());
  }
}

TEST_CASE("order is by time where parents leave a choice, and the same every time")
{
  GitFixture fixture;
  const std::string late = bare_commit(fixture, {}, 3000, "late");
  const std::string early = bare_commit(fixture, {}, 1000, "early");
  const std::string middle = bare_commit(fixture, {late}, 2000, "a child with a wrong clock");
  const std::vector<std::string> expected{early, late, middle};
  CHECK(between(fixture.path(), {middle, early}).commits == expected);
  CHECK(between(fixture.path(), {early, middle, late}).commits == expected);
}

TEST_CASE("tags are peeled, other objects are no commits")
{
  GitFixture fixture;
  const std::string commit = fixture.commit("a", "1", "one");
  fixture.git({"tag", "-m", "x", "v1"});
  fixture.git({"tag", "-m", "x", "of-blob", fixture.git({"rev-parse", "HEAD:a"})});
  const Range range = between(fixture.path(), {fixture.git({"rev-parse", "v1"}), fixture.git({"rev-parse", "of-blob"}),
                                               fixture.git({"rev-parse", "HEAD^{tree}"})});
  CHECK(range.commits == std::vector<std::string>{commit});
  CHECK(range.gaps.empty());
  CHECK(between(fixture.path(), {commit}, {fixture.git({"rev-parse", "v1"})}).commits.empty());
}

TEST_CASE("a shallow boundary inside the range is a gap, one at its edge is none")
{
  GitFixture fixture;
  const std::string one = fixture.commit("a", "1", "one");
  const std::string two = fixture.commit("a", "2", "two");
  const std::string three = fixture.commit("a", "3", "three");
  GitFixture shallow = fixture.clone({"--depth", "2"});

  const Range whole = between(shallow.path(), {three});
  CHECK(whole.commits == std::vector<std::string>{two, three});
  REQUIRE(subjects_of(whole.gaps) == std::vector<std::string>{"shallow clone"});
  CHECK(whole.gaps[0].why
        == "the clone is cut off at 1 commit (" + two.substr(0, 8) + "), so what came before was not examined");
  CHECK(whole.gaps[0].fix.find("git fetch --unshallow") != std::string::npos);
  CHECK(whole.gaps[0].fix.find("\n  with:\n    fetch-depth: 0") != std::string::npos);

  CHECK(between(shallow.path(), {three}, {two}).gaps.empty());
  CHECK(between(shallow.path(), {three}, {one}).gaps.empty());
  CHECK(between(shallow.path(), {three}, {one}).commits == std::vector<std::string>{two, three});
}

TEST_CASE("the root of a shallow clone that reaches it is no gap")
{
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  GitFixture shallow = fixture.clone({"--depth", "5"});
  CHECK(between(shallow.path(), {fixture.git({"rev-parse", "HEAD"})}).gaps.empty());
}

TEST_CASE("missing and corrupt commits are gaps, and the walk goes on beside them")
{
  GitFixture fixture;
  const std::string one = fixture.commit("a", "1", "one");
  const std::string absent(40, '7');
  const std::string corrupt =
      fixture.git({"hash-object", "-t", "commit", "-w", "--stdin", "--literally"}, "no commit at all\n");
  const std::string head = bare_commit(fixture, {one, absent, corrupt}, 1800000000, "head");
  const Range range = between(fixture.path(), {head});
  CHECK(range.commits == std::vector<std::string>{one, head});
  CHECK(sorted(subjects_of(range.gaps)) == sorted({"commit " + absent, "commit " + corrupt}));
  CHECK(between(fixture.path(), {head}, {absent}).gaps.size() == 1);

  const Range nothing = between(fixture.path(), {absent});
  CHECK(nothing.commits.empty());
  CHECK(subjects_of(nothing.gaps) == std::vector<std::string>{"object " + absent});
}

TEST_CASE("a thousand missing commits do not make a thousand gaps")
{
  GitFixture fixture;
  std::vector<std::string> absent;
  for (int i = 0; i < 1000; ++i) {
    absent.push_back(fmt::format("{:040x}", i + 1));
  }
  const Range range = between(fixture.path(), {bare_commit(fixture, absent, 1800000000, "head")});
  CHECK(range.gaps.size() == 21);
  CHECK(range.gaps.back().why == "980 objects could not be read either");
}

TEST_CASE("merge bases are git's")
{
  GitFixture fixture;
  const std::string root = bare_commit(fixture, {}, 1000, "root");
  const std::string a = bare_commit(fixture, {root}, 2000, "a");
  const std::string b = bare_commit(fixture, {root}, 2100, "b");
  const std::string ab = bare_commit(fixture, {a, b}, 3000, "ab");
  const std::string ba = bare_commit(fixture, {b, a}, 3100, "ba");
  const std::string stranger = bare_commit(fixture, {}, 1500, "unrelated");
  // With a clock that went back, root is a common ancestor found before a.
  const std::string skewed = bare_commit(fixture, {a}, 500, "skewed");
  const std::string on_skewed = bare_commit(fixture, {skewed, root}, 4000, "on skewed");
  const git::Repository repository = open_repository(fixture.path());
  const auto base = [&repository](const std::string& x, const std::string& y) {
    const auto found = git::merge_base(repository, id_of(x), id_of(y));
    return found ? found->hex() : "none";
  };
  CHECK(base(a, b) == root);
  CHECK(base(a, a) == a);
  CHECK(base(root, ab) == root);
  CHECK(base(ab, a) == a);
  CHECK(base(ab, ba) == b);
  CHECK(base(ba, ab) == b);
  CHECK(base(ab, stranger) == "none");
  CHECK(base(a, std::string(40, '1')) == "none");
  CHECK(base(on_skewed, ab) == fixture.git({"merge-base", on_skewed, ab}));
  CHECK(base(on_skewed, ab) == a);

  CHECK(git::is_ancestor(repository, id_of(root), id_of(ba)));
  CHECK(git::is_ancestor(repository, id_of(a), id_of(a)));
  CHECK(git::is_ancestor(repository, id_of(skewed), id_of(on_skewed)));
  CHECK_FALSE(git::is_ancestor(repository, id_of(ba), id_of(root)));
  CHECK_FALSE(git::is_ancestor(repository, id_of(a), id_of(b)));
}

TEST_CASE("long walks, which read all commits at once, give the same")
{
  GitFixture fixture;
  std::string stream;
  constexpr int count = 6000;
  for (int i = 1; i <= count; ++i) {
    stream += fmt::format("commit refs/heads/main\nmark :{0}\ncommitter a <b@c> {1} +0000\ndata 2\n{2:02}\n", i,
                          1700000000 + i, i % 100);
    if (i > 1 && i % 100 == 0) {
      stream += fmt::format("from :{}\nmerge :{}\n", i - 1, i - 50);
    }
  }
  fixture.git({"fast-import", "--quiet"}, stream);
  const std::string head = fixture.git({"rev-parse", "main"});
  const Range range = between(fixture.path(), {head});
  CHECK(range.commits.size() == count);
  CHECK(range.gaps.empty());
  CHECK(range.commits.back() == head);
  CHECK(sorted(range.commits) == by_git(fixture, {head}));
}
