// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/json_members.hpp"
#include "promote/record/markdown.hpp"
#include "promote/record/record.hpp"
#include "promote/time_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::size_t most_rows = 200;

std::string
row(std::initializer_list<std::string> cells)
{
  std::string text = "|";
  for (const std::string& cell : cells) {
    text += fmt::format(" {} |", cell);
  }
  return text + "\n";
}

std::string
fact(std::string_view name, const std::string& value)
{
  return value.empty() ? std::string() : row({std::string(name), value});
}

/// A table, or nothing if there are no rows.
template<typename Range, typename MakeRow>
std::string
table(std::string_view title, std::initializer_list<std::string> columns, const Range& range, MakeRow make_row)
{
  if (range.empty()) {
    return {};
  }
  std::string text = fmt::format("\n## {}\n\n{}|", title, row(columns));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    text += "---|";
  }
  text += "\n";
  std::size_t rows = 0;
  for (const auto& each : range) {
    if (++rows <= most_rows) {
      text += make_row(each);
    }
  }
  return rows <= most_rows ? text : fmt::format("{}\nand {} more\n", text, with_thousands(rows - most_rows));
}

std::string
release_text(const std::optional<Release>& release)
{
  return release ? fmt::format("{} since {}", markdown_code(brief(release->commit)), rfc3339(release->since))
                 : std::string("nothing");
}

std::string
times_of(const Promotion& promotion)
{
  if (!promotion.end) {
    return fmt::format("since {}", rfc3339(promotion.begun));
  }
  return fmt::format("{} to {}, {}", rfc3339(promotion.begun), rfc3339(promotion.ended),
                     shown_time(promotion.ended - promotion.begun));
}

std::string
links_of(const std::vector<std::string>& addresses)
{
  std::vector<std::string> links;
  for (const std::string& address : addresses) {
    links.push_back(markdown_link(address));
  }
  return join(links, ", ");
}

std::string
waived_text(const Promotion& promotion)
{
  if (!promotion.is_emergency) {
    return {};
  }
  return fmt::format("waived {}", promotion.waived.empty() ? "nothing" : markdown_code(join(promotion.waived, ", ")));
}

std::string
head_of(const Record& record)
{
  const Promotion& promotion = record.promotion;
  const bool is_rollback = promotion.kind == Promotion::Kind::rollback;
  std::string text =
      fmt::format("# {} of {} in {}: {}\n\n", is_rollback ? "Rollback" : "Promotion",
                  markdown_code(brief(promotion.commit)), markdown_code(promotion.environment), record.outcome);
  text += "| | |\n|---|---|\n";
  text += fact("What", fmt::format("commit {}{}{}", markdown_code(promotion.commit),
                                   promotion.identity == promotion.commit ? "" : ", known by ",
                                   promotion.identity == promotion.commit ? "" : markdown_code(promotion.identity)));
  text += fact(is_rollback ? "Back to" : "Before it", release_text(promotion.previous));
  text += fact("Who", markdown_code(promotion.actor));
  text += fact("When", times_of(promotion));
  text += fact("Why", markdown_code(promotion.reason));
  text += fact("How it ended", markdown_code(promotion.end_why));
  text += fact("Emergency", waived_text(promotion));
  text += fact("Data", markdown_code(promotion.data));
  text += fact("Where", markdown_link(record.url));
  text += fact("Runbook", markdown_link(record.runbook));
  text += fact("Contacts", links_of(record.contacts));
  text += fact("Pipeline", markdown_code(promotion.plan));
  text += fact("Ledger",
               fmt::format("entries {} to {}, {}", record.first_entry, record.last_entry, markdown_code(promotion.id)));
  return text;
}

std::string
gate_row(const Json& gate)
{
  const std::string subject = text_of(gate, "subject");
  return row({markdown_code(text_of(gate, "answer")), markdown_code(text_of(gate, "gate")),
              markdown_code(fmt::format("{}{}{}", subject, subject.empty() ? "" : ": ", text_of(gate, "why")))});
}

std::string
evidence_row(const Word& word)
{
  const Json& body = word.entry.body;
  return row({markdown_code(text_of(body, "tool")), markdown_code(text_of(body, "verdict")),
              markdown_code(text_of(body, "produced")), markdown_code(text_of(body, "digest")),
              markdown_code(word.entry.actor)});
}

