// SPDX-License-Identifier: Apache-2.0
//
// Commits of a ledger, one after the other, each behind a line with three dots: whatever they say, in whatever order,
// what they come to can be told. What can be read is written back and read again as the same.
#include "git/object_id.hpp"
#include "promote/record/dora.hpp"
#include "promote/record/record.hpp"
#include "promote/record/trace.hpp"
#include "require.hpp"

#include <algorithm>

using namespace sluice;
using namespace sluice::promote;

namespace {

constexpr std::string_view separator{"\n...\n"};
constexpr std::string_view header{"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\n"};
constexpr std::size_t most_entries = 64;

git::ObjectId
id_of(std::string_view content)
{
  return git::ObjectId::of(git::ObjectKind::commit, content, 20);
}

void
check_round_trip(const Entry& entry)
{
  const std::string content = std::string(header) + message_of(entry);
  const auto again = parse_entry(id_of(content), content);
  require(again.has_value());
  require(again->number == entry.number && again->at == entry.at && again->kind == entry.kind);
  require(again->environment == entry.environment && again->promotion == entry.promotion);
  require(again->actor == entry.actor && again->body == entry.body);
}

/// A promotion's name for itself is the id of its commit, which an input cannot know: "^3" is that of the third entry.
void
name_promotion(Entry& entry, const std::vector<Entry>& entries)
{
  if (entry.promotion.size() == 2 && entry.promotion[0] == '^') {
    const auto index = static_cast<std::size_t>(static_cast<unsigned char>(entry.promotion[1])) - '0';
    entry.promotion = index < entries.size() ? entries[index].id.hex() : "";
  }
}

void
tell_all(const State& state, const std::vector<Entry>& entries)
{
  const Stage stage;
  for (const auto& [name, environment] : state.environments) {
    (void)environment.condition();
    (void)environment.unfinished();
    (void)open_items(environment);
    const Dora dora = dora_of(environment, state.newest, std::chrono::days(30), [](const auto&, const auto&) {
      return std::vector<std::chrono::sys_seconds>{std::chrono::sys_seconds{}};
    });
    require(dora.failures <= dora.deployments);
    for (const Promotion& promotion : environment.promotions) {
      const Record record = record_of(promotion, state, entries, stage);
      const std::string markdown = markdown_of(record);
      require(markdown.starts_with("# ") && markdown.find('\x1b') == std::string::npos);
      require(Json::parse(json_of(record).dump()).has_value());
      require(Json::parse(trace_of(record, "0").dump()).has_value());
    }
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<Entry> entries;
  State state;
  while (entries.size() < most_entries) {
    const std::size_t end = text.find(separator);
    const std::string content = std::string(header) + std::string(text.substr(0, end));
    if (auto entry = parse_entry(id_of(content), content)) {
      check_round_trip(*entry);
      name_promotion(*entry, entries);
      state.take(*entry);
      entries.push_back(*std::move(entry));
    }
    if (end == std::string_view::npos) {
      break;
    }
    text.remove_prefix(end + separator.size());
  }
  tell_all(state, entries);
  State backwards;
  std::for_each(entries.rbegin(), entries.rend(), [&](const Entry& entry) { backwards.take(entry); });
  tell_all(backwards, entries);
  return 0;
}
