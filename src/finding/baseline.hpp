// SPDX-License-Identifier: Apache-2.0
//
// Findings that were there before the gate was: they are shown and never fail.
//
// What makes such a finding the same one is its content, so that it survives a squash, a rebase and a moved line. That
// alone would let anybody copy an accepted secret to wherever they like, so where it may be belongs to what was
// accepted: an entry is one finding at one path. Something that a change moves is accepted where it goes (`Move`), and
// something that it copies is new. Two findings may have one fingerprint, because that of a weak secret tells little of
// it: then there are two equal entries, and a third such finding is new.
//
// One file serves all gates; each reads and replaces its own entries and leaves the others as they are.
#pragma once

#include "base/result.hpp"
#include "finding/finding.hpp"
#include "finding/redactor.hpp"

#include <compare>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

class Baseline
{
public:
  /// One finding at one path.
  struct Entry
  {
    std::string gate;  ///< that reports it: "secrets"
    std::string rule;
    std::string path;  ///< as git has it and the redactor shows it; empty for what is in no file (a message, a text)
    std::string fingerprint;
    auto operator<=>(const Entry&) const = default;
  };
  using Entries = std::multiset<Entry>;

  /// The entry that stands for `finding` at `path`, with the path as the redactor shows it: the file is for everybody
  /// to read. Null: as it is.
  [[nodiscard]] static Entry entry_of(const Finding& finding, std::string_view path, const Redactor* redactor);

  /// Reads the JSON that `text()` writes. `name` is for messages. Errors (ErrorKind::config) name it, and the key.
  [[nodiscard]] static Result<Baseline> parse(std::string_view json, std::string_view name);

  /// Adds an entry for each path at which the finding is or was.
  void add(const Finding& finding, const Redactor* redactor = nullptr);
  void add(Entry entry);
  void remove_if(const std::function<bool(const Entry&)>& is_unwanted);

  [[nodiscard]] const Entries&
  entries() const
  {
    return entries_;
  }
  [[nodiscard]] bool has_entries_of(std::string_view gate) const;

  /// Canonical text: sorted, one entry per line, so that a diff of it can be reviewed and merged.
  [[nodiscard]] std::string text() const;

private:
  Entries entries_;
};

/// Uses up the entries of a baseline, one finding after the other.
class BaselineUse
{
public:
  explicit BaselineUse(const Baseline& baseline, const Redactor* redactor = nullptr);

  /// Which of the paths at which `finding` is no entry is left for, each once. An entry stands for one path at a time:
  /// its own, or where the finding was moved to. Entries are used up if none such is left: a finding is accepted as a
  /// whole.
  [[nodiscard]] std::vector<std::string> uncovered(const Finding& finding);

  /// Entries that no finding has had a use for.
  [[nodiscard]] const Baseline::Entries&
  stale() const
  {
    return unused_;
  }

private:
  /// By path, that of the entry that stands for it.
  [[nodiscard]] std::map<std::string, std::string> origins_of(const Finding& finding) const;

  const Redactor* redactor_;
  Baseline::Entries left_;    ///< for further findings
  Baseline::Entries unused_;  ///< that no finding fits
};

/// Every path at which the finding is as much as at its own, each once and sorted: `where`, the places of it in
/// `related`, `unlisted`.
[[nodiscard]] std::vector<std::string> paths_of(const Finding& finding);

}  // namespace sluice
