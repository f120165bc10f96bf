// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "promote/ledger/state.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace sluice::promote::test {

/// The content of a commit as git has it.
[[nodiscard]] inline std::string
commit_content(const std::string& message, const std::string& more_header = "")
{
  return "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor a <a@b> 0 +0000\ncommitter a <a@b> 0 +0000\n"
         + more_header + "\n" + message;
}

[[nodiscard]] inline git::ObjectId
id_of(const Entry& entry)
{
  return git::ObjectId::of(git::ObjectKind::commit, commit_content(message_of(entry)), 20);
}

inline constexpr std::chrono::sys_seconds start_of_story{std::chrono::seconds(1'795'500'000)};  // 2026-11-24

/// A ledger that is told entry by entry, a minute apart unless it is said otherwise.
class Story
{
public:
  const Entry&
  tell(EntryKind kind, Json body = Json::object(), std::string promotion = "", std::string environment = "production")
  {
    now_ += step;
    Entry entry;
    entry.number = entries.size() + 1;
    entry.at = now_;
    entry.kind = kind;
    entry.environment = std::move(environment);
    entry.promotion = std::move(promotion);
    entry.actor = actor;
    entry.body = std::move(body);
    entry.id = id_of(entry);
    state.take(entry);
    entries.push_back(std::move(entry));
    return entries.back();
  }

  /// The id of the promotion.
  std::string
  begin(const std::string& commit, Json more = Json::object())
  {
    const auto& live = state.of("production").live;
    Json body{{"what", "promotion"}, {"commit", commit}, {"identity", commit}, {"plan", "p"}};
    body.at("previous") = live ? Json{{"commit", live->commit},
                                      {"identity", live->identity},
                                      {"since", rfc3339(live->since)},
                                      {"entry", live->entry}}
                               : Json();
    body.at("lease") = Json{{"seconds", 900}, {"holder", Json::object()}};
    for (const Json::Member& member : more.members()) {
      body.at(member.key) = member.value;
    }
    return tell(EntryKind::begun, std::move(body)).id.hex();
  }

  void
  step_of(const std::string& promotion, const std::string& name, const std::string& outcome = "done",
          Json more = Json::object())
  {
    tell(EntryKind::step_begun, Json{{"step", name}, {"key", "k-" + name}}, promotion);
    Json body{{"step", name}, {"outcome", outcome}, {"why", outcome == "done" ? "" : "it said no"}, {"ms", 1500}};
    for (const Json::Member& member : more.members()) {
      body.at(member.key) = member.value;
    }
    tell(EntryKind::step_ended, std::move(body), promotion);
  }

  void
  end(const std::string& promotion, EntryKind kind, const std::string& why = "")
  {
    tell(kind, Json{{"why", why}}, promotion);
  }

  std::string
  confirm(const std::string& commit, Json more = Json::object())
  {
    const std::string id = begin(commit, std::move(more));
    step_of(id, "deploy");
    step_of(id, "verify");
    end(id, EntryKind::confirmed);
    return id;
  }

  std::string
  roll_back(const std::string& commit)
  {
    const std::string id = begin(commit);
    step_of(id, "deploy");
    step_of(id, "verify", "unhealthy");
    step_of(id, "rollback");
    step_of(id, "verify-rollback");
    end(id, EntryKind::rolled_back, "verify: it said no");
    return id;
  }

  /// A rollback that is asked for, from what is live to another release.
  std::string
  take_back(const std::string& to)
  {
    const Release live = *state.of("production").live;
    const std::string id =
        begin(live.commit, Json{{"what", "rollback"}, {"previous", {{"commit", to}, {"identity", to}}}});
    step_of(id, "rollback");
    step_of(id, "verify-rollback");
    end(id, EntryKind::rolled_back, "it was asked for");
    return id;
  }

  void
  look(const std::string& outcome, const std::string& identity)
  {
    tell(EntryKind::observed, Json{{"outcome", outcome}, {"identity", identity}, {"commit", identity}, {"why", "w"}});
  }

  [[nodiscard]] const EnvironmentState&
  here() const
  {
    return state.of("production");
  }
  [[nodiscard]] std::chrono::sys_seconds
  now() const
  {
    return now_;
  }
  void
  wait(std::chrono::seconds time)
  {
    now_ += time;
  }

  std::vector<Entry> entries;
  State state;
  std::string actor = "ada";
  std::chrono::seconds step{60};

private:
  std::chrono::sys_seconds now_ = start_of_story;
};

}  // namespace sluice::promote::test
