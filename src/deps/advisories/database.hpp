// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/index.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// A directory of indexes, one for each ecosystem that the advisories speak of. They are mapped when they are asked
/// for.
class Database
{
public:
  /// Errors (ErrorKind::unavailable): there is no such directory, or no index in it.
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& directory);

  /// The index of an ecosystem, with or without its suffix; null if there is none. Errors like Index::open.
  [[nodiscard]] Result<const Index*> index(std::string_view ecosystem) const;

  /// Ecosystems that have an index, sorted.
  [[nodiscard]] std::vector<std::string> ecosystems() const;
  [[nodiscard]] const std::filesystem::path&
  directory() const
  {
    return directory_;
  }

private:
  explicit Database(std::filesystem::path directory)
      : directory_(std::move(directory))
  {}
  std::filesystem::path directory_;
  std::map<std::string, std::filesystem::path, std::less<>> files_;
  mutable std::map<std::string, Index, std::less<>> open_;
};

/// The file of an ecosystem's index in the directory of a database.
[[nodiscard]] std::filesystem::path index_file(const std::filesystem::path& directory, std::string_view ecosystem);

}  // namespace sluice::deps
