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

/// Adds texts, each with the same secret so many times.
LeakCollection
with_texts(const std::vector<int>& counts, SightingLimits limits)
{
  static const Matcher matcher = Matcher::create(rules(), compiled_database()).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  LeakCollection leaks(matcher.rules(), limits);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::string text;
    for (int line = 0; line < counts[i]; ++line) {
      text += expand_template("ghp_{{base62:30}}{{checksum}}\n", "a", Checksum::github);
    }
    leaks.add(text, worker.match(text), {SourceKind::worktree, {}, fmt::format("{}", i)});
  }
  return leaks;
}

TEST_CASE("however often a secret stands in one text, another text that has it is known")
{
  for (const SightingLimits limits : {SightingLimits{3, 1000, 1000}, SightingLimits{1000, 3, 1000}}) {
    const std::vector<Leak> leaks = with_texts({9, 2, 1}, limits).take();
    REQUIRE(leaks.size() == 1);
    CHECK(std::set<std::string>{"0", "1", "2"} == [&leaks] {
      std::set<std::string> paths;
      for (const Sighting& sighting : leaks[0].sightings) {
        paths.insert(sighting.source.path);
      }
      return paths;
    }());
    CHECK(leaks[0].not_kept == 12 - leaks[0].sightings.size());
    CHECK(leaks[0].not_kept >= 6);
    CHECK_FALSE(leaks[0].lacks_texts);
  }
}

TEST_CASE("a secret of which a text was left out says so, also when collections are put together")
{
  LeakCollection all = with_texts({1}, {});
  all.merge(with_texts({1, 1, 2}, {1000, 1000, 1}));
  const std::vector<Leak> leaks = all.take();
  REQUIRE(leaks.size() == 1);
  CHECK(leaks[0].sightings.size() == 2);
  CHECK(leaks[0].not_kept == 3);
  CHECK(leaks[0].lacks_texts);
}

TEST_CASE("secrets are forgotten, or all but some are")
{
  LeakCollection leaks = with_texts({2}, {});
  const std::set<Sha256> secrets = leaks.secrets();
  REQUIRE(secrets.size() == 1);
  CHECK(leaks.forget({Sha256{1}}) == 0);
  CHECK(leaks.keep(secrets) == 0);
  CHECK(leaks.keep({Sha256{1}}) == 2);
  CHECK(leaks.empty());
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
