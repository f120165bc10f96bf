// SPDX-License-Identifier: Apache-2.0
//
// An entry of the ledger is a commit: its message is a line for people and the entry as JSON, its parent the entry
// before it. So git's own chain of hashes is the ledger's, `git log` shows it to whoever walks by, a host protects it
// as it protects any branch, and a signature of the commit is one of the entry. Files in a tree would be three objects
// for each entry instead of one.
#pragma once

#include "base/enum_names.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "git/object_id.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::promote {

enum class EntryKind {
  waiting,     ///< a promotion was asked for and something has to happen first
  begun,       ///< a promotion or rollback, with the lease on its environment
  taken_over,  ///< another run goes on with it, with a lease of its own
  renewed,     ///< the lease, by who holds it
  step_begun,
  step_ended,
  parked,          ///< the watch goes on in another run
  needs_operator,  ///< a person must decide
  decided,         ///< and did: the step that may have run was done
  confirmed,
  rolled_back,
  failed,
  aborted,
  approved,
  rejected,
  locked,
  unlocked,
  evidence,  ///< the outcome of another gate for a commit
  attested,  ///< what a person vouches for
  reviewed,  ///< an emergency, afterwards
  observed,  ///< a look at what is live, outside a promotion
  noted,     ///< what a person has to say of a promotion afterwards
};

/// Whether a promotion ends with such an entry.
[[nodiscard]] constexpr bool
is_end(EntryKind kind)
{
  return kind == EntryKind::confirmed || kind == EntryKind::rolled_back || kind == EntryKind::failed
         || kind == EntryKind::aborted;
}

struct Entry
{
  std::uint64_t number = 0;  ///< from 1, without holes; the fencing token of a lease is that of its entry
  std::chrono::sys_seconds at;
  EntryKind kind = EntryKind::waiting;
  std::string environment;
  std::string promotion;  ///< id of the entry that began it; empty for what belongs to none, and for that entry itself
  std::string actor;      ///< who, as the platform or the machine says
  Json body = Json::object();          ///< what entries of the kind have
  git::ObjectId id;                    ///< of its commit; zero until it is written
  std::chrono::sys_seconds committed;  ///< as its commit says, by which git judges keys that end; `at` unless forged
  bool is_signed = false;
};

/// The whole entry as `history --format json` has it.
[[nodiscard]] Json json_of(const Entry& entry);

/// "production: confirmed", for the first line of the commit and for people.
[[nodiscard]] std::string headline(const Entry& entry);

/// The longest commit that is read as an entry, in bytes.
inline constexpr std::size_t max_entry = std::size_t{4} << 20U;

/// The message of an entry's commit, short enough to be read again: of a body that is too long the longest members are
/// left out, with a word in their place. What an entry says of `number`, `at` and the like its body cannot change.
[[nodiscard]] std::string message_of(const Entry& entry);

/// Reads a commit's content (not the object's header), but for `committed`. Errors (ErrorKind::input): it is no entry,
/// and why.
[[nodiscard]] Result<Entry> parse_entry(const git::ObjectId& id, std::string_view content);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::EntryKind>
{
  static constexpr std::array<std::string_view, 22> names{
      "waiting",  "begun",     "taken-over",  "renewed",  "step-begun", "step-ended", "parked",   "needs-operator",
      "decided",  "confirmed", "rolled-back", "failed",   "aborted",    "approved",   "rejected", "locked",
      "unlocked", "evidence",  "attested",    "reviewed", "observed",   "noted"};
};

}  // namespace sluice
