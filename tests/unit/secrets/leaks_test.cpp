// SPDX-License-Identifier: Apache-2.0
#include "credentials/template.hpp"
#include "secrets/leaks.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace sluice::secrets {
namespace {

using credentials::expand_template;

TEST_CASE("a text of which not everything is known is counted, and no line of it is shown")
{
  std::string text = expand_template("token = ghp_{{base62:30}}{{checksum}}\n", "a", Checksum::github);
  const Matcher matcher = Matcher::create(rules(), compiled_database()).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  Matches matches = worker.match(text);
  REQUIRE(matches.found.size() == 1);
  matches.complete = false;
  LeakCollection leaks(matcher.rules());
  leaks.add(text, matches, {});
  CHECK(leaks.overflows() == 1);
  CHECK(leaks.take().front().sightings.front().line->excerpt.empty());
}

const Rule&
rule_named(std::string_view id)
{
  const auto all = rules();
  return *std::find_if(all.begin(), all.end(), [id](const Rule& rule) { return rule.meta.id == id; });
}

/// The secrets of a text as they are reported.
std::vector<Leak>
leaks_of(const std::string& text)
{
  const Matcher matcher = Matcher::create(rules(), compiled_database()).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  LeakCollection leaks(matcher.rules());
  leaks.add(text, worker.match(text), {});
  return leaks.take();
}

TEST_CASE("a fingerprint of a weak secret holds 16 bits of it and of its rule, and says that it does")
{
  const Rule& rule = rule_named("postgresql-connection-url");
  std::set<std::string> fingerprints;
  for (int i = 0; i < 3000; ++i) {
    fingerprints.insert(fingerprint_of(rule, fmt::format("Summer{}", i)).hex);
  }
  CHECK(fingerprints.size() > 2800);
  CHECK(is_coarse(fingerprint_of(rule, "Summer1")));
  CHECK(fingerprint_of(rule, "Summer1") == fingerprint_of(rule, "Summer1"));
  CHECK(fingerprint_of(rule, "Summer1") != fingerprint_of(rule_named("mysql-connection-url"), "Summer1"));
  CHECK_FALSE(is_coarse(fingerprint_of(rule, expand_template("{{base62:20}}", "a", Checksum::none))));
}

/// Two passwords that nobody can tell apart by their fingerprints.
std::pair<std::string, std::string>
colliding(const Rule& rule)
{
  std::map<std::string, std::string> seen;
  for (int i = 0;; ++i) {
    const std::string password = fmt::format("Winter{}", i);
    const auto [other, is_new] = seen.try_emplace(fingerprint_of(rule, password).hex, password);
    if (!is_new) {
      return {other->second, password};
    }
  }
}

TEST_CASE("weak secrets with the same fingerprint stay two findings")
{
  const auto [one, other] = colliding(rule_named("postgresql-connection-url"));
  const std::vector<Leak> leaks =
      leaks_of(fmt::format("A=postgres://a:{}@db.acme.io/x\nB=postgres://b:{}@db.acme.io/x\n", one, other));
  REQUIRE(leaks.size() == 2);
  CHECK(leaks[0].fingerprint == leaks[1].fingerprint);
  CHECK(leaks[0].secret != leaks[1].secret);
}

TEST_CASE("nothing that is reported of a weak secret tells it from the others of its length")
{
  const std::vector<Leak> leaks = leaks_of("A=postgres://a:Winter1@db.acme.io/x\n");
  REQUIRE(leaks.size() == 1);
  CHECK(leaks[0].redacted == "…(fewer than 8 characters)");
  CHECK(leaks[0].sightings.front().line->excerpt == "A=postgres://a:…(fewer than 8 characters)@db.acme.io/x");
}

TEST_CASE("no column tells how long a weak secret is, and of a strong one both are told")
{
  for (const char* password : {"Winter1", "Winter2024", "S3cr3tP@ssw0rd!"}) {
    CAPTURE(password);
    const std::vector<Leak> leaks = leaks_of(fmt::format("A=mysql://a:{}@db.acme.io/x\n", password));
    REQUIRE(leaks.size() == 1);
    REQUIRE(is_coarse(leaks[0].fingerprint));
    CHECK(leaks[0].sightings.front().begin == Position{1, 13});
    CHECK(leaks[0].sightings.front().end == Position{1, 13});
  }
  const std::vector<Leak> strong = leaks_of(expand_template("ghp_{{base62:30}}{{checksum}}\n", "a", Checksum::github));
  REQUIRE(strong.size() == 1);
  CHECK(strong[0].sightings.front().end == Position{1, 41});
}

TEST_CASE("a line hides what a rule that is disabled sees beside the secret")
{
  const std::string hub = expand_template("ghp_{{base62:30}}{{checksum}}", "a", Checksum::github);
  const std::string stripe = expand_template("sk_{{lit:li}}ve_{{base62:24}}", "stripe-live-secret-key");
  const std::string text = "use " + hub + " and " + stripe + "\n";
  const Matcher matcher = Matcher::create(rules(), compiled_database(), [](const RuleMeta& rule) {
                            return rule.id == "github-personal-access-token";
                          }).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  LeakCollection leaks(matcher.rules());
  leaks.add(text, worker.match(text), {});
  const std::vector<Leak> found = leaks.take();
  REQUIRE(found.size() == 1);
  CHECK(found[0].sightings.front().line->excerpt.find(stripe.substr(10)) == std::string::npos);
}

}  // namespace
}  // namespace sluice::secrets
