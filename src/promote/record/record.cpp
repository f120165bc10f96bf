// SPDX-License-Identifier: Apache-2.0
#include "promote/record/record.hpp"

#include "promote/json_members.hpp"
#include "promote/watch/sample_json.hpp"

#include <algorithm>
#include <map>

namespace sluice::promote {

namespace {

using Entries = std::span<const Entry>;

const Entry*
entry_of(std::uint64_t number, Entries entries)
{
  if (number > 0 && number <= entries.size() && entries[number - 1].number == number) {
    return &entries[number - 1];
  }
  const auto found = std::find_if(entries.begin(), entries.end(), [=](const Entry& e) { return e.number == number; });
  return found == entries.end() ? nullptr : &*found;
}

std::vector<Sample>
samples_of(const Json& list)
{
  std::vector<Sample> samples;
  for (const Json& sample : list.items()) {
    samples.push_back(sample_of(sample));
  }
  return samples;
}

RecordedStep
recorded(const std::string& name, const Step& step, Entries entries)
{
  RecordedStep made;
  made.name = name;
  made.outcome = step.state == Step::State::begun ? "begun" : step.outcome;
  made.why = text_of(step.body, "why");
  const Entry* begun = entry_of(step.number, entries);
  made.actor = begun == nullptr ? "" : begun->actor;
  made.begun = step.begun;
  made.ended = step.state == Step::State::begun ? step.begun : std::max(step.begun, step.ended);
  constexpr std::int64_t longest = std::int64_t{366} * 24 * 3600 * 1000;
  made.time = std::chrono::milliseconds(std::clamp(step.body["ms"].integer().value_or(0), std::int64_t{0}, longest));
  made.status = step.body["status"].integer();
  made.output = text_of(step.body, "output");
  made.was_repeated = step.was_repeated;
  made.samples = samples_of(step.body["samples"]);
  return made;
}

std::vector<RecordedStep>
steps_of(const Promotion& promotion, Entries entries)
{
  std::vector<std::pair<std::uint64_t, RecordedStep>> numbered;
  for (const auto& [name, step] : promotion.steps) {
    numbered.emplace_back(step.number, recorded(name, step, entries));
  }
  std::ranges::stable_sort(numbered, {}, [](const auto& each) { return each.first; });
  std::vector<RecordedStep> steps;
  for (auto& [number, step] : numbered) {
    steps.push_back(std::move(step));
  }
  return steps;
}

/// What was said of the commit until the promotion ended.
void
add_words(std::vector<Word>& to, const std::vector<Word>& from, const Record& record)
{
  for (const Word& word : from) {
    const bool is_in_time = !record.promotion.end || word.entry.number <= record.last_entry;
    if (word.commit == record.promotion.commit && is_in_time) {
      to.push_back(word);
    }
  }
}

void
sort_by_number(std::vector<Word>& words)
{
  std::ranges::stable_sort(words, {}, [](const Word& word) { return word.entry.number; });
}

/// What the database had when the newest promotion before this one that told of it was done.
std::optional<std::vector<std::string>>
applied_before(const Promotion& promotion, const EnvironmentState& state)
{
  for (auto each = state.promotions.rbegin(); each != state.promotions.rend(); ++each) {
    const Step* step = each->number < promotion.number ? each->step("migrate") : nullptr;
    if (step != nullptr && step->body["applied"].is_array()) {
      return texts_of(step->body["applied"]);
    }
  }
  return std::nullopt;
}

std::optional<RecordedMigrations>
migrations_of(const Promotion& promotion, const EnvironmentState& state)
{
  const Step* step = promotion.step("migrate");
  if (step == nullptr || !step->body["applied"].is_array()) {
    return std::nullopt;
  }
  const std::vector<std::string> now = texts_of(step->body["applied"]);
  RecordedMigrations migrations{.added = std::nullopt, .applied = now.size()};
  if (auto before = applied_before(promotion, state)) {
    std::ranges::sort(*before);
    migrations.added.emplace();
    for (const std::string& each : now) {
      if (!std::ranges::binary_search(*before, each)) {
        migrations.added->push_back(each);
      }
    }
  }
  return migrations;
}

std::vector<Sample>
last_of_each_probe(std::vector<Sample> samples)
{
  std::vector<Sample> last;
  for (auto each = samples.rbegin(); each != samples.rend(); ++each) {
    const auto is_of_it = [&](const Sample& sample) {
      return sample.probe == each->probe && sample.measure == each->measure;
    };
    if (std::none_of(last.begin(), last.end(), is_of_it)) {
      last.push_back(std::move(*each));
    }
  }
  std::reverse(last.begin(), last.end());
  return last;
}

/// What the watch that failed saw last.
std::vector<Sample>
answers_of(const Record& record)
{
  std::vector<Sample> samples;
  for (const RecordedStep& step : record.steps) {
    const bool is_failed_watch = step.name.starts_with("verify") && step.name != "verify-rollback"
                                 && step.outcome != "done" && step.outcome != "begun";
    if (is_failed_watch) {
      samples = step.samples;
    }
  }
  return last_of_each_probe(std::move(samples));
}

/// Of the release, until another promotion began.
std::vector<Word>
looks_of(const Record& record, const EnvironmentState& state, Entries entries)
{
  const Promotion& promotion = record.promotion;
  std::uint64_t next = UINT64_MAX;
  for (const Promotion& each : state.promotions) {
    if (each.number > promotion.number) {
      next = std::min(next, each.number);
    }
  }
  const Entry* last = entry_of(record.last_entry, entries);
  std::vector<Word> looks;
  for (std::size_t i = last == nullptr ? entries.size() : static_cast<std::size_t>(last - entries.data()) + 1;
       i < entries.size() && entries[i].number < next; ++i) {
    if (entries[i].kind == EntryKind::observed && entries[i].environment == promotion.environment) {
      looks.push_back({entries[i], text_of(entries[i].body, "commit")});
    }
  }
  return looks;
}

void
add_review(Record& record, Entries entries)
{
  for (const Entry& entry : entries) {
    if (entry.kind == EntryKind::reviewed && text_of(entry.body, "reviewed") == record.promotion.id) {
      record.words.push_back({entry, record.promotion.commit});
    }
  }
}

void
add_backup(Record& record)
{
  for (const RecordedStep& step : record.steps) {
    if (step.name == "backup") {
      record.backup = record.promotion.step(step.name)->body["backup"];
      record.backup_actor = step.actor;
    }
  }
}

}  // namespace

Record
record_of(const Promotion& promotion, const State& state, Entries entries, const Stage& stage)
{
  const EnvironmentState& here = state.of(promotion.environment);
  Record record;
  record.promotion = promotion;
  record.outcome = promotion.end ? std::string(name_of(*promotion.end)) : std::string(name_of(here.condition()));
  record.first_entry = promotion.entries.empty() ? promotion.number : promotion.entries.front();
  record.last_entry = promotion.entries.empty() ? promotion.number : promotion.entries.back();
  record.steps = steps_of(promotion, entries);
  for (const auto* words : {&here.approvals, &here.rejections, &here.attestations}) {
    add_words(record.words, *words, record);
  }
  add_review(record, entries);
  sort_by_number(record.words);
  add_words(record.evidence, here.evidence, record);
  add_words(record.evidence, state.of("").evidence, record);
  sort_by_number(record.evidence);
  add_backup(record);
  record.migrations = migrations_of(promotion, here);
  record.answers = answers_of(record);
  record.looks = looks_of(record, here, entries);
  std::ranges::copy_if(here.notes, std::back_inserter(record.notes),
                       [&](const Note& note) { return note.promotion == promotion.id; });
  record.open = open_items(promotion, here);
  if (wants_debrief(promotion, here)) {
    record.debrief_due = promotion.ended + debrief_time;
  }
  record.url = stage.url;
  record.runbook = stage.runbook;
  record.contacts = stage.contacts;
  return record;
}

}  // namespace sluice::promote
