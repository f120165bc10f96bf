// SPDX-License-Identifier: Apache-2.0
//
// What every rule costs on the worst texts that its own pattern suggests, in what the matcher counts and not in
// seconds: a text's author must not choose how long it is looked at (matcher.cpp says why the bounds are these).
#include "base/path.hpp"
#include "base/text.hpp"
#include "credentials/matcher.hpp"
#include "credentials/rule_file.hpp"
#include "credentials/template.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>

namespace sluice::credentials {
namespace {

constexpr std::size_t full_size = 1 << 20;
/// What is linear in a text of this size is so in a larger one; the tests of all rules are slow enough.
constexpr std::size_t small_size = 1 << 17;
/// Bytes walked over and looked at, per byte of the text.
constexpr std::uint64_t bytes_per_byte = 8;

struct Samples
{
  std::vector<std::string> examples;
  std::vector<std::string> matches;  ///< what the pattern takes of them
  std::string prefix;  ///< what every secret begins with, else what comes before the first, else its start
};

struct WorstText
{
  std::string_view name;
  std::string text;
};

Samples
samples_of(const RuleFile& file, const Rule& rule, MatchWorker& worker)
{
  Samples samples{{}, {}, std::string(rule.prefix)};
  for (std::size_t i = 0; i < file.examples.size(); ++i) {
    const std::string text = expand_template(file.examples[i], fmt::format("{}/{}", file.id, i), file.checksum);
    for (const Match& match : worker.match(text).found) {
      const std::string_view before = Span{match.whole.begin, match.secret.begin}.of(text);
      if (samples.prefix.empty()) {
        samples.prefix = before.empty() ? match.secret.of(text).substr(0, 4) : before;
      }
      samples.matches.emplace_back(match.whole.of(text));
    }
    samples.examples.push_back(text);
  }
  return samples;
}

std::string
repeated(const std::vector<std::string>& pieces, std::string_view separator, std::size_t size)
{
  std::string text;
  while (text.size() < size) {
    for (const std::string& piece : pieces) {
      text += piece;
      text += separator;
    }
  }
  return text;
}

/// Beginnings at irregular distances, so that no two places of the text are alike: the worst for an automaton that
/// counts. `alphabet` fills the distances.
std::string
scattered(const std::string& prefix, std::string_view alphabet, std::size_t distance)
{
  std::minstd_rand random(7);  // the standard fixes its numbers
  std::string text;
  while (text.size() < small_size) {
    text += prefix;
    for (std::size_t left = random() % distance; left > 0; --left) {
      text += alphabet[random() % alphabet.size()];
    }
    text += std::array<std::string_view, 4>{"-", "", ".", "-"}[random() % 4];
  }
  return text;
}

/// Texts that end three bytes before they would match.
std::vector<std::string>
nearly(const std::vector<std::string>& matches)
{
  std::vector<std::string> cut;
  for (const std::string& match : matches) {
    cut.push_back(match.substr(0, match.size() - std::min<std::size_t>(3, match.size())));
  }
  return cut;
}

std::vector<WorstText>
worst_texts(const Samples& samples)
{
  return {{"prefix", repeated({samples.prefix}, "", full_size)},
          {"prefix and separators", repeated({samples.prefix, samples.prefix}, ".-=: \n", full_size)},
          {"prefix and line ends", repeated({samples.prefix}, "\n", small_size)},
          {"prefix among word characters", scattered(samples.prefix, "abcdefghijklmnopqrstuvwxyz0123456789_", 40)},
          {"prefix among base32", scattered(samples.prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 8)},
          {"examples", repeated(samples.examples, "", full_size)},
          {"examples on lines", repeated(samples.examples, "\n", small_size)},
          {"matches cut short", repeated(nearly(samples.matches), "", small_size)},
          {"matches cut short on lines", repeated(nearly(samples.matches), "\n", small_size)}};
}

void
check_work(const Rule& rule, const WorstText& worst, const MatchWork& before, const MatchWork& after)
{
  const std::uint64_t size = worst.text.size();
  const auto told = [&](std::string_view what, std::uint64_t count) {
    return fmt::format("{}: {}: {} {} for {} bytes", rule.meta.id, worst.name, count, what, size);
  };
  const std::uint64_t bytes = after.searched - before.searched + after.judged - before.judged;
  CHECK_MESSAGE(bytes <= bytes_per_byte * size, told("bytes confirmed", bytes));
  CHECK_MESSAGE(after.candidates - before.candidates <= size, told("candidates", after.candidates - before.candidates));
  // No match is shorter than eight bytes; a search without one is followed by a step of the rule's longest match.
  const std::uint64_t searches = after.searches - before.searches;
  CHECK_MESSAGE(searches <= size / 4 + 16, told("searches", searches));
}

TEST_CASE("no text makes a rule cost more than a few looks at each byte")
{
  const auto files = read_rule_files(test::source_directory() / "src/credentials/rules");
  REQUIRE_MESSAGE(files, files.error().message);
  REQUIRE(files->size() == rules().size());
  for (std::size_t i = 0; i < files->size(); ++i) {
    const Rule& rule = rules()[i];
    REQUIRE(files->at(i).id == rule.meta.id);
    const Matcher matcher = Matcher::create(rules().subspan(i, 1)).value();
    MatchWorker worker = MatchWorker::create(matcher).value();
    const Samples samples = samples_of(files->at(i), rule, worker);
    REQUIRE_MESSAGE(!samples.matches.empty(), rule.meta.id);
    for (const WorstText& worst : worst_texts(samples)) {
      const MatchWork before = worker.work();
      (void)worker.match(worst.text);
      check_work(rule, worst, before, worker.work());
    }
  }
}

TEST_CASE("what is counted is what was done")
{
  const auto rule = std::find_if(rules().begin(), rules().end(),
                                 [](const Rule& each) { return each.meta.id == "github-personal-access-token"; });
  const Matcher matcher = Matcher::create(std::span(&*rule, 1)).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  const std::string token = expand_template("ghp_{{base62:30}}{{checksum}}", "cost", Checksum::github);
  CHECK(worker.match("nothing here").empty());
  CHECK(worker.work().scanned == 12);
  CHECK(worker.work().searches == 0);
  CHECK(worker.match("a " + token + " b").found.size() == 1);
  CHECK(worker.work().scanned == 12 + 4 + token.size());
  CHECK(worker.work().candidates == 1);
  CHECK(worker.work().matches == 1);
  CHECK(worker.work().judged == token.size());
  CHECK(rule->max_length == token.size());
  CHECK(worker.work().searches == 2);                 // up to the match, and from there on
  CHECK(worker.work().searched == token.size() + 2);  // from where a match that ends there can begin
}

}  // namespace
}  // namespace sluice::credentials
