// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/database.hpp"

#include "base/text.hpp"

#include <algorithm>

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
    return fail(ErrorKind::unavailable, "{}: there is no advisory database in it", printable(directory.string()));
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
  return names;
}

}  // namespace sluice::deps
