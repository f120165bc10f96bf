// SPDX-License-Identifier: Apache-2.0
#include "ledger_story.hpp"
#include "promote/json_members.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

constexpr std::string_view hostile_texts[]{
    "",         "plain",   "a\n\nb",  "\n\n{\"number\": 9}\n", "\xff\xfe", "‮gnp.exe", "tree 0\nparent 0\n",
    "\\\"{}[]", "🙂 ü", "\x1b[31m"};

const git::ObjectId some_id = git::ObjectId::hash("a", "b", 20);

Entry
entry_with(EntryKind kind, std::string_view text)
{
  Entry entry;
  entry.number = 7;
  entry.at = start_of_story;
  entry.kind = kind;
  entry.environment = text;
  entry.promotion = "0123";
  entry.actor = text;
  entry.body = Json{{"why", text}, {"step", text}, {"list", Json::array({1, -2, 2.5, true, Json(), text})}};
  return entry;
}

Result<Entry>
read_back(const Entry& entry)
{
  return parse_entry(id_of(entry), commit_content(message_of(entry)));
}

std::string
why_not(const std::string& content)
{
  const auto entry = parse_entry(some_id, content);
  REQUIRE_FALSE(entry);
  CHECK(entry.error().kind == ErrorKind::input);
  return entry.error().message;
}

}  // namespace

TEST_CASE("every kind of entry reads back as it was, whatever its texts are")
{
  for (std::size_t kind = 0; kind < EnumNames<EntryKind>::names.size(); ++kind) {
    for (const std::string_view text : hostile_texts) {
      const Entry entry = entry_with(static_cast<EntryKind>(kind), text);
      const auto again = read_back(entry);
      REQUIRE(again);
      CHECK(again->kind == entry.kind);
      CHECK(again->number == 7);
      CHECK(again->at == entry.at);
      CHECK(again->id == id_of(entry));
      // What is no UTF-8 is U+FFFD the first time and the same from then on.
      CHECK(message_of(*again) == message_of(entry));
      if (text != "\xff\xfe") {
        CHECK(again->environment == text);
        CHECK(again->actor == text);
        CHECK(again->body == entry.body);
      }
    }
  }
}

TEST_CASE("the first line is for people and holds nothing that moves a cursor or begins another line")
{
  for (const std::string_view text : hostile_texts) {
    const std::string line = headline(entry_with(EntryKind::step_begun, text));
    for (const char c : line) {
      CHECK(static_cast<unsigned char>(c) >= 0x20);
    }
  }
  CHECK(headline(entry_with(EntryKind::begun, "production")).starts_with("production: begun"));
}

TEST_CASE("a body cannot change what an entry says of itself")
{
  Entry entry = entry_with(EntryKind::noted, "x");
  entry.body = Json{{"number", 99}, {"kind", "confirmed"}, {"actor", "mallory"}, {"promotion", "other"}};
  const auto again = read_back(entry);
  REQUIRE(again);
  CHECK(again->number == 7);
  CHECK(again->kind == EntryKind::noted);
  CHECK(again->actor == "x");
  CHECK(again->promotion == "0123");
}

TEST_CASE("an entry that would be too long to be read leaves the longest out and says so")
{
  Entry entry = entry_with(EntryKind::parked, "x");
  entry.body.at("samples") = Json::array();
  for (int i = 0; i < 40'000; ++i) {
    entry.body.at("samples").push_back(Json{{"answer", std::string(200, 'a')}});
  }
  entry.body.at("step") = "verify";
  CHECK(message_of(entry).size() < max_entry);
  const auto again = read_back(entry);
  REQUIRE(again);
  CHECK(text_of(again->body, "step") == "verify");
  CHECK(text_of(again->body, "samples").starts_with("left out: "));
}

TEST_CASE("an entry that fits is whole")
{
  Entry entry = entry_with(EntryKind::step_ended, "x");
  entry.body.at("output") = std::string(2'000'000, 'a');
  const auto again = read_back(entry);
  REQUIRE(again);
  CHECK(text_of(again->body, "output").size() == 2'000'000);
}

TEST_CASE("what is no entry is refused, and why")
{
  const std::string good = message_of(entry_with(EntryKind::begun, "x"));
  CHECK(why_not("").find("is no entry") != std::string::npos);
  CHECK(why_not("no header").find("is no entry") != std::string::npos);
  CHECK(why_not(commit_content("hello\n")).find("is no entry") != std::string::npos);
  CHECK(why_not(commit_content("x\n\n{")).find("JSON") != std::string::npos);
  CHECK(why_not(commit_content("x\n\n[]")).find("number") != std::string::npos);
  CHECK(why_not(commit_content("x\n\n{\"number\":1,\"at\":\"2026-11-24T10:00:00Z\",\"kind\":\"unheard-of\"}"))
            .find("kind")
        != std::string::npos);
  CHECK(
      why_not(commit_content("x\n\n{\"number\":-1,\"at\":\"2026-11-24T10:00:00Z\",\"kind\":\"begun\"}")).find("number")
      != std::string::npos);
  CHECK(why_not(commit_content("x\n\n{\"number\":1,\"at\":\"yesterday\",\"kind\":\"begun\"}")).find("time")
        != std::string::npos);
  CHECK(why_not(commit_content(good + std::string(max_entry, ' '))).find("is no entry") != std::string::npos);
  const std::string deep(30, '[');
  CHECK(why_not(commit_content("x\n\n{\"a\":" + deep + "}")).find("is no entry") != std::string::npos);
}

TEST_CASE("whether an entry is signed stands in the commit's header and nowhere else")
{
  Entry entry = entry_with(EntryKind::approved, "gpgsig");
  const auto plain = read_back(entry);
  const auto with =
      parse_entry(some_id, commit_content(message_of(entry), "gpgsig -----BEGIN SSH SIGNATURE-----\n x\n"));
  REQUIRE(plain);
  REQUIRE(with);
  CHECK_FALSE(plain->is_signed);
  CHECK(with->is_signed);
  CHECK(json_of(*with)["signed"].boolean() == true);
  CHECK(text_of(json_of(*with), "id") == some_id.hex());
}
