// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/attestation.hpp"

#include "base/clock.hpp"
#include "base/shell.hpp"
#include "base/text.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

const Word*
newest(const Situation& situation, std::string_view item)
{
  const auto& all = situation.here().attestations;
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Word& word) {
    return word.commit == situation.commit && text_of(word.entry.body, "item") == item;
  });
  return found == all.rend() ? nullptr : &*found;
}

std::vector<Fact>
facts_of(const Word& word)
{
  std::vector<Fact> facts{{"who", "who", printable(word.entry.actor)}, {"when", "when", rfc3339(word.entry.at)}};
  if (const auto until = time_of(word.entry.body, "until")) {
    facts.push_back({"until", "until", rfc3339(*until)});
  }
  if (const std::string note = text_of(word.entry.body, "reason"); !note.empty()) {
    facts.push_back({"note", "note", printable(note)});
  }
  return facts;
}

/// Why it counts no more; empty if it does.
std::string
ended(const Situation& situation, const Gate& gate, const Entry& entry)
{
  const auto until = time_of(entry.body, "until");
  if (until && *until <= situation.now) {
    return fmt::format("ended at {}", rfc3339(*until));
  }
  const auto age = std::chrono::floor<std::chrono::seconds>(gate.max_age);
  return age.count() > 0 && entry.at + age < situation.now
             ? fmt::format("is of {}, which is too long ago", rfc3339(entry.at))
             : "";
}

}  // namespace

std::string
notice_item(std::string_view who)
{
  return fmt::format("notified:{}", who);
}

Ruling
judge_attestation(const Situation& situation, const Gate& gate, std::string_view item)
{
  const std::string fix = fmt::format("sluice promote attest {} --environment {} --commit {}", shell_word(item),
                                      situation.environment, situation.commit);
  const Word* word = newest(situation, item);
  if (word == nullptr) {
    return {.answer = Answer::wait,
            .why = fmt::format("nobody has attested {} for {}", printable(item), situation.commit),
            .fix = fix};
  }
  Ruling ruling{.facts = facts_of(*word)};
  if (const std::string why = ended(situation, gate, word->entry); !why.empty()) {
    ruling.answer = Answer::wait;
    ruling.why = fmt::format("the attestation of {} by {} {}", printable(item), printable(word->entry.actor), why);
    ruling.fix = fix;
    return ruling;
  }
  ruling.why =
      fmt::format("{} attested {} at {}", printable(word->entry.actor), printable(item), rfc3339(word->entry.at));
  return ruling;
}

}  // namespace sluice::promote
