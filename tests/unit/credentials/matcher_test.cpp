// SPDX-License-Identifier: Apache-2.0
#include "credentials/matcher.hpp"
#include "credentials/redaction.hpp"
#include "credentials/template.hpp"

#include <doctest/doctest.h>

#include <array>
#include <thread>

namespace sluice::credentials {
namespace {

constexpr std::array<std::string_view, 1> generic_tag{"generic"};
constexpr std::array<std::string_view, 2> placeholders{"(?i)example", "^x+$"};
constexpr std::array<std::string_view, 1> own_words{"^md5|@localhost$"};

RuleMeta
meta(std::string_view id, Confidence confidence = Confidence::high)
{
  RuleMeta meta;
  meta.id = id;
  meta.confidence = confidence;
  return meta;
}

const std::array<Rule, 7>&
test_rules()
{
  static const std::array<Rule, 7> rules = [] {
    std::array<Rule, 7> all{};
    all[0] = Rule{meta("acme"),
                  R"(\bacme_[0-9a-z]{20}\b)",
                  "acme_[0-9a-z]{20}",
                  "acme_",
                  512,
                  Checksum::none,
                  2.0,
                  placeholders,
                  {}};
    all[1] = Rule{
        meta("hub"), R"(\bghp_[0-9A-Za-z]{36}\b)", "ghp_[0-9A-Za-z]{36}", "ghp_", 512, Checksum::github, 0, {}, {}};
    all[2] = Rule{meta("password", Confidence::low),
                  R"re((?i)password\s*=\s*"(?P<secret>[^"\s]{6,60})")re",
                  R"((?i)password\s{0,4}=\s{0,4}")",
                  "",
                  512,
                  Checksum::none,
                  1.5,
                  {},
                  {}};
    all[2].meta.tags = generic_tag;
    all[3] = Rule{meta("long"),
                  R"(acme_[0-9a-z]{20}-[0-9a-z]{5})",
                  "acme_[0-9a-z]{20}-",
                  "acme_",
                  512,
                  Checksum::none,
                  0,
                  {},
                  {}};
    all[4] = Rule{meta("block"), R"(BEGIN BOX[^B]+?END BOX)", "BEGIN BOX", "", 4096, Checksum::none, 0, {}, {}};
    all[5] = Rule{meta("bounded"),
                  R"((?:^|[^a-z])(?P<secret>bnd-[a-z]{8})(?:[^a-z]|$))",
                  "bnd-[a-z]{8}",
                  "bnd-",
                  512,
                  Checksum::none,
                  0,
                  {},
                  {}};
    all[6] = Rule{meta("named"),
                  R"([a-z_0-9]*_key=(?P<secret>nam-[a-z0-9]{8})(?:@[a-z.]+)?)",
                  "_key=nam-",
                  "nam-",
                  64,
                  Checksum::none,
                  0,
                  {},
                  own_words};
    return all;
  }();
  return rules;
}

struct Fixture
{
  Matcher matcher = Matcher::create(test_rules()).value();
  MatchWorker worker = MatchWorker::create(matcher).value();

