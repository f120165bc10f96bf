// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "credentials/rule.hpp"
#include "credentials/rule_file.hpp"
#include "credentials/scan_database.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

namespace sluice::credentials {
namespace {

constexpr std::string_view good = R"(id: acme-key
title: Acme key
since: 0.1.0
severity: high
pattern: '\bacme_[0-9a-z]{20}\b'
what: Finds it.
why: It opens doors.
instead: Change the lock.
examples: ['acme_{{alnum-lower:20}}']
counter-examples: ['acme_']
)";

std::string
error_of(std::string_view text, std::string_view file = "rules/acme-key.yml")
{
  const auto rule = parse_rule_file(text, file);
  return rule ? std::string() : rule.error().message;
}

std::string
with(std::string_view from, std::string_view to)
{
  return replace_all(good, from, to);
}

bool
says(const std::string& message, std::string_view text)
{
  CAPTURE(message);
  const bool found = message.find(text) != std::string::npos;
  CHECK(found);
  return found;
}

TEST_CASE("a rule file is read")
{
  const auto rule = parse_rule_file(good, "rules/acme-key.yml");
  REQUIRE_MESSAGE(rule, rule.error().message);
  CHECK(rule->id == "acme-key");
  CHECK(rule->severity == Severity::high);
  CHECK(rule->confidence == Confidence::medium);
  CHECK(rule->candidate == rule->pattern);
  CHECK(rule->max_length == 1024);
  CHECK(rule->examples.size() == 1);

  const auto full = parse_rule_file(std::string(good)
                                        + "confidence: high\ncandidate: 'acme_[0-9a-z]{20}'\nmax-length: 64\n"
                                          "checksum: gitlab-routable\nmin-entropy: 2.5\ndeny-secrets: ['x{4}']\n"
                                          "deny-context: ['^#']\ntags: [a, b]\n",
                                    "acme-key.yml");
  REQUIRE_MESSAGE(full, full.error().message);
  CHECK(full->checksum == Checksum::gitlab_routable);
  CHECK(full->min_entropy == doctest::Approx(2.5));
  CHECK(full->tags == std::vector<std::string>{"a", "b"});
  CHECK(full->deny_secrets.size() == 1);
}

TEST_CASE("each defect is named with its place")
{
  says(error_of(with("title:", "titel:")), "rules/acme-key.yml:2:1: \"titel\" is not an option (did you mean title?)");
  says(error_of(with("id: acme-key", "id: acme-kay")), ":1:5: \"id\" is acme-kay but the file is called acme-key");
  says(error_of(with("[0-9a-z]{20}", "[0-9a-z]{15,1000}\\.[0-9a-z]{15,1000}")),
       "instructions of at most 2048: leave the upper end of long repetitions open");
  says(error_of(with("id: acme-key", "id: Acme_Key")), "lower-case words");
  says(error_of(with("severity: high", "severity: hihg")), ":4:11: \"severity\" must be one of");
  says(error_of(with("why:", "because:")), "this entry needs \"why\"");
  says(error_of(with("{20}\\b", "{20")), "");
  says(error_of(with("acme_[0-9a-z]{20}", "acme_((")), ":5:10: \"pattern\" is not taken by RE2");
  says(error_of(with("acme_[0-9a-z]{20}", "acme_[0-9a-z]{20,}")), "more than 512 bytes");
  says(error_of(std::string(good) + "candidate: '(?<=x)acme'\n"), "\"candidate\" is not taken by Vectorscan");
  says(error_of(std::string(good) + "candidate: 'ab'\n"), "less than 3 bytes");
  says(error_of(std::string(good) + "max-length: 9000\n"), "from 8 to 8192");
  says(error_of(std::string(good) + "min-entropy: much\n"), "a number from 0 to 8");
  says(error_of(std::string(good) + "checksum: githup\n"), "(did you mean github?)");
  says(error_of(std::string(good) + "deny-secrets: ['(']\n"), ":11:1: \"deny-secrets\" is not taken by RE2");
  says(error_of(std::string(good) + "tags: {a: b}\n"), "\"tags\" must be a list");
  says(error_of(std::string(good) + "state: new\n"), "\"state\" must be one of stable, preview");
  says(error_of(with("counter-examples: ['acme_']", "")), "counter-examples");
  says(error_of("- a list"), "must be a mapping");
  says(error_of(with("pattern: '\\bacme_[0-9a-z]{20}\\b'", "pattern: '(?:acme)?'")), "empty text");
}

TEST_CASE("all defects are told at once")
{
  const std::string message = error_of(with("title:", "titel:") + "max-length: 1\n");
  CHECK(lines_of(message).size() == 3);
}

TEST_CASE("the literal beginning of a pattern is public")
{
  CHECK(literal_prefix(R"(\bghp_[0-9A-Za-z]{36}\b)") == "ghp_");
  CHECK(literal_prefix(R"re((?i)token\s*=\s*"(?P<secret>sk-ant-api03-[a-z]{9})")re") == "sk-ant-api03-");
  CHECK(literal_prefix(R"(SG\.[0-9]{3})") == "SG.");
  CHECK(literal_prefix("(?:sk|rk)_live_[0-9]{4}").empty());
  CHECK(literal_prefix("ab|cd").empty());
  CHECK(literal_prefix(R"((?P<secret>\bhvs\.[0-9a-z]{9})(?:[^a-z]|$))") == "hvs.");
  CHECK(literal_prefix("(?P<secret>[a-z]{8})").empty());
  CHECK(literal_prefix("abc?d") == "ab");
  CHECK(literal_prefix(R"(\bxox[bp]-[0-9]{9})") == "xox");
  CHECK(literal_prefix("ab[|]c|d").empty());
  CHECK(literal_prefix("ab[|]c") == "ab");
}

TEST_CASE("files of a directory are read together")
{
  const auto directory = TemporaryDirectory::create().value();
  REQUIRE(write_file(directory.path() / "acme-key.yml", good));
  REQUIRE(write_file(directory.path() / "README.md", "no rule"));
  CHECK(read_rule_files(directory.path()).value().size() == 1);
  REQUIRE(write_file(directory.path() / "broken.yml", "id: broken"));
  REQUIRE(write_file(directory.path() / "wrong.yml", "id: broken"));
  const auto failed = read_rule_files(directory.path());
  REQUIRE_FALSE(failed);
  says(failed.error().message, "broken.yml:");
  says(failed.error().message, "wrong.yml:");
  CHECK_FALSE(read_rule_files(directory.path() / "absent").has_value());
}

TEST_CASE("the compiled table is what the files say")
{
  const auto files = read_rule_files(test::source_directory() / "src" / "credentials" / "rules").value();
  REQUIRE(files.size() == rules().size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    CAPTURE(files[i].id);
    CHECK(rules()[i].meta.id == files[i].id);
    CHECK(rules()[i].meta.doc.what == files[i].what);
    CHECK(rules()[i].meta.doc.instead == files[i].instead);
    CHECK(rules()[i].meta.state == files[i].state);
    CHECK(rules()[i].pattern == files[i].pattern);
    CHECK(rules()[i].candidate == files[i].candidate);
    CHECK(rules()[i].checksum == files[i].checksum);
    CHECK(rules()[i].meta.tags.size() == files[i].tags.size());
  }
}

TEST_CASE("the compiled database is taken as it is")
{
  CHECK(ScanDatabase::load(compiled_database()).has_value());
}

}  // namespace
}  // namespace sluice::credentials
