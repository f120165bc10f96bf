// SPDX-License-Identifier: Apache-2.0
//
// The record of a promotion: who promoted what, when and why, on what evidence, what each step came to, and what is
// left to do. It is made from the ledger whenever it is asked for and kept nowhere else, so that it cannot be at odds
// with it, and what is noted afterwards is in it.
#pragma once

#include "base/json.hpp"
#include "promote/ledger/state.hpp"
#include "promote/options.hpp"
#include "promote/record/open_items.hpp"
#include "promote/watch/sample.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sluice::promote {

struct RecordedStep
{
  std::string name;
  std::string outcome;  ///< "begun" of one that has not ended
  std::string why;
  std::string actor;  ///< who ran it: another run may have gone on
  std::chrono::sys_seconds begun, ended;
  std::chrono::milliseconds time{};
  std::optional<std::int64_t> status;  ///< of its hook
  std::string output;                  ///< of its hook, the end, redacted
  bool was_repeated = false;
  std::vector<Sample> samples;  ///< of a watch, the last ones
};

struct RecordedMigrations
{
  /// Those that it added; nothing if it is not known what the database had before.
  std::optional<std::vector<std::string>> added;
  std::size_t applied = 0;  ///< all that the database had then
};

struct Record
{
  Promotion promotion;
  std::string outcome;  ///< how it ended, or its condition
  std::vector<RecordedStep> steps;
  std::vector<Word> words;     ///< approvals, rejections and attestations of the commit, and the review
  std::vector<Word> evidence;  ///< of the commit
  Json backup;                 ///< the proof, or null
  std::string backup_actor;
  std::optional<RecordedMigrations> migrations;  ///< nothing: none were to be applied, or nobody can tell which
  std::vector<Sample> answers;                   ///< the last of each probe before the way back began
  std::vector<Word> looks;                       ///< at the release while it was live, afterwards
  std::vector<Note> notes;
  std::vector<OpenItem> open;
  std::optional<std::chrono::sys_seconds> debrief_due;  ///< nothing: none is
  std::string url, runbook;
  std::vector<std::string> contacts;
  std::uint64_t first_entry = 0, last_entry = 0;
};

/// `promotion` must be one of the state's, and `entries` all that the state was made of.
[[nodiscard]] Record record_of(const Promotion& promotion, const State& state, std::span<const Entry> entries,
                               const Stage& stage);

/// Its form is documented in docs and does not lose members.
[[nodiscard]] Json json_of(const Record& record);

/// Markdown for people and issues; nothing of it that others wrote becomes structure.
[[nodiscard]] std::string markdown_of(const Record& record);

}  // namespace sluice::promote