  std::vector<std::string>
  found(std::string_view content)
  {
    return texts(content, worker.match(content));
  }
  static std::vector<std::string>
  texts(std::string_view content, const Matches& matches)
  {
    std::vector<std::string> all;
    for (const Match& match : matches.found) {
      all.push_back(fmt::format("{} {}", test_rules()[match.rule].meta.id, match.secret.of(content)));
    }
    return all;
  }
};

std::string
make(std::string_view text)
{
  return expand_template(text, "matcher", Checksum::github);
}

using Texts = std::vector<std::string>;

TEST_CASE_FIXTURE(Fixture, "a secret is found wherever it stands, each once")
{
  const std::string a = make("acme_{{alnum-lower:20}}");
  const std::string b = make("acme_{{digits:20}}");
  CHECK(found("").empty());
  CHECK(found("nothing of interest").empty());
  CHECK(found(a) == Texts{"acme " + a});
  CHECK(found("x\n" + a + "\n" + b + "\n" + a) == Texts{"acme " + a, "acme " + b, "acme " + a});
  CHECK(found(std::string("\0\xff\xfe", 3) + " " + a + std::string("\0\x80", 2)) == Texts{"acme " + a});
  CHECK(found("x" + a).empty());  // \b
  CHECK(found(a + "9").empty());
}

TEST_CASE_FIXTURE(Fixture, "a word boundary is judged by what surrounds the window")
{
  // The candidate's window begins in the middle of a run of letters longer than the rule's longest match.
  const std::string a = make("acme_{{alnum-lower:20}}");
  CHECK(found(std::string(5000, 'k') + a).empty());
  CHECK(found(std::string(5000, 'k') + " " + a + " " + std::string(5000, 'k')) == Texts{"acme " + a});
}

TEST_CASE_FIXTURE(Fixture, "where a checksum fits no boundary is needed, on neither side")
{
  const std::string a = make("ghp_{{base62:30}}{{checksum}}");
  std::string wrong = a;
  wrong.back() = wrong.back() == 'a' ? 'b' : 'a';
  for (const char* around : {"_", "9", "x", "ghp_"}) {
    CAPTURE(around);
    CHECK(found(a + around) == Texts{"hub " + a});
    CHECK(found(around + a) == Texts{"hub " + a});
    CHECK(found(around + a + around + " " + a) == Texts{"hub " + a, "hub " + a});
    CHECK(found(wrong + around).empty());
  }
  CHECK(found(a + a) == Texts{"hub " + a, "hub " + a});
  CHECK(found(make("ghp_{{base62:48}}")).empty());
  // What a delta brings is judged by the same.
  const std::string text = std::string(5000, '.') + a + "_" + std::string(5000, '.');
  const Span fresh{5010, 5012};
  CHECK(texts(text, worker.match(text, {&fresh, 1})) == Texts{"hub " + a});
}

TEST_CASE_FIXTURE(Fixture, "one character between two secrets bounds both")
{
  CHECK(found("bnd-abcdefgh,bnd-ijklmnop bnd-qrstuvwx")
        == Texts{"bounded bnd-abcdefgh", "bounded bnd-ijklmnop", "bounded bnd-qrstuvwx"});
}

TEST_CASE_FIXTURE(Fixture, "the group named secret is the secret")
{
  CHECK(found(R"(Password = "correct-horse")") == Texts{"password correct-horse"});
}

TEST_CASE_FIXTURE(Fixture, "a placeholder is not reported, nor by a generic rule, but concealed")
{
  const std::string denied = "acme_example0123456789ab";
  REQUIRE(denied.size() == 24);
  const std::string text = "password=\"acme_" + std::string("examplek0123456789ab") + "\"";
  CHECK(found(text).empty());
  CHECK(worker.match(text).concealed.size() == 2);
  CHECK(found("acme_" + std::string(20, 'x')).empty());  // entropy
}

TEST_CASE_FIXTURE(Fixture, "what surrounds a secret counts as far as the match goes")
{
  CHECK(found("a_key=nam-12345678") == Texts{"named nam-12345678"});
  CHECK(found("md5_key=nam-12345678").empty());
  CHECK(found("a_key=nam-12345678@localhost").empty());
  CHECK(found("md5 @localhost a_key=nam-12345678 md5 @localhost").size() == 1);
  CHECK(found("a_key=nam-12345md5").size() == 1);  // the secret's own characters are no context
  CHECK(found("md5_key=nam-12345678;a_key=nam-12345678;md5_key=nam-12345678").size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a match is the same whatever candidates are near it")
{
  // Windows of 64 bytes, in a text that is one long region of candidates.
  std::string text;
  for (int i = 0; i < 400; ++i) {
    text += std::string(static_cast<std::size_t>(i % 61), '.') + fmt::format("_key=nam- x_key=nam-{:08}", i);
  }
  CHECK(found(text).size() == 400);
  const std::string host(100, 'h');  // longer than the rule's longest match: cut there
  const std::string first = "a_key=nam-12345678@" + host;
  const Matches alone = worker.match(first);
  REQUIRE(alone.found.size() == 1);
  CHECK(alone.found[0].whole.size() == 64);
  const std::string second = first + " _key=nam-";
  CHECK(worker.match(second).found[0].whole.size() == 64);
}

TEST_CASE_FIXTURE(Fixture, "a provider's rule goes before a generic one, the longer before the shorter")
{
  const std::string a = make("acme_{{alnum-lower:20}}");
  CHECK(found("password = \"" + a + "\"") == Texts{"acme " + a});
  CHECK(found(a + "-abcde") == Texts{"long " + a + "-abcde"});
}

TEST_CASE_FIXTURE(Fixture, "a checksum decides the confidence and drops nothing")
{
  const std::string good = make("ghp_{{base62:30}}{{checksum}}");
  const std::string bad = make("ghp_{{base62:36}}");
  const Matches matches = worker.match(good + "\n" + bad);
  REQUIRE(matches.found.size() == 2);
  CHECK(matches.found[0].confidence == Confidence::high);
  CHECK(matches.found[0].checksum.verdict == ChecksumVerdict::valid);
  CHECK(matches.found[1].confidence == Confidence::low);
}

TEST_CASE_FIXTURE(Fixture, "a match far longer than its candidate is found whole")
{
  const std::string box = "BEGIN BOX" + std::string(3000, '.') + "END BOX";
  CHECK(found("head\n" + box + "\n" + box) == Texts{"block " + box, "block " + box});
  CHECK(found("BEGIN BOX" + std::string(5000, '.') + "END BOX").empty());
}

TEST_CASE_FIXTURE(Fixture, "of a delta only what is new is looked at, and then everything is told")
{
  const std::string old_secret = make("acme_{{alnum-lower:20}}");
  const std::string new_secret = make("ghp_{{base62:30}}{{checksum}}");
  const std::string filler(6000, '\n');
  const std::string text = old_secret + filler + new_secret + filler;
  const auto range = [&](std::size_t begin, std::size_t end) {
    const std::array<Span, 1> fresh{{{begin, end}}};
    return texts(text, worker.match(text, fresh));
  };
  const std::size_t at = old_secret.size() + filler.size();
  CHECK(range(3000, 3001).empty());
  CHECK(range(text.size() - 10, text.size()).empty());
  const Texts both{"acme " + old_secret, "hub " + new_secret};
  CHECK(range(at + 5, at + 6) == both);
  CHECK(range(at, at) == both);              // a joint of two copies in front of it
  CHECK(range(at - 900, at - 899) == both);  // near it
  CHECK(range(0, text.size()) == both);
  CHECK(worker.match(text, {}).empty());
}

TEST_CASE_FIXTURE(Fixture, "a text of which little could be left out is matched whole")
{
  const std::string text = make("acme_{{alnum-lower:20}}") + std::string(1100, '\n');
  const std::array<Span, 1> fresh{{{1120, 1121}}};
  CHECK(worker.match(text, fresh).found.size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a text made of candidates takes linear time")
{
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    text += "BEGIN BOX ";
  }
  CHECK(found(text).empty());
  text.clear();
  for (int i = 0; i < 100'000; ++i) {
    text += "acme_0123456789abcdefghij";
  }
  CHECK(found(text).empty());  // no boundary between them
}

TEST_CASE_FIXTURE(Fixture, "a text made of secrets is looked at up to a limit, and says so")
{
  std::string text;
  for (int i = 0; i < 100'001; ++i) {
    text += fmt::format("acme_{:06}abcdefghijklmn ", i);
  }
  const Matches matches = worker.match(text);
  CHECK_FALSE(matches.complete);
  CHECK(matches.found.size() == 100'000);
  const std::array<Span, 1> fresh{{{0, text.size() / 2}}};
  CHECK_FALSE(worker.match(text, fresh).complete);
  CHECK(worker.match(text.substr(0, 2000)).complete);
}

TEST_CASE("a rule that is disabled finds nothing")
{
  const Matcher matcher =
      Matcher::create(test_rules(), {}, [](const RuleMeta& rule) { return rule.id != "acme"; }).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  CHECK(worker.match(make("acme_{{alnum-lower:20}}")).empty());
}

TEST_CASE("a database that Vectorscan refuses is compiled again")
{
  const Matcher matcher = Matcher::create(test_rules(), "not a database").value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  CHECK(worker.match(make("acme_{{alnum-lower:20}}")).found.size() == 1);
}

TEST_CASE("a database survives being written and read")
{
  const std::array<std::string_view, 2> expressions{"abc[0-9]{3}", "xyz"};
  const std::string bytes = ScanDatabase::compile(expressions).value().serialized().value();
  CHECK(ScanDatabase::load(bytes).has_value());
  CHECK_FALSE(ScanDatabase::load(std::string_view(bytes).substr(0, 40)).has_value());
  const std::array<std::string_view, 2> broken{"abc", "(("};
  const auto failed = ScanDatabase::compile(broken);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().message.starts_with("expression 1:"));
}

TEST_CASE("threads share one matcher")
{
  const Matcher matcher = Matcher::create(test_rules()).value();
  const std::string text = make("acme_{{alnum-lower:20}} password = \"correct-horse\" ghp_{{base62:30}}{{checksum}}");
  std::array<std::size_t, 4> counts{};
  std::vector<std::thread> threads;
  for (std::size_t& count : counts) {
    threads.emplace_back([&matcher, &text, &count] {
      MatchWorker worker = MatchWorker::create(matcher).value();
      for (int i = 0; i < 100; ++i) {
        count += worker.match(text).found.size();
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(counts == std::array<std::size_t, 4>{300, 300, 300, 300});
}

TEST_CASE("entropy is counted in bits per byte")
{
  CHECK(entropy_of("") == 0);
  CHECK(entropy_of("aaaa") == 0);
  CHECK(entropy_of("abab") == doctest::Approx(1));
  CHECK(entropy_of("0123456789abcdef") == doctest::Approx(4));
}

TEST_CASE("a secret is shown up to the prefix of its kind, and never more than a quarter")
{
  const Rule& acme = test_rules()[0];
  CHECK(redacted(acme, "acme_k3x9q7w2m8z4v6n1b5t0") == "acme_k…(25 characters)");
  CHECK(redacted(acme, "other_k3x9q7w2m8z4v6n1b5t0") == "…(26 characters)");
  // Of a weak one nothing of its own, and its length as a class.
  CHECK(redacted(acme, "acme_0123456789abcdefghij") == "acme_…(16 to 31 characters)");
  CHECK(redacted(acme, "acme_01234567") == "acm…(8 to 15 characters)");
  CHECK(redacted(test_rules()[2], "correct-horse-battery") == "…(16 to 31 characters)");
}

TEST_CASE_FIXTURE(Fixture, "a line is shown with every secret on it concealed")
{
  const std::string hub = make("ghp_{{base62:30}}{{checksum}}");
  const std::string acme = make("acme_{{alnum-lower:20}}");
  const std::string text = "first\nuse " + acme + " and " + hub + " here\r\nlast";
  const Matches matches = worker.match(text);
  REQUIRE(matches.found.size() == 2);
  for (const Match& match : matches.found) {
    const auto [line, secret] = redacted_line(text, match.secret, matches, test_rules());
    CHECK(secret.of(line).ends_with(" characters)"));
    CHECK(secret.of(line).substr(0, 6) == match.secret.of(text).substr(0, 6));
    CHECK(line
          == "use acme_" + acme.substr(5, 1) + "…(25 characters) and ghp_" + hub.substr(4, 2)
                 + "…(40 characters) here");
  }
}

TEST_CASE_FIXTURE(Fixture, "a long line is cut around the secret, and a cut secret stays concealed")
{
  const std::string hub = make("ghp_{{base62:30}}{{checksum}}");
  const std::string other = make("acme_{{alnum-lower:20}}");
  const std::string text = std::string(5000, '-') + other + std::string(190, '-') + hub + std::string(190, '-') + other
                           + std::string(5000, '-');
  const Matches matches = worker.match(text);
  REQUIRE(matches.found.size() == 3);
  const auto [line, secret] = redacted_line(text, matches.found[1].secret, matches, test_rules());
  CHECK(line.starts_with("…"));
  CHECK(secret.of(line) == "ghp_" + hub.substr(4, 2) + "…(40 characters)");
  CHECK(line.size() < 600);
  CHECK(line.find(other.substr(8, 6)) == std::string::npos);
  CHECK(line.find(other.substr(18, 6)) == std::string::npos);
  CHECK(line.find(hub.substr(8)) == std::string::npos);
}

}  // namespace
}  // namespace sluice::credentials
