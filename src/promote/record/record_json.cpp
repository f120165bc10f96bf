// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "credentials/redactor.hpp"
#include "promote/record/record.hpp"
#include "promote/watch/sample_json.hpp"

namespace sluice::promote {

namespace {

Json
json_of(const Word& word)
{
  return Json{{"kind", name_of(word.entry.kind)}, {"at", rfc3339(word.entry.at)}, {"actor", word.entry.actor},
              {"signed", word.entry.is_signed},   {"entry", word.entry.id.hex()}, {"says", word.entry.body}};
}

Json
json_of(const Note& note)
{
  return Json{{"item", note.item}, {"text", note.text}, {"actor", note.actor}, {"at", rfc3339(note.at)}};
}

Json
json_of(const Sample& sample)
{
  return to_json(sample, credentials::redactor());
}

Json
json_of(const RecordedStep& step)
{
  Json json{{"name", step.name},
            {"outcome", step.outcome},
            {"why", step.why},
            {"actor", step.actor},
            {"begun", rfc3339(step.begun)},
            {"ended", step.outcome == "begun" ? Json() : Json(rfc3339(step.ended))},
            {"ms", step.time.count()},
            {"repeated", step.was_repeated},
            {"status", step.status ? Json(*step.status) : Json()},
            {"output", step.output}};
  json.at("samples") = Json::array_of(step.samples, [](const Sample& each) { return json_of(each); });
  return json;
}

Json
json_of(const std::optional<RecordedMigrations>& migrations)
{
  if (!migrations) {
    return {};
  }
  return Json{{"added", migrations->added ? Json::array_of(*migrations->added) : Json()},
              {"applied", migrations->applied}};
}

template<typename Range>
Json
list_of(const Range& range)
{
  return Json::array_of(range, [](const auto& each) { return json_of(each); });
}

Json
head_of(const Record& record)
{
  const Promotion& promotion = record.promotion;
  const bool is_rollback = promotion.kind == Promotion::Kind::rollback;
  return Json{{"version", 1},
              {"id", promotion.id},
              {"what", is_rollback ? "rollback" : "promotion"},
              {"environment", promotion.environment},
              {"outcome", record.outcome},
              {"why", promotion.end_why},
              {"commit", promotion.commit},
              {"identity", promotion.identity},
              {"previous", promotion.previous ? json_of(*promotion.previous) : Json()},
              {"actor", promotion.actor},
              {"reason", promotion.reason},
              {"begun", rfc3339(promotion.begun)},
              {"ended", promotion.end ? Json(rfc3339(promotion.ended)) : Json()},
              {"seconds", promotion.end ? Json((promotion.ended - promotion.begun).count()) : Json()},
              {"pipeline", promotion.plan},
              {"emergency", promotion.is_emergency},
              {"waived", Json::array_of(promotion.waived)},
              {"data", promotion.data}};
}

}  // namespace

Json
json_of(const Record& record)
{
  Json json = head_of(record);
  json.at("gates") = record.promotion.gates.is_array() ? record.promotion.gates : Json::array();
  json.at("evidence") = list_of(record.evidence);
  json.at("words") = list_of(record.words);
  json.at("steps") = list_of(record.steps);
  json.at("backup") = record.backup.is_null() ? Json() : Json{{"actor", record.backup_actor}, {"proof", record.backup}};
  json.at("migrations") = json_of(record.migrations);
  json.at("answers") = list_of(record.answers);
  json.at("looks") = list_of(record.looks);
  json.at("notes") = list_of(record.notes);
  json.at("open") =
      Json::array_of(record.open, [&](const OpenItem& item) { return json_of(item, record.promotion.environment); });
  json.at("debrief_due") = record.debrief_due ? Json(rfc3339(*record.debrief_due)) : Json();
  json.at("url") = record.url;
  json.at("runbook") = record.runbook;
  json.at("contacts") = Json::array_of(record.contacts);
  json.at("entries") = Json{{"first", record.first_entry}, {"last", record.last_entry}};
  return json;
}

}  // namespace sluice::promote
