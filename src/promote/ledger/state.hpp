// SPDX-License-Identifier: Apache-2.0
//
// What the entries of a ledger come to. Nothing else is kept: whoever has the entries has the state, so that a runner
// that starts with an empty disk goes on where another was killed.
#pragma once

#include "promote/ledger/entry.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// How an environment fares; `status` says it with `_` for `-`.
enum class Condition { none, waiting, running, confirmed, rolled_back, failed, needs_operator, aborted };

/// A release that is in an environment, or was.
struct Release
{
  std::string commit;
  std::string identity;  ///< what it is known by: the commit, or a digest
  std::chrono::sys_seconds since;
  std::string entry;  ///< id of the entry that confirmed it, or brought it back
  auto operator<=>(const Release&) const = default;
};

/// As entries and records have it.
[[nodiscard]] Json json_of(const Release& release);

/// Who may write for an environment, until when.
struct Lease
{
  Json holder;  ///< process_identity.hpp
  std::string actor;
  std::chrono::seconds length{};
  std::chrono::sys_seconds expires;
  std::uint64_t token = 0;  ///< number of the entry that took it, above all that a lost ledger had: never falls
};

enum class Direction { forward, back };

struct Step
{
  enum class State { begun, done, failed } state = State::begun;
  std::uint64_t number = 0;  ///< of the entry that began it
  std::string outcome;       ///< of an ended one: "done", "failed", "unhealthy", "cannot-observe", …
  std::string key;           ///< of idempotency
  std::chrono::sys_seconds begun, ended;
  Json body;                  ///< of the entry that ended it
  bool was_asked = false;     ///< a person was asked whether it ran
  bool was_repeated = false;  ///< it had begun before, in a run that died
};

/// A promotion, or a rollback that was asked for by itself.
struct Promotion
{
  enum class Kind { promotion, rollback } kind = Kind::promotion;
  std::string id;  ///< of the entry that began it
  std::uint64_t number = 0;
  std::string environment, actor, reason;
  std::string commit, identity;     ///< of a rollback: what is left
  std::optional<Release> previous;  ///< what was live; of a rollback: the target
  std::chrono::sys_seconds begun, ended;
  std::string plan;  ///< digest of the pipeline's definition
  std::string risk;  ///< of the change, as the migrations gate has it; empty: not known
  bool is_emergency = false;
  std::vector<std::string> waived;
  std::string data;  ///< "keep", "restore", or empty: nobody said
  Direction direction = Direction::forward;
  std::map<std::string, Step, std::less<>> steps;
  std::optional<Lease> lease;  ///< nobody's while it is parked or waits for a person
  bool is_parked = false;
  std::string question;  ///< what a person must decide; empty: nothing
  std::optional<EntryKind> end;
  std::string end_why;
  Json gates;                          ///< what each said when it began
  Json observed_before;                ///< samples of what was live before it
  Json parked;                         ///< what the run that left the watch had seen
  std::vector<std::uint64_t> entries;  ///< numbers of all that belong to it

  [[nodiscard]] const Step* step(std::string_view name) const;
  /// Whether what is live may no longer be what was before it.
  [[nodiscard]] bool has_deployed() const;
  /// Whether the data may no longer be what they were before it.
  [[nodiscard]] bool has_migrated() const;
  /// Whether the verified backup comes back on the way back.
  [[nodiscard]] bool restores_data() const;
};

/// A word of a person, or of another gate, about a commit in an environment.
struct Word
{
  Entry entry;
  std::string commit;
};

struct PersonLock
{
  std::string actor, reason;
  std::chrono::sys_seconds since;
};

struct Waiting
{
  std::string commit;
  Json body;
  std::chrono::sys_seconds since;
  std::vector<std::string> actors;  ///< whoever asked for it, the first of them first
};

/// What a person noted of a promotion afterwards: what happened meanwhile, or that something open is done.
struct Note
{
  std::string promotion;  ///< its id
  std::string item, text, actor;
  std::chrono::sys_seconds at;
};

/// What a release came to where it was looked at last.
struct Verification
{
  bool was_healthy = false;
  std::chrono::sys_seconds at;                   ///< since when every look found that
  std::optional<std::chrono::sys_seconds> left;  ///< when another release took its place, which has it still
  std::string why;
};

struct EnvironmentState
{
  std::optional<Release> live;
  /// What was being brought in when a promotion failed on its way back or was given up: it may be what is out there.
  std::optional<Release> left_behind;
  /// What deployed nothing, and had begun to change the data when it ended otherwise than well.
  std::optional<Release> left_migrated;
  bool was_given_up = false;    ///< what waited last, before it began
  std::vector<Release> before;  ///< releases that were confirmed, oldest first, the live one last
  std::vector<Promotion> promotions;
  std::optional<Waiting> waiting;
  std::optional<PersonLock> lock;
  std::vector<Word> approvals, rejections, evidence, attestations;
  std::vector<Note> notes;
  std::map<std::string, Verification, std::less<>> verified;    ///< by identity
  std::map<std::string, std::string, std::less<>> rolled_back;  ///< commits that were, with why
  Json believed_migrations;       ///< that the database had against what the ledger says, and that a person lets pass
  std::uint64_t believed_at = 0;  ///< number of the entry in which that is said
  std::set<std::string, std::less<>> unreviewed;  ///< ids of emergencies

  /// The one that has not ended; null if there is none.
  [[nodiscard]] const Promotion* unfinished() const;
  [[nodiscard]] Condition condition() const;
  /// What a rollback leaves: what is left behind, else what is live; null if there is neither.
  [[nodiscard]] const Release* to_leave() const;
  /// Where it leads; null: there is no release to go back to.
  [[nodiscard]] const Release* to_go_back_to() const;
  /// The newest promotion of a commit; null if there was none.
  [[nodiscard]] const Promotion* newest_of(std::string_view commit) const;
};

struct State
{
  std::map<std::string, EnvironmentState, std::less<>> environments;
  std::uint64_t entries = 0;
  std::uint64_t accepted_at = 0;  ///< number of the newest entry by which a person accepted that entries are lost
  std::uint64_t fence = 0;        ///< added to the number of an entry it is a token: what was lost had higher ones
  std::chrono::sys_seconds newest;
  std::vector<std::chrono::sys_seconds> times;  ///< of every entry, by its number
  std::vector<std::string> faults;              ///< entries that no run of ours would have written there
  std::size_t believed_faults = 0;              ///< how many of them a person has looked at and lets pass

  /// Adds the next entry.
  void take(const Entry& entry);
  /// The latest time of entries before the one of that number, those aside that are dated after `now`.
  [[nodiscard]] std::chrono::sys_seconds newest_before(std::uint64_t number, std::chrono::sys_seconds now) const;
  /// An empty one where the ledger has none.
  [[nodiscard]] const EnvironmentState& of(std::string_view environment) const;
};

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::Condition>
{
  static constexpr std::array<std::string_view, 8> names{"none",        "waiting", "running",        "confirmed",
                                                         "rolled_back", "failed",  "needs_operator", "aborted"};
};

}  // namespace sluice
