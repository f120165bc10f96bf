// SPDX-License-Identifier: Apache-2.0
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// main: one - two - merge(side) - tip; tags v1 (annotated, of two) and nested (of v1).
GitFixture
history_with_a_merge(const std::vector<std::string>& init = {})
{
  GitFixture fixture(init);
  fixture.commit("a", "1", "one");
  fixture.git({"checkout", "-q", "-b", "side"});
  fixture.commit("b", "1", "side");
  fixture.git({"checkout", "-q", "main"});
  fixture.commit("a", "2", "two");
  fixture.git({"tag", "-m", "annotated", "v1"});
  fixture.git({"tag", "-m", "a tag of a tag", "nested", "v1"});
  fixture.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  fixture.commit("a", "3", "tip");
  return fixture;
}

std::string
failure_of(const git::Repository& repository, std::string_view revision)
{
  const auto resolved = repository.resolve(revision);
  REQUIRE_MESSAGE(!resolved, revision);
  CHECK(resolved.error().kind == ErrorKind::usage);
  return resolved.error().message;
}

}  // namespace

TEST_CASE("revisions mean what they mean to git")
{
  for (const char* format : {"--object-format=sha1", "--object-format=sha256"}) {
    GitFixture fixture = history_with_a_merge({format});
    const std::string tip = fixture.git({"rev-parse", "HEAD"});
    fixture.git({"update-ref", "refs/remotes/origin/main", "HEAD~1"});
    fixture.git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"});
    fixture.git({"update-ref", "refs/custom/one", "HEAD~2"});
    fixture.git({"branch", "both", "HEAD~1"});
    fixture.git({"tag", "both", "HEAD~2"});
    const git::Repository repository = open_repository(fixture.path());
    for (const std::string& revision : {std::string("HEAD"),
                                        std::string("@"),
                                        std::string("main"),
                                        std::string("heads/main"),
                                        std::string("refs/heads/main"),
                                        std::string("side"),
                                        std::string("v1"),
                                        std::string("tags/v1"),
                                        std::string("nested"),
                                        std::string("origin"),
                                        std::string("origin/main"),
                                        std::string("custom/one"),
                                        std::string("both"),
                                        std::string("HEAD~1"),
                                        std::string("@~2"),
                                        std::string("HEAD~"),
                                        std::string("HEAD^"),
                                        std::string("HEAD^^"),
                                        std::string("HEAD~1^2"),
                                        std::string("HEAD^1^2~1"),
                                        std::string("HEAD~0"),
                                        std::string("HEAD^0"),
                                        std::string("v1^{}"),
                                        std::string("v1^{commit}"),
                                        std::string("nested^{commit}~1"),
                                        std::string("v1^{}^"),
                                        tip,
                                        tip + "^",
                                        tip.substr(0, 7),
                                        tip.substr(0, 10) + "~1"}) {
      INFO(revision);
      CHECK(value_of(repository.resolve(revision)).hex() == fixture.git({"rev-parse", "-q", revision + "^{commit}"}));
    }
    CHECK(value_of(repository.resolve("ORIG_HEAD")).hex() == fixture.git({"rev-parse", "ORIG_HEAD"}));
  }
}

TEST_CASE("what names no commit is refused, with the reason where there is one")
{
  GitFixture fixture = history_with_a_merge();
  const std::string blob = fixture.git({"rev-parse", "HEAD:a"});
  const git::Repository repository = open_repository(fixture.path());
  CHECK(failure_of(repository, "nowhere") == "nowhere: names no commit in this repository");
  CHECK(failure_of(repository, "") == ": names no commit in this repository");
  CHECK(failure_of(repository, blob)
        == blob + ": names no commit in this repository: " + blob.substr(0, 8) + " is not a commit");
  CHECK(failure_of(repository, "HEAD^3").ends_with("has 1 parent"));
  CHECK(failure_of(repository, "HEAD~99").ends_with("has 0 parents"));
  CHECK(failure_of(repository, "HEAD~99999999999").ends_with("the number is too large"));
  CHECK(failure_of(repository, "HEAD^{tree}").ends_with("only '^{commit}' and '^{}' name commits"));
  CHECK(failure_of(repository, "HEAD^{").ends_with("only '^{commit}' and '^{}' name commits"));
  CHECK(failure_of(repository, "HEAD@{1}").ends_with("reflogs, upstreams and paths are not looked up"));
  CHECK(failure_of(repository, "HEAD:a").ends_with("reflogs, upstreams and paths are not looked up"));
  CHECK(failure_of(repository, "HEAD~1x").find("is not understood") != std::string::npos);
  CHECK(failure_of(repository, "../../etc/passwd") == "../../etc/passwd: names no commit in this repository");
  CHECK(failure_of(repository, std::string(40, '1')).find("is missing") != std::string::npos);
  CHECK(failure_of(repository, "evil\x1b[31m").starts_with("evil\\x1b[31m"));
}

TEST_CASE("an abbreviation that fits several commits is ambiguous, several objects need not be")
{
  // Searched for once: blobs are counted up until one shares four digits with the commit.
  GitFixture fixture;
  const std::string head = fixture.commit("a", "1", "one");
  std::string prefix;
  std::string names;
  for (int i = 0; i < 4000; ++i) {
    fixture.write(fmt::format("many/{}", i), fmt::format("content {}", i));
  }
  fixture.git({"add", "."});
  names = fixture.git({"ls-files", "-s"});
  const git::Repository repository = open_repository(fixture.path());
  CHECK(value_of(repository.resolve(head.substr(0, 4))).hex() == head);

  std::map<std::string, int> by_prefix;
  std::size_t at = 0;
  while ((at = names.find("100644 ", at)) != std::string::npos) {
    ++by_prefix[names.substr(at += 7, 4)];
  }
  for (const auto& [candidate, count] : by_prefix) {
    prefix = count > 1 ? candidate : prefix;
  }
  REQUIRE_FALSE(prefix.empty());
  CHECK(failure_of(repository, prefix).find("is ambiguous") != std::string::npos);
}

TEST_CASE("a parent beyond a shallow boundary is not here, and that is said")
{
  GitFixture fixture = history_with_a_merge();
  GitFixture shallow = fixture.clone({"--depth", "1"});
  const git::Repository repository = open_repository(shallow.path());
  CHECK(value_of(repository.resolve("HEAD")).hex() == fixture.git({"rev-parse", "HEAD"}));
  CHECK(failure_of(repository, "HEAD~1").ends_with("is not here (the clone is shallow)"));
}
