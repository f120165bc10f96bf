// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/import.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/advisories/database.hpp"
#include "deps/advisories/documents.hpp"
#include "deps/advisories/index_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

/// Records from several threads, in the order of their documents' names.
class Collector
{
public:
  void
  take(const std::string& name, std::string_view text)
  {
    auto documents = read(name, text);
    if (!documents) {
      return note_unreadable(name, documents.error());
    }
    for (const Data& document : *documents) {
      const Value root = document.root();
      if (!root["id"].is_text() || (!root["affected"] && !root["withdrawn"])) {
        const std::lock_guard lock(mutex_);
        ++count_.foreign;
        continue;
      }
      auto record = read_record(root);
      if (!record) {
        note_unreadable(name, record.error());
        continue;
      }
      const std::lock_guard lock(mutex_);
      records_.emplace_back(name, *std::move(record));
    }
  }

  std::vector<Record>
  finish(ImportCount& count)
  {
    std::stable_sort(records_.begin(), records_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::sort(count_.unreadable.begin(), count_.unreadable.end());
    count = std::move(count_);
    std::vector<Record> records;
    records.reserve(records_.size());
    for (auto& [name, record] : records_) {
      records.push_back(std::move(record));
    }
    return records;
  }

private:
  static tl::expected<std::vector<Data>, Defect>
  read(const std::string& name, std::string_view text)
  {
    if (name.ends_with(".yaml") || name.ends_with(".yml")) {
      return read_yaml_data(text);
    }
    auto data = read_json_data(text);
    if (!data) {
      return tl::unexpected(std::move(data).error());
    }
    std::vector<Data> one;
    one.push_back(*std::move(data));
    return one;
  }

  void
  note_unreadable(const std::string& name, const Defect& defect)
  {
    const std::lock_guard lock(mutex_);
    ++count_.unreadable_count;
    if (count_.unreadable.size() < 10) {
      count_.unreadable.push_back(fmt::format("{}:{}: {}", printable(name), defect.line, defect.what));
    }
  }

  std::mutex mutex_;
  std::vector<std::pair<std::string, Record>> records_;
  ImportCount count_;
};

std::string_view
bare(std::string_view ecosystem)
{
  return ecosystem.substr(0, ecosystem.find(':'));
}

/// Adds what the index of this ecosystem has already and the new records do not replace.
Result<std::uint64_t>
add_existing(const fs::path& file, std::vector<Record>& records)
{
  if (!fs::exists(file)) {
    return 0;
  }
  TRY_ASSIGN(const Index index, Index::open(file));
  TRY(index.verify());
  std::set<std::string_view> replaced;
  for (const Record& record : records) {
    replaced.insert(record.id);
  }
  std::vector<Record> kept;
  for (Record& record : records_of(index)) {
    if (!replaced.contains(record.id)) {
      kept.push_back(std::move(record));
    }
  }
  records.insert(records.end(), std::make_move_iterator(kept.begin()), std::make_move_iterator(kept.end()));
  return index.records();
}

}  // namespace

Result<ImportCount>
import_records(std::vector<Record> records, const ImportOrder& order)
{
  TRY(make_directories(order.directory));
  ImportCount count;
  count.records = records.size();
  std::map<std::string, std::vector<Record>, std::less<>> by_ecosystem;
  for (const Record& record : records) {
    std::set<std::string_view> named;
    for (const Affected& affected : record.affected) {
      if (!affected.ecosystem.empty()) {
        named.insert(bare(affected.ecosystem));
      }
    }
    count.withdrawn += record.is_withdrawn ? 1 : 0;
    count.without_package += named.empty() && !record.is_withdrawn ? 1 : 0;
    for (const std::string_view ecosystem : named) {
      by_ecosystem[std::string(ecosystem)].push_back(record);
    }
  }
  for (auto& [ecosystem, own] : by_ecosystem) {
    const fs::path file = index_file(order.directory, ecosystem);
    TRY_ASSIGN(const std::uint64_t before, add_existing(file, own));
    const WrittenIndex written = write_index(own, {ecosystem, order.source, order.now, before});
    TRY(write_file(file, written.bytes));
    count.unjudgeable += written.unjudgeable;
    count.by_ecosystem[ecosystem] = own.size();
  }
  return count;
}

Result<ImportCount>
import_documents(std::span<const fs::path> paths, const ImportOrder& order)
{
  Collector collector;
  TRY(for_each_document(paths, order.threads,
                        [&collector](const std::string& name, std::string_view text) { collector.take(name, text); }));
  ImportCount read;
  std::vector<Record> records = collector.finish(read);
  TRY_ASSIGN(ImportCount count, import_records(std::move(records), order));
  count.foreign = read.foreign;
  count.unreadable = std::move(read.unreadable);
  count.unreadable_count = read.unreadable_count;
  return count;
}

}  // namespace sluice::deps
