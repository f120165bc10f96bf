// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "deps/advisories/record.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace sluice::deps {

/// What became of the documents.
struct ImportCount
{
  std::uint64_t records = 0;
  std::uint64_t withdrawn = 0;
  std::uint64_t unjudgeable = 0;        ///< of an ecosystem without an order, or with events that are no versions
  std::uint64_t without_package = 0;    ///< that speak of commits alone
  std::uint64_t exploits = 0;           ///< CVEs with a word on attacks (KEV, EPSS)
  std::uint64_t foreign = 0;            ///< documents that are no advisories
  std::vector<std::string> unreadable;  ///< "name: why", at most ten
  std::uint64_t unreadable_count = 0;
  std::vector<std::string> kept;         ///< ids of those of the index that stayed, if the order says which do
  std::uint64_t dropped = 0;             ///< those that did not
  std::vector<std::string> passed_over;  ///< sentences about files that were not looked into
  std::map<std::string, std::uint64_t> by_ecosystem;  ///< records of each index that was written
  std::vector<std::string>
      lost;  ///< ecosystems whose index, and files whose content, was damaged or of another format: nothing was kept
};

/// What an import is told beside its documents.
struct ImportOrder
{
  std::filesystem::path directory;  ///< of the database; made if it is not there
  std::string source;               ///< for people: where the documents come from
  std::chrono::sys_seconds now{};
  unsigned threads = 0;
  std::string only = {};     ///< the one ecosystem whose index is written, also if no record speaks of it; empty: all
  std::size_t at_least = 0;  ///< fewer records of `only` are an error (ErrorKind::input)
  /// Whether a record that the index has and that is not among the new ones stays. Null: it does.
  std::function<bool(const std::string& id)> keeps = {};
};

/// Adds the records of OSV documents to a database; one with an id that is there replaces it. Each index is replaced
/// whole or not at all. Of one that is damaged nothing is taken over. Errors: a path cannot be read, or (of all
/// ecosystems) nothing at all (ErrorKind::input, and the database is as it was); the directory cannot be written, an
/// ecosystem has more than an index can hold.
[[nodiscard]] Result<ImportCount> import_documents(std::span<const std::filesystem::path> paths,
                                                   const ImportOrder& order);

/// Without their suffixes.
[[nodiscard]] std::set<std::string> ecosystems_of(std::span<const Record> records);

/// The same with records that were read already.
[[nodiscard]] Result<ImportCount> import_records(std::vector<Record> records, const ImportOrder& order);

}  // namespace sluice::deps
