// SPDX-License-Identifier: Apache-2.0
//
// What holds of every dialect, whatever the file. What each makes of a file is in fixtures/env/dialects, and what the
// programs themselves do in tests/e2e/env_dialects_test.py.
#include "base/path.hpp"
#include "env/dialect.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

using namespace sluice;
using namespace sluice::env;

namespace {

const Environment nothing;

/// Every input of the fixtures of all dialects: each is read as every dialect reads it.
std::vector<std::string>
inputs()
{
  std::vector<std::string> all;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::source_directory() / "fixtures/env/dialects")) {
    if (entry.is_regular_file() && entry.path().filename() == "input") {
      all.push_back(read_file(entry.path()).value());
    }
  }
  return all;
}

std::string
repeated(std::string_view text, std::size_t times)
{
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) {
    out += text;
  }
  return out;
}

bool
is_inside(Span span, std::string_view text)
{
  return span.begin <= span.end && span.end <= text.size();
}

/// The dialects that give a place outside of the file, entries of a file that they refuse, or a value for what must be
/// run.
std::string
faulty_dialects(std::string_view text)
{
  std::string faulty;
  for (const Dialect* dialect : dialects()) {
    const Reading reading = dialect->read(text, nothing);
    const bool is_sound = std::all_of(reading.entries.begin(), reading.entries.end(), [text](const Entry& entry) {
      return is_inside(entry.key_at, text) && is_inside(entry.value_at, text) && !(entry.executes && entry.value);
    });
    const bool refuses_whole = !reading.refusal || reading.entries.empty();
    faulty += is_sound && refuses_whole ? "" : fmt::format("{} ", dialect->id);
  }
  return faulty;
}

/// A value, or what there is instead.
std::string
value_of(std::string_view id, std::string_view text, std::string_view key, const Environment& outer = nothing)
{
  const Reading reading = find_dialect(id)->read(text, outer);
  if (reading.refusal) {
    return "refused";
  }
  const Entry* entry = find_entry(reading, key);
  return entry == nullptr ? "missing" : entry->executes ? "executes" : entry->value.value_or("no value");
}

}  // namespace

TEST_CASE("the twelve dialects are there by their names")
{
  CHECK(dialects().size() == 12);
  for (const std::string_view id : dialect_ids()) {
    REQUIRE(find_dialect(id) != nullptr);
    CHECK(find_dialect(id)->id == id);
  }
  CHECK(find_dialect("elixir") == nullptr);
}

TEST_CASE("a key stands where its place says, and its value behind it")
{
  const std::string text = "# one\r\nFIRST=1\r\n\r\n  SECOND=\"two\"\r\nTHIRD='a b'\r\nFOURTH=\r\n";
  for (const Dialect* dialect : dialects()) {
    INFO(dialect->id);
    const Reading reading = dialect->read(text, nothing);
    REQUIRE_FALSE(reading.refusal);
    for (const std::string_view key : {"FIRST", "SECOND", "THIRD", "FOURTH"}) {
      const Entry* entry = find_entry(reading, key);
      REQUIRE(entry != nullptr);
      CHECK(entry->key_at.of(text) == key);
    }
    const bool keeps_returns = dialect->id == "bash" || dialect->id == "dash";
    CHECK(find_entry(reading, "SECOND")->value_at.of(text) == (keeps_returns ? "\"two\"\r" : "\"two\""));
    CHECK(find_entry(reading, "THIRD")->value_at.of(text) == (keeps_returns ? "'a b'\r" : "'a b'"));
  }
}

TEST_CASE("of every input that some dialect has a case for, all places are inside the file")
{
  for (const std::string& text : inputs()) {
    INFO(text);
    CHECK(faulty_dialects(text).empty());
  }
}

TEST_CASE("a file that is cut anywhere is read to its end")
{
  for (const std::string& text : inputs()) {
    std::string faulty;
    for (std::size_t size = 0; size < text.size(); ++size) {
      faulty += faulty_dialects(std::string_view(text).substr(0, size));
    }
    INFO(text);
    CHECK(faulty.empty());
  }
}

TEST_CASE("the last of several entries with one key counts")
{
  for (const Dialect* dialect : dialects()) {
    INFO(dialect->id);
    CHECK(value_of(dialect->id, "A=1\nB=2\nA=3\n", "A") == "3");
  }
}

