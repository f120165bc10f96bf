// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/process.hpp"
#include "git/refs.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

Environment
environment()
{
  return {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
          {"GIT_CONFIG_NOSYSTEM", "1"},
          {"GIT_CONFIG_GLOBAL", "/dev/null"},
          {"HOME", "/nonexistent"}};
}

/// A key of its own; its public half.
std::string
make_key(const std::filesystem::path& file)
{
  ProcessRequest request;
  request.argv = {"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file.string()};
  REQUIRE(run_process(request).value().exit_status == 0);
  const std::string text = read_file(file.string() + ".pub").value();
  return text.substr(0, text.rfind(' '));
}

std::string
signed_commit(test::GitFixture& fixture, const std::filesystem::path& key)
{
  fixture.git({"-c", "gpg.format=ssh", "-c", "user.signingKey=" + key.string(), "commit", "--allow-empty", "-S", "-m",
               "signed"});
  return fixture.git({"rev-parse", "HEAD"});
}

}  // namespace

TEST_CASE("a signature is of the principal that the signers have for its key")
{
  test::GitFixture fixture;
  fixture.commit("a", "1", "plain");
  const auto keys = TemporaryDirectory::create().value();
  const std::string ada = make_key(keys.path() / "ada");
  const std::string eve = make_key(keys.path() / "eve");
  const auto plain = git::ObjectId::from_hex(fixture.git({"rev-parse", "HEAD"})).value();
  const auto by_ada = git::ObjectId::from_hex(signed_commit(fixture, keys.path() / "ada")).value();
  const auto by_eve = git::ObjectId::from_hex(signed_commit(fixture, keys.path() / "eve")).value();
  const auto repository = git::Repository::open(fixture.path()).value();
  git::RefStore refs(repository, environment());
  const std::string signers = "ada@example.org namespaces=\"git\" " + ada + "\n";
  CHECK(refs.signer_of(by_ada, signers).value() == "ada@example.org");
  CHECK(refs.signer_of(by_eve, signers).value() == std::nullopt);
  CHECK(refs.signer_of(plain, signers).value() == std::nullopt);
  CHECK(refs.signer_of(by_ada, "").value() == std::nullopt);
  CHECK(refs.signer_of(by_ada, "eve@example.org " + eve + "\n").value() == std::nullopt);
  // The clock of the fixture is of November 2023: the key counted until the year before, and from it on.
  CHECK(refs.signer_of(by_ada, "ada@example.org valid-before=\"20220101\" " + ada + "\n").value() == std::nullopt);
  CHECK(refs.signer_of(by_ada, "ada@example.org valid-after=\"20230101\" " + ada + "\n").value() == "ada@example.org");
  CHECK(refs.signer_of(by_ada, "ada@example.org namespaces=\"file\" " + ada + "\n").value() == std::nullopt);
}

TEST_CASE("a changed commit has no signer, and no program of the repository's is asked")
{
  test::GitFixture fixture;
  fixture.commit("a", "1", "plain");
  const auto keys = TemporaryDirectory::create().value();
  const std::string ada = make_key(keys.path() / "ada");
  const std::string commit = signed_commit(fixture, keys.path() / "ada");
  std::string text = fixture.git({"cat-file", "commit", commit}) + "\n";
  text.replace(text.rfind("signed"), 6, "forged");
  const std::string forged = fixture.git({"hash-object", "-t", "commit", "-w", "--stdin"}, text);
  fixture.git({"config", "gpg.ssh.program", "/bin/true"});
  fixture.git({"config", "gpg.ssh.allowedSignersFile", "/dev/null"});
  const auto repository = git::Repository::open(fixture.path()).value();
  git::RefStore refs(repository, environment());
  const std::string signers = "ada@example.org " + ada + "\n";
  CHECK(refs.signer_of(git::ObjectId::from_hex(forged).value(), signers).value() == std::nullopt);
  CHECK(refs.signer_of(git::ObjectId::from_hex(commit).value(), signers).value() == "ada@example.org");
  CHECK_FALSE(refs.signer_of(git::ObjectId::from_hex(std::string(40, '1')).value(), signers));
}

TEST_CASE("the author is who git would name")
{
  test::GitFixture fixture;
  fixture.git({"config", "user.name", "Ada L"});
  fixture.git({"config", "user.email", "ada@example.org"});
  const auto repository = git::Repository::open(fixture.path()).value();
  CHECK(git::RefStore(repository, environment()).author().value() == "Ada L <ada@example.org>");
  fixture.git({"config", "user.useConfigOnly", "true"});
  fixture.git({"config", "--unset", "user.email"});
  CHECK(git::RefStore(repository, environment()).author().value() == std::nullopt);
}
