// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/postgres.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// What a database holds, for comparing it with what a dump of it gives back.
struct BackupContents
{
  struct Thing
  {
    std::string definition;  ///< as the server writes it; empty where the name says all
    std::string of;          ///< name of the table that it belongs to; empty: none
  };
  using Things = std::map<std::string, Thing>;

  std::string server_version;  ///< "15.18"
  std::string database;
  std::string encoding, collation, character_type;  ///< as CREATE DATABASE wants them
  /// By kind ("table", "column", "constraint", "index", "view", …) and name, quoted and with schema.
  std::map<std::string, Things> things;
  std::map<std::string, std::uint64_t> rows;  ///< of each table, and of "large objects"

  [[nodiscard]] const Things& of_kind(const std::string& kind) const;
  [[nodiscard]] std::uint64_t row_total() const;
};

/// Reads it in one transaction, all rows as of one moment. Left out are what belongs to an extension, what is not in
/// `schemas` (if that names any), and foreign rows. PostgreSQL 12 or newer.
///
/// `while_held`, if it is not empty, is called with the name of the transaction's snapshot before anything is counted,
/// and what dumps that snapshot has exactly the rows that are counted then. An error of it is returned.
///
/// Errors (ErrorKind::unavailable): the server cannot be reached, or refuses a query.
[[nodiscard]] Result<BackupContents> read_contents(const PostgresClient& client,
                                                   const std::vector<std::string>& schemas,
                                                   const std::function<Result<>(std::string_view)>& while_held = {});

}  // namespace sluice::promote