std::string
word_row(const Word& word)
{
  const Json& body = word.entry.body;
  const std::string item = text_of(body, "item");
  const std::string reason = text_of(body, "reason");
  return row({rfc3339(word.entry.at), std::string(name_of(word.entry.kind)), markdown_code(word.entry.actor),
              word.entry.is_signed ? "signed" : "not signed",
              markdown_code(fmt::format("{}{}{}", item, item.empty() || reason.empty() ? "" : ": ", reason))});
}

std::string
step_row(const RecordedStep& step)
{
  return row({markdown_code(step.name), markdown_code(step.outcome), rfc3339(step.begun), shown_time(step.time),
              markdown_code(step.actor), markdown_code(step.why)});
}

std::string
backup_of(const Record& record)
{
  if (record.backup.is_null()) {
    return {};
  }
  std::string text = fmt::format("\n## Backup\n\nmade by {}\n\n| | |\n|---|---|\n", markdown_code(record.backup_actor));
  for (const Json::Member& member : record.backup.members()) {
    const std::string* value = member.value.text();
    text += fact(markdown_code(member.key), markdown_code(value == nullptr ? member.value.dump() : *value));
  }
  return text;
}

std::string
migrations_of(const Record& record)
{
  if (!record.migrations) {
    return {};
  }
  const auto& added = record.migrations->added;
  std::string text = fmt::format("\n## Migrations\n\n{} applied in all; ",
                                 counted(record.migrations->applied, "migration is", "migrations are"));
  if (!added) {
    return text + "which of them are new is not known, for no promotion before told what the database had.\n";
  }
  text += added->empty() ? "none is new.\n" : fmt::format("{} new:\n\n", with_thousands(added->size()));
  for (std::size_t i = 0; i < std::min(added->size(), most_rows); ++i) {
    text += fmt::format("- {}\n", markdown_code(added->at(i)));
  }
  return text;
}

std::string
answers_of(const Record& record)
{
  if (record.answers.empty()) {
    return {};
  }
  std::string text = "\n## Last answers before the way back\n";
  for (const Sample& sample : record.answers) {
    text += fmt::format("\n{} at {}: {}{}{}\n", markdown_code(sample.probe), rfc3339(sample.at), name_of(sample.health),
                        sample.why.empty() ? "" : ", ", markdown_code(sample.why));
    text += sample.answer.empty() ? "" : fmt::format("\n{}", markdown_block(sample.answer));
  }
  return text;
}

std::string
outputs_of(const Record& record)
{
  std::string text;
  for (const RecordedStep& step : record.steps) {
    const bool is_worth_it = !step.output.empty() && (step.outcome != "done" || step.name == "diagnose");
    if (is_worth_it) {
      text += fmt::format("\n{}\n\n{}", markdown_code(step.name), markdown_block(step.output));
    }
  }
  return text.empty() ? text : fmt::format("\n## What steps printed last\n{}", text);
}

std::string
look_row(const Word& word)
{
  return row({rfc3339(word.entry.at), markdown_code(text_of(word.entry.body, "outcome")),
              markdown_code(text_of(word.entry.body, "why")), markdown_code(word.entry.actor)});
}

std::string
note_row(const Note& note)
{
  return row({rfc3339(note.at), markdown_code(note.actor), markdown_code(note.item), markdown_code(note.text, 4096)});
}

std::string
open_of(const Record& record)
{
  std::string text;
  for (const OpenItem& item : record.open) {
    text += fmt::format("- [ ] {}{}: {}; {}\n", item.item, item.due ? fmt::format(", due {}", rfc3339(*item.due)) : "",
                        markdown_code(item.why), markdown_code(item.fix(record.promotion.environment)));
  }
  return text.empty() ? text : fmt::format("\n## Open\n\n{}", text);
}

}  // namespace

std::string
markdown_of(const Record& record)
{
  std::string text = head_of(record);
  text += open_of(record);
  text += table("Gates", {"Answer", "Gate", "Why"}, record.promotion.gates.items(), gate_row);
  text += table("Evidence", {"Gate", "Verdict", "Produced", "Digest", "By"}, record.evidence, evidence_row);
  text += table("Words", {"When", "What", "Who", "Proof", "Said"}, record.words, word_row);
  text += table("Steps", {"Step", "Outcome", "Begun", "Time", "By", "Why"}, record.steps, step_row);
  text += backup_of(record);
  text += migrations_of(record);
  text += answers_of(record);
  text += outputs_of(record);
  text += table("Looks afterwards", {"When", "Outcome", "Why", "By"}, record.looks, look_row);
  return text + table("Notes", {"When", "Who", "Item", "What"}, record.notes, note_row);
}

}  // namespace sluice::promote
