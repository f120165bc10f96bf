// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/record_collector.hpp"

#include "base/gzip.hpp"
#include "base/text.hpp"
#include "deps/advisories/documents.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

constexpr std::size_t most_told = 10;

tl::expected<std::vector<Data>, Defect>
documents_of(const std::string& name, std::string_view text)
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

}  // namespace

void
RecordCollector::take(const std::string& name, std::string_view text)
{
  if (name.ends_with(".csv")) {
    ExploitTable table;
    const bool is_epss = add_epss(text, table);
    const std::lock_guard lock(mutex_);
    count_.foreign += is_epss ? 0 : 1;
    return replace_exploits(table, exploits_);
  }
  if (name.ends_with(".csv.gz")) {
    const auto unpacked = gunzip(text, max_document_bytes);
    return unpacked ? take(name.substr(0, name.size() - 3), *unpacked)
                    : note_unreadable(name, {0, unpacked.error().message});
  }
  const auto documents = documents_of(name, text);
  if (!documents) {
    return note_unreadable(name, documents.error());
  }
  for (const Data& document : *documents) {
    take_document(name, document.root());
  }
}

void
RecordCollector::take_document(const std::string& name, const Value& root)
{
  if (!root["id"].is_text() || (!root["affected"] && !root["withdrawn"])) {
    const std::lock_guard lock(mutex_);
    count_.foreign += add_kev(root, exploits_) ? 0 : 1;
    return;
  }
  auto record = read_record(root);
  if (!record) {
    return note_unreadable(name, record.error());
  }
  const std::lock_guard lock(mutex_);
  records_.emplace_back(name, *std::move(record));
}

std::vector<Record>
RecordCollector::finish(ImportCount& count)
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

void
RecordCollector::note_unreadable(const std::string& name, const Defect& defect)
{
  const std::lock_guard lock(mutex_);
  ++count_.unreadable_count;
  if (count_.unreadable.size() < most_told) {
    count_.unreadable.push_back(fmt::format("{}:{}: {}", printable(name), defect.line, defect.what));
  }
}

}  // namespace sluice::deps
