// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/check_listing.hpp"

#include "base/clock.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/check.hpp"
#include "promote/json_members.hpp"
#include "promote/pipeline.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

constexpr std::string_view asked_environment{"production"};

/// The stage that is asked about, and whatever it needs.
Result<PromoteOptions>
pipeline_in(const Json& json)
{
  Json environments{{asked_environment, json["stage"].is_null() ? Json::object() : json["stage"]}};
  for (const Json& need : json["stage"]["needs"].items()) {
    environments.at(text_of(need)) = Json::object();
  }
  Json whole{{"environments", std::move(environments)}};
  if (json["zone"].text() != nullptr) {
    whole.at("zone") = json["zone"];
  }
  return decode_pipeline(whole.dump(), "input");
}

std::string
id_of(std::uint64_t number)
{
  return fmt::format("{:040x}", number);
}

Result<Entry>
entry_in(const Json& json, std::uint64_t number)
{
  Entry entry;
  const auto kind = from_name<EntryKind>(text_of(json, "kind"));
  const auto at = time_of(json, "at");
  if (!kind || !at) {
    return fail(ErrorKind::input, "entry {}: has no kind or time", number);
  }
  entry.number = number;
  entry.kind = *kind;
  entry.at = *at;
  entry.environment = text_of(json, "environment");
  entry.actor = text_of(json, "actor");
  if (const auto begin = json["promotion"].natural()) {
    entry.promotion = id_of(*begin);
  }
  entry.body = json;
  entry.id = git::ObjectId::from_hex(id_of(number)).value_or(git::ObjectId());
  return entry;
}

Result<std::vector<Entry>>
entries_in(const Json& list)
{
  std::vector<Entry> entries;
  for (const Json& json : list.items()) {
    TRY_ASSIGN(entries.emplace_back(), entry_in(json, entries.size() + 1));
  }
  return entries;
}

std::vector<PlatformWord>
words_in(const Json& list)
{
  std::vector<PlatformWord> words;
  for (const Json& json : list.items()) {
    words.push_back({text_of(json, "kind") == "rejected" ? PlatformWord::Kind::rejected : PlatformWord::Kind::approved,
                     text_of(json, "who"), time_of(json, "at").value_or(std::chrono::sys_seconds())});
  }
  return words;
}

std::string
listing_of(const Ruling& ruling)
{
  std::string text = fmt::format("{}{}{}: {}\n", name_of(ruling.answer), ruling.subject.empty() ? "" : " ",
                                 ruling.subject, ruling.why);
  for (const Fact& fact : ruling.facts) {
    text += fmt::format("  {}: {}\n", fact.label, fact.value);
  }
  if (ruling.until) {
    text += fmt::format("  until {}\n", rfc3339(*ruling.until));
  }
  for (const std::string_view line : lines_of(ruling.fix)) {
    text += fmt::format("  fix {}\n", line);
  }
  return text;
}

}  // namespace

Result<std::string>
check_listing(std::string_view id, const std::filesystem::path& input)
{
  TRY_ASSIGN(const std::string text, read_file(input));
  TRY_ASSIGN(const Json json, Json::parse(text));
  TRY_ASSIGN(const PromoteOptions pipeline, pipeline_in(json));
  TRY_ASSIGN(const auto entries, entries_in(json["entries"]));
  State ledger;
  for (const Entry& entry : entries) {
    ledger.take(entry);
  }
  const gate::Input nothing;
  Situation situation{.pipeline = pipeline,
                      .environment = std::string(asked_environment),
                      .stage = pipeline.environments.at(std::string(asked_environment)),
                      .commit = text_of(json, "commit"),
                      .identity = text_of(json, json["identity"].is_null() ? "commit" : "identity"),
                      .plan = text_of(json, "plan"),
                      .ledger = ledger,
                      .now = time_of(json, "now").value_or(std::chrono::sys_seconds()),
                      .actor = text_of(json, "actor"),
                      .reason = text_of(json, "reason"),
                      .is_emergency = json["emergency"].boolean().value_or(false),
                      .brought = {},
                      .input = nothing};
  TRY_ASSIGN(situation.brought, entries_in(json["brought"]));
  if (json["platform"].is_array()) {
    situation.platform_words = [words = words_in(json["platform"])] { return words; };
  }
  std::string listing;
  for (const Judgement& judgement : judge_all(situation)) {
    listing += judgement.check->id == id ? listing_of(judgement.ruling) : "";
  }
  return listing.empty() ? "not asked\n" : listing;
}

}  // namespace sluice::promote
