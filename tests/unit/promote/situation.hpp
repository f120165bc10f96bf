// SPDX-License-Identifier: Apache-2.0
//
// A situation that is made of entries, as a ledger would come to it.
#pragma once

#include "base/clock.hpp"
#include "promote/check.hpp"
#include "support/memory_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote::test {

inline std::chrono::sys_seconds
at(std::string_view text)
{
  return std::chrono::floor<std::chrono::seconds>(parse_rfc3339(text).value());
}

inline const std::string commit_a(40, 'a');
inline const std::string commit_b(40, 'b');
inline const std::string commit_c(40, 'c');

/// What is asked for: `commit_b` to production, which needs staging, on a Tuesday at noon.
struct Scene
{
  Scene()
  {
    stage.needs = {"staging"};
    input.policy_files.tree = files;
  }

  PromoteOptions pipeline;
  Stage stage;
  std::string commit = commit_b;
  std::string identity;  ///< empty: the commit
  std::string plan = "plan-1";
  std::string actor = "olga";
  std::string reason;
  std::chrono::sys_seconds now = at("2026-11-24T12:00:00Z");
  bool is_emergency = false;
  std::vector<Entry> brought;
  std::shared_ptr<sluice::test::MemoryTree> files = std::make_shared<sluice::test::MemoryTree>();
  gate::Input input;
  State ledger;
  decltype(Situation::signer_of) signer_of;
  decltype(Situation::platform_words) platform_words;

  /// Of an entry that belongs to no promotion, or begins one.
  Entry
  add(EntryKind kind, std::string_view environment, std::string_view when, Json body, std::string_view who = "olga",
      const std::string& promotion = "")
  {
    Entry entry;
    entry.number = ledger.entries + 1;
    entry.at = at(when);
    entry.kind = kind;
    entry.environment = environment;
    entry.promotion = promotion;
    entry.actor = who;
    entry.body = std::move(body);
    entry.id = git::ObjectId::from_hex(fmt::format("{:040x}", entry.number)).value();
    ledger.take(entry);
    return entry;
  }

  /// A promotion of a commit from its begin to its end, which deployed.
  void
  promoted(std::string_view environment, const std::string& what, std::string_view when,
           EntryKind end = EntryKind::confirmed, std::string_view why = "")
  {
    const std::string id = begun(environment, what, when);
    add(EntryKind::step_begun, environment, when, {{"step", "deploy"}, {"key", "k"}}, "olga", id);
    add(EntryKind::step_ended, environment, when, {{"step", "deploy"}, {"outcome", "done"}}, "olga", id);
    if (end == EntryKind::rolled_back) {
      add(EntryKind::step_begun, environment, when, {{"step", "rollback"}}, "olga", id);
      add(EntryKind::step_ended, environment, when, {{"step", "rollback"}, {"outcome", "done"}}, "olga", id);
    }
    add(end, environment, when, {{"why", why}}, "olga", id);
  }

  std::string
  begun(std::string_view environment, const std::string& what, std::string_view when)
  {
    const auto& live = ledger.of(environment).live;
    Json body{{"what", "promotion"}, {"commit", what}, {"identity", what}, {"plan", plan}};
    if (live) {
      body.at("previous") = {{"commit", live->commit}, {"identity", live->identity}, {"entry", live->entry}};
    }
    return add(EntryKind::begun, environment, when, std::move(body)).id.hex();
  }

  [[nodiscard]] Situation
  situation() const
  {
    return {.pipeline = pipeline,
            .environment = "production",
            .stage = stage,
            .commit = commit,
            .identity = identity.empty() ? commit : identity,
            .plan = plan,
            .ledger = ledger,
            .now = now,
            .actor = actor,
            .reason = reason,
            .is_emergency = is_emergency,
            .brought = brought,
            .input = input,
            .signer_of = signer_of,
            .platform_words = platform_words};
  }

  [[nodiscard]] std::vector<Ruling>
  judged(std::string_view id) const
  {
    const auto all = checks();
    const auto found = std::find_if(all.begin(), all.end(), [id](const Check* check) { return check->id == id; });
    return (*found)->judge(situation());
  }

  /// "yes: why" of each ruling, with its end behind it; a line each. "-": the check is not asked.
  [[nodiscard]] std::string
  told(std::string_view id) const
  {
    std::string text;
    for (const Ruling& ruling : judged(id)) {
      text += fmt::format("{}{}: {}{}", text.empty() ? "" : "\n", name_of(ruling.answer), ruling.why,
                          ruling.until ? fmt::format(" [until {}]", rfc3339(*ruling.until)) : "");
    }
    return text.empty() ? "-" : text;
  }

  /// The answer alone.
  [[nodiscard]] std::string
  answer(std::string_view id) const
  {
    const std::string text = told(id);
    return text.substr(0, text.find(':'));
  }
};

}  // namespace sluice::promote::test
