// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/import.hpp"

#include "base/mapped_file.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/advisories/database.hpp"
#include "deps/advisories/documents.hpp"
#include "deps/advisories/index_writer.hpp"
#include "deps/advisories/manifest.hpp"
#include "deps/advisories/record_collector.hpp"
#include "deps/advisories/update_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

std::string_view
bare(std::string_view ecosystem)
{
  return ecosystem.substr(0, ecosystem.find(':'));
}

/// What the index of an ecosystem holds before an import.
struct Existing
{
  std::vector<Record> records;
  std::uint64_t count = 0;  ///< with those that were withdrawn
  bool is_lost = false;     ///< it cannot be read, and `count` is what it says of itself
};

Result<Existing>
existing(const fs::path& file)
{
  TRY_ASSIGN(const bool is_one, is_there(file));
  if (!is_one) {
    return Existing();
  }
  TRY_ASSIGN(const MappedFile mapped, MappedFile::open(file));
  const auto index = Index::of_bytes(mapped.bytes(), file.filename().string());
  if (!index || !index->verify()) {
    // An import is how it is made anew. The gate tells if much less comes back than it had.
    return Existing{{}, Index::claimed_records(mapped.bytes()).value_or(0), true};
  }
  return Existing{records_of(*index), index->records(), false};
}

/// Why none of the documents is an advisory.
std::string
nothing_in(const std::string& source, const ImportCount& read)
{
  std::vector<std::string> lines = read.passed_over;
  if (read.foreign != 0) {
    lines.push_back(counted(read.foreign, "document that is no advisory", "documents that are no advisories"));
  }
  lines.insert(lines.end(), read.unreadable.begin(), read.unreadable.end());
  return fmt::format("{}: nothing was imported: {}", printable(source),
                     lines.empty() ? std::string("it holds no document") : join(lines, "\n"));
}

/// What is imported beside the records of a server is not the server's to take away.
Result<>
note_own(const fs::path& directory, const std::map<std::string, std::set<std::string>>& imported)
{
  auto states = read_update_states(directory);
  bool is_changed = false;
  for (const auto& [ecosystem, ids] : imported) {
    if (const auto state = states.find(ecosystem); state != states.end()) {
      std::set<std::string> own(state->second.own.begin(), state->second.own.end());
      own.insert(ids.begin(), ids.end());
      state->second.own.assign(own.begin(), own.end());
      is_changed = true;
    }
  }
  return is_changed ? write_update_states(directory, states) : Result<>();
}

}  // namespace

std::set<std::string>
ecosystems_of(std::span<const Record> records)
{
  std::set<std::string> names;
  for (const Record& record : records) {
    for (const Affected& affected : record.affected) {
      if (!affected.ecosystem.empty()) {
        names.emplace(bare(affected.ecosystem));
      }
    }
  }
  return names;
}

Result<ImportCount>
import_records(std::vector<Record> records, const ImportOrder& order)
{
  TRY(make_directories(order.directory));
  ImportCount count;
  count.records = records.size();
  std::map<std::string, std::vector<Record>, std::less<>> by_ecosystem;
  std::set<std::string> ids;
  std::map<std::string, std::set<std::string>> imported;
  if (!order.only.empty()) {
    by_ecosystem[order.only];
  }
  for (const Record& record : records) {
    ids.insert(record.id);
    std::set<std::string_view> named;
    for (const Affected& affected : record.affected) {
      if (!affected.ecosystem.empty()) {
        named.insert(bare(affected.ecosystem));
      }
    }
    count.withdrawn += record.is_withdrawn ? 1 : 0;
    count.without_package += named.empty() && !record.is_withdrawn ? 1 : 0;
    for (const std::string_view ecosystem : named) {
      if (order.only.empty() || order.only == ecosystem) {
        by_ecosystem[std::string(ecosystem)].push_back(record);
        imported[std::string(ecosystem)].insert(record.id);
      }
    }
  }
  if (!order.only.empty() && by_ecosystem[order.only].size() < order.at_least) {
    return fail(ErrorKind::input, "it holds {} of {}",
                counted(by_ecosystem[order.only].size(), "advisory", "advisories"), printable(order.only));
  }
  forget_manifest(order.directory);
  for (auto& [ecosystem, own] : by_ecosystem) {
    const fs::path file = index_file(order.directory, ecosystem);
    TRY_ASSIGN(Existing before, existing(file));
    for (Record& record : before.records) {
      if (ids.contains(record.id)) {
        continue;
      }
      if (order.keeps && !order.keeps(record.id)) {
        ++count.dropped;
        continue;
      }
      if (order.keeps) {
        count.kept.push_back(record.id);
      }
      own.push_back(std::move(record));
    }
    if (before.is_lost) {
      count.lost.push_back(ecosystem);
    }
    TRY_ASSIGN(const WrittenIndex written, write_index(own, {ecosystem, order.source, order.now, before.count}));
    TRY(write_file(file, written.bytes));
    count.unjudgeable += written.unjudgeable;
    count.by_ecosystem[ecosystem] = own.size();
  }
  if (order.only.empty()) {
    TRY(note_own(order.directory, imported));
  }
  return count;
}

Result<ImportCount>
import_documents(std::span<const fs::path> paths, const ImportOrder& order)
{
  RecordCollector collector;
  TRY_ASSIGN(const PassedOver passed,
             for_each_document(paths, order.threads, [&collector](const std::string& name, std::string_view text) {
               collector.take(name, text);
             }));
  ImportCount read;
  std::vector<Record> records = collector.finish(read);
  read.passed_over = passed.words();
  if (order.only.empty() && records.empty() && collector.exploits().by_cve.empty()) {
    return fail(ErrorKind::input, "{}", nothing_in(order.source, read));
  }
  TRY_ASSIGN(ImportCount count, import_records(std::move(records), order));
  const ExploitTable& told = collector.exploits();
  if (told.kev_day || told.epss_day) {
    TRY_ASSIGN(const bool is_lost, join_exploits(order.directory, told));
    if (is_lost) {
      count.lost.emplace_back(exploits_file);
    }
  }
  count.exploits = told.by_cve.size();
  count.foreign = read.foreign;
  count.passed_over = std::move(read.passed_over);
  count.unreadable = std::move(read.unreadable);
  count.unreadable_count = read.unreadable_count;
  return count;
}

}  // namespace sluice::deps
