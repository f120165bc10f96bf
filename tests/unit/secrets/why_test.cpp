// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "secrets/options.hpp"
#include "secrets/why.hpp"
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>

namespace sluice::secrets {

namespace {

Result<std::string>
ask(const std::string& rule, const std::string& text, const gate::RuleSet& wanted = {})
{
  const auto directory = TemporaryDirectory::create().value();
  REQUIRE(write_file(directory.path() / "a.txt", text));
  gate::Input input;
  input.directory = directory.path();
  input.rules = wanted;
  const gate::OptionsOf<SecretsOptions> options;
  auto outcome = why({}, {options, {rule, "a.txt"}, directory.path(), input});
  return outcome ? Result<std::string>(outcome->output) : Result<std::string>(Failure(outcome.error()));
}

bool
has(const std::string& text, std::string_view part)
{
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a rule tells what it decides at each place, and never a secret")
{
  const std::string rule(token_rule);
  const std::string found = token("found");
  const std::string said = ask(rule, "x\ntoken = " + found + "\n").value();
  CHECK(said.starts_with(rule + " in a.txt\n"));
  CHECK(has(said, "candidate"));
  CHECK(has(said, "2:9"));
  CHECK(has(said, "reported"));
  CHECK(has(said, "checksum"));
  CHECK_FALSE(has(said, found.substr(12)));

  CHECK(has(ask(rule, "nothing\n").value(), "outside"));
  CHECK(has(ask(rule, found, gate::RuleSet({rule}, {})).value(), "disabled"));
  CHECK(has(ask(rule, found + "  # sluice:allow[" + rule + "] why\n").value(), "allowed"));
  const std::string even = "ghp_" + std::string(36, 'a');
  const std::string spared = ask(rule, even + "\n").value();
  CHECK(has(spared, "placeholder"));
  CHECK_FALSE(has(spared, "reported"));
}

TEST_CASE("why says when another rule knows the bytes better")
{
  const std::string said = ask("generic-quoted-credential", "password = \"" + token("better") + "\"\n").value();
  CHECK((has(said, "overlap") || has(said, "placeholder")));
  CHECK_FALSE(has(said, "reported"));
}

TEST_CASE("what is no rule of the gate, or no file, is an error that helps")
{
  CHECK(ask("github-personal-access-tokens", "").error().message.find("did you mean github-personal-access-token?")
        != std::string::npos);
  CHECK(ask("drop-column", "").error().message == "drop-column is a rule of sluice-migrations");
  gate::Input input;
  const gate::OptionsOf<SecretsOptions> options;
  CHECK(why({}, {options, {std::string(token_rule), "nowhere"}, "/", input}).error().kind == ErrorKind::input);
}

}  // namespace sluice::secrets
