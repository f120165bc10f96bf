// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/index.hpp"
#include "deps/advisories/index_writer.hpp"

#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// A directory of indexes, one for each ecosystem that the advisories speak of. They are mapped when they are asked
/// for. A directory without an index, of a few advisories as documents, is a database too: its indexes are made when it
/// is opened.
class Database
{
public:
  static constexpr std::size_t max_loose_documents = 10'000;

  /// Errors (ErrorKind::unavailable): there is no such directory, or neither an index nor an advisory in it.
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& directory);

  /// One that knows nothing, and has no directory.
  [[nodiscard]] static Database
  none()
  {
    return Database({});
  }

  /// What a service answered.
  struct Answered
  {
    std::string service;               ///< as people call it; not empty
    std::set<std::string> ecosystems;  ///< without suffixes: those whose packages were asked for
    std::chrono::sys_seconds when{};
  };
  /// One of records that a service has of the packages that it was asked for, with an index for each of the
  /// ecosystems, also of no record, and for no other. It has no directory. Errors as of write_index().
  [[nodiscard]] static Result<Database> of_answers(std::span<const Record> records, const Answered& answered);

  /// The service whose answers it is made of; empty: it is none of these.
  [[nodiscard]] const std::string&
  service() const
  {
    return service_;
  }

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
  [[nodiscard]] Result<> make_indexes();
  [[nodiscard]] Result<> make_index(std::span<const Record> records, const IndexOrigin& origin);

  std::string service_;
  std::map<std::string, std::filesystem::path, std::less<>> files_;
  std::deque<std::string> made_;  ///< bytes of indexes that are in no file
  mutable std::map<std::string, Index, std::less<>> open_;
};

/// The file of an ecosystem's index in the directory of a database.
[[nodiscard]] std::filesystem::path index_file(const std::filesystem::path& directory, std::string_view ecosystem);

}  // namespace sluice::deps
