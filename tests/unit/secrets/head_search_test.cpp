// SPDX-License-Identifier: Apache-2.0
#include "secrets/head_search.hpp"
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace sluice::secrets {

TEST_CASE("a file with many secrets that no rule sees any more is matched once, and so is what it was before")
{
  constexpr int many = 300;
  std::string before;
  std::string after;
  for (int i = 0; i < many; ++i) {
    const std::string secret = token(fmt::format("{}", i));
    before += secret + "\n";
    after += "x" + secret + "\n";
  }
  GitFixture git;
  git.commit("a.txt", before, "Leak");
  git.commit("a.txt", after, "Hide");
  const git::Repository repository = git::Repository::open(git.path()).value();
  const Matcher matcher = Matcher::create(rules(), compiled_database()).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  LeakCollection leaks(matcher.rules());
  leaks.add(before, worker.match(before),
            {SourceKind::blob, *git::ObjectId::from_hex(git.git({"rev-parse", "HEAD~:a.txt"})), {}});
  const std::uint64_t scanned = worker.work().scanned;
  HeadSearch search(repository, *git::ObjectId::from_hex(git.git({"rev-parse", "HEAD"})), matcher.rules());
  std::set<std::uint32_t> lines;
  for (const Leak& leak : leaks.take()) {
    const std::vector<HeadSearch::Place> places = search.places_of(leak, {"a.txt", "absent.txt"}, worker);
    REQUIRE(places.size() == 1);
    CHECK(places[0].location.path == "a.txt");
    CHECK(places[0].location.begin.column == 2);
    CHECK(places[0].line->excerpt.find("…(40 characters)") != std::string::npos);
    lines.insert(places[0].location.begin.line);
  }
  CHECK(lines.size() == many);
  CHECK(worker.work().scanned - scanned <= 4 * (before.size() + after.size()));
}

TEST_CASE("secrets of several objects are found again with each object read once")
{
  GitFixture git;
  std::vector<std::string> versions(3);
  for (int i = 0; i < 60; ++i) {
    versions[static_cast<std::size_t>(i) % versions.size()] += token(fmt::format("{}", i)) + "\n";
  }
  std::string hidden;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    git.commit(fmt::format("{}.txt", i), versions[i], "Leak");
  }
  for (std::size_t i = 0; i < versions.size(); ++i) {
    std::string after;
    for (std::size_t at = 0; at < versions[i].size(); at += 41) {
      after += "x" + versions[i].substr(at, 41);
    }
    git.write(fmt::format("{}.txt", i), after);
  }
  git.git({"commit", "-q", "-a", "-m", "Hide"});
  const Findings findings = scope(Scope::history)(git);
  REQUIRE(findings.found.size() == 60);
  for (const Finding& finding : findings.found) {
    CHECK(fact(finding, "state") == "at HEAD");
    CHECK(finding.where.begin.column == 2);
  }
}

}  // namespace sluice::secrets
