// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/database.hpp"

#include "base/text.hpp"
#include "deps/advisories/documents.hpp"
#include "deps/advisories/import.hpp"
#include "deps/advisories/record_collector.hpp"

#include <algorithm>
#include <atomic>

namespace sluice::deps {

namespace fs = std::filesystem;

namespace {

std::string_view
without_suffix(std::string_view ecosystem)
{
  return ecosystem.substr(0, ecosystem.find(':'));
}

}  // namespace

fs::path
index_file(const fs::path& directory, std::string_view ecosystem)
{
  std::string name(without_suffix(ecosystem));
  std::replace(name.begin(), name.end(), ' ', '_');
  std::replace(name.begin(), name.end(), '/', '_');
  return directory / (name + std::string(index::file_suffix));
}

Result<Database>
Database::open(const fs::path& directory)
{
  Database database(directory);
  std::error_code failed;
  for (fs::directory_iterator at(directory, failed), end; !failed && at != end; at.increment(failed)) {
    const fs::path& file = at->path();
    if (file.extension() == index::file_suffix) {
      std::string name = file.stem().string();
      std::replace(name.begin(), name.end(), '_', ' ');
      database.files_.emplace(std::move(name), file);
    }
  }
  if (failed) {
    return fail(ErrorKind::unavailable, "{}: {}", printable(directory.string()), failed.message());
  }
  if (database.files_.empty()) {
    TRY(database.make_indexes());
  }
  if (database.files_.empty() && database.open_.empty()) {
    return fail(ErrorKind::unavailable, "{}: there is no advisory database in it", printable(directory.string()));
  }
  return database;
}

Result<>
Database::make_indexes()
{
  std::atomic<std::size_t> documents{0};
  RecordCollector collector;
  TRY(for_each_document(std::span(&directory_, 1), 1, [&](const std::string& name, std::string_view text) {
    if (++documents <= max_loose_documents) {
      collector.take(name, text);
    }
  }));
  if (documents > max_loose_documents) {
    return fail(ErrorKind::unavailable, "{}: more than {} documents; import them with `sluice deps db import`",
                printable(directory_.string()), max_loose_documents);
  }
  ImportCount count;
  const std::vector<Record> records = collector.finish(count);
  if (count.unreadable_count != 0) {
    return fail(ErrorKind::unavailable, "{}", count.unreadable.front());
  }
  for (const std::string& ecosystem : ecosystems_of(records)) {
    TRY(make_index(records, {ecosystem, directory_.string(), {}, 0}));
  }
  return {};
}

Result<>
Database::make_index(std::span<const Record> records, const IndexOrigin& origin)
{
  TRY_ASSIGN(WrittenIndex written, write_index(records, origin));
  made_.push_back(std::move(written.bytes));
  TRY_ASSIGN(Index index, Index::of_bytes(made_.back(), origin.ecosystem));
  open_.emplace(origin.ecosystem, std::move(index));
  return {};
}

Result<Database>
Database::of_answers(std::span<const Record> records, const Answered& answered)
{
  Database database({});
  database.service_ = answered.service;
  for (const std::string& ecosystem : answered.ecosystems) {
    TRY(database.make_index(records, {ecosystem, answered.service, answered.when, 0}));
  }
  return database;
}

Result<const Index*>
Database::index(std::string_view ecosystem) const
{
  const std::string_view bare = without_suffix(ecosystem);
  if (const auto known = open_.find(bare); known != open_.end()) {
    return &known->second;
  }
  const auto file = files_.find(bare);
  if (file == files_.end()) {
    return nullptr;
  }
  TRY_ASSIGN(Index index, Index::open(file->second));
  if (index.ecosystem() != bare) {
    return fail(ErrorKind::unavailable, "{}: it is of another ecosystem, {}", printable(file->second.string()),
                printable(index.ecosystem()));
  }
  return &open_.emplace(bare, std::move(index)).first->second;
}

std::vector<std::string>
Database::ecosystems() const
{
  std::vector<std::string> names;
  for (const auto& [name, file] : files_) {
    names.push_back(name);
  }
  for (const auto& [name, index] : open_) {
    if (!files_.contains(name)) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace sluice::deps
