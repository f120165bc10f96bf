// SPDX-License-Identifier: Apache-2.0
//
// What another gate said of a commit. It comes as a file, a JSON report of Sluice or an in-toto statement, and is kept
// as an entry of kind `evidence`. A report is no more trusted than whoever hands it in: that somebody edited it shows
// nowhere. So evidence is entered by the job that ran the gate, or a command of the operator's vouches for the file
// (`evidence_verify`), and an entry says which.
#pragma once

#include "base/result.hpp"
#include "finding/report.hpp"
#include "promote/check.hpp"
#include "promote/evidence/risk.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Which migrations a report of that gate speaks of.
struct SeenMigrations
{
  std::uint64_t files = 0;
  std::vector<std::string> paths;  ///< of those that the report names; not all of them
};

/// The body of an entry, read.
struct Evidence
{
  std::string tool;
  std::string commit;  ///< hexadecimal, in full: the head that was judged
  Verdict verdict = Verdict::unable;
  FailOn fail_on = FailOn::none;
  Breadth breadth = Breadth::part;
  std::vector<std::string> bases;
  std::string range;  ///< for people
  std::chrono::sys_seconds produced;
  std::string digest;  ///< "sha256:…" of the file
  std::optional<SeenMigrations> migrations;
  std::optional<Risk> risk;
  std::string verified_by;   ///< the command that vouched for the file; empty: none did
  bool is_brought = false;   ///< given with the call that asks, and not entered before
  std::string actor;         ///< who entered or brought it
  std::uint64_t number = 0;  ///< of its entry; 0 if there is none
};

/// How a file came.
struct EvidenceSource
{
  std::string environment;  ///< empty: for all
  std::string actor;
  std::chrono::sys_seconds at;
  enum class Way { added, brought } way = Way::added;
  std::string verified_by;  ///< shell words of the command that vouched for it; empty: none did
};

/// An entry for each report that the file holds. An envelope (DSSE, or a Sigstore bundle with one) is opened only if a
/// command has vouched for it, for whoever opens it otherwise takes a signature for checked that nobody looked at.
/// Errors (ErrorKind::input): it is neither, it is of no commit, or its verdict contradicts what it holds.
[[nodiscard]] Result<std::vector<Entry>> evidence_of(std::string_view text, const EvidenceSource& source);

/// Runs `words` with the file's path as the last. Errors: ErrorKind::input if it says no; ErrorKind::environment if it
/// cannot be run, ErrorKind::unavailable if it does not end.
[[nodiscard]] Result<> vouch_for(const std::filesystem::path& file, std::span<const std::string> words,
                                 const Environment& environment);

/// Nothing if the entry is no evidence that this version can read.
[[nodiscard]] std::optional<Evidence> read_evidence(const Entry& entry);

/// Of that gate for the commit that is asked for, whatever environment it was entered for: what was produced last, and
/// of two what was entered later.
[[nodiscard]] std::optional<Evidence> newest_evidence(const Situation& situation, std::string_view tool);

/// Whether the change brings migrations, by the newest report of that gate; nothing: nobody has looked.
[[nodiscard]] std::optional<bool> brings_migrations(const Situation& situation);

}  // namespace sluice::promote