TEST_CASE("references see the environment as each program has it")
{
  const Environment outer{{"OUT", "env"}, {"BOTH", "env"}};
  const std::string text = "BOTH=file\nA=${OUT}\nB=${BOTH}\n";
  const auto seen = [&](std::string_view id) {
    return fmt::format("{} {} {}", value_of(id, text, "A", outer), value_of(id, text, "B", outer),
                       value_of(id, text, "BOTH", outer));
  };
  CHECK(seen("motdotla") == "${OUT} ${BOTH} file");
  CHECK(seen("dotenvx") == "env env env");
  CHECK(seen("python") == "env file file");
  CHECK(seen("compose") == "env env file");
  CHECK(seen("godotenv") == " file file");
  CHECK(seen("ruby") == "env env env");
  CHECK(seen("php") == "${OUT} file file");
  CHECK(seen("bash") == "env file file");
  CHECK(seen("dash") == "env file file");
  CHECK(value_of("docker", "OUT\n", "OUT", outer) == "env");
  CHECK(value_of("compose", "OUT\n", "OUT", outer) == "env");
  CHECK(value_of("docker", "ELSE\n", "ELSE", outer) == "missing");
}

TEST_CASE("what refers to a value that something must run for is no more known than that")
{
  const std::string text = "A=$(id)\nB=x${A}\nC=y${B}\n";
  for (const std::string_view id : {"dotenvx", "ruby", "bash", "dash"}) {
    INFO(id);
    CHECK(value_of(id, text, "A") == "executes");
    CHECK(value_of(id, text, "C") == "executes");
  }
  for (const std::string_view id : {"motdotla", "node", "python", "docker", "compose", "godotenv"}) {
    INFO(id);
    CHECK(value_of(id, text, "A") == "$(id)");
  }
}

TEST_CASE("values that grow with every reference end as a refusal")
{
  std::string text = "A0=0123456789\n";
  for (int i = 1; i < 100; ++i) {
    text += fmt::format("A{}=${{A{}}}${{A{}}}\n", i, i - 1, i - 1);
  }
  for (const std::string_view id : {"dotenvx", "python", "compose", "godotenv", "ruby", "php", "bash", "dash"}) {
    INFO(id);
    CHECK(value_of(id, text, "A1") == "refused");
    CHECK(find_dialect(id)->read(text, nothing).refusal->why.find("too large") != std::string::npos);
  }
}

TEST_CASE("hostile files are read to their end")
{
  constexpr std::size_t many = 30'000;
  constexpr std::size_t deep = 100'000;
  const std::vector<std::string> texts{
      "A=" + repeated("${A:-", deep) + repeated("}", deep) + "\n",
      "A=\"" + repeated("${A:-", many) + "\n",
      "A=" + repeated("$(", many) + "\n",
      "A=" + repeated("$(a", many) + repeated(")", many) + "\n",
      "A=" + repeated("\"$(", many) + "\n",
      "A=$((" + repeated("(", many) + repeated("-", many) + "1\n",
      "A=" + repeated("`", many) + "\n",
      "A='" + repeated("\\'", many) + "\n",
      repeated("A=\"\\\"\n", many),
      repeated("A='\nB=\"\nC=`\n", many),
      repeated("{ ", many) + "\n",
      repeated("if true; then ", many) + "\n",
      repeated("f(){ ", many) + "\n",
      repeated("f() if ", many) + "\n",
      repeated("A+=a\n", many),
      repeated("A=1;", many) + "\n",
      repeated("a&&", many) + "a\n",
      repeated("\n", many) + "A",
      repeated(" ", many) + "=",
      repeated("$A", many),
      "X=1\nA=" + repeated("$X", many) + "\n",
      "X='$Y'\nA=" + repeated("${X}", many) + "\n",
      "A=" + repeated("x", 10 * many) + "\nB=${A%" + repeated("*y", many) + "}\n",
      repeated("\xEF\xBB\xBF", many),
      repeated("\xFF", many),
      std::string(many, '\0'),
      "A=" + repeated("\xE2\x80\xA8", many) + "\"",
      repeated("export ", many),
      repeated("A=x\\\n", many),
      repeated("A B\r", many),
      repeated("B=1\nA=(1)\n", many),
      "A=1\n" + repeated("A=$A$A\n", many),
      "A=$((" + repeated("1?1:", many) + "1))",
  };
  for (const std::string& text : texts) {
    INFO(text.substr(0, 20));
    CHECK(faulty_dialects(text).empty());
  }
}

TEST_CASE("a hundred thousand keys are read, the last with a reference to the first")
{
  std::string text = "FIRST=1\n";
  for (int i = 0; i < 100'000; ++i) {
    text += fmt::format("KEY_{}=value\n", i);
  }
  text += "LAST=${FIRST}\n";
  for (const Dialect* dialect : dialects()) {
    INFO(dialect->id);
    const std::string last = value_of(dialect->id, text, "LAST");
    CHECK((last == "1" || last == "${FIRST}"));
  }
}
