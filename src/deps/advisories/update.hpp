// SPDX-License-Identifier: Apache-2.0
//
// Brings a database up to date from a server that is laid out as OSV's own (google.github.io/osv.dev/data): for each
// ecosystem an archive of all records, a list of what was modified when, newest first, and each record by itself.
//
//   <ecosystem>/all.zip   <ecosystem>/modified_id.csv   <ecosystem>/<id>.json
//
// What is there already is brought forward record by record; where that would be more than a few thousand, or nothing
// is there, the archive is fetched, in pieces, so that a line that breaks costs one of them. An index is replaced whole
// or not at all, and the note of how far it goes only after it.
#pragma once

#include "base/result.hpp"
#include "deps/advisories/import.hpp"
#include "net/http_client.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// OSV's bulk data.
inline constexpr std::string_view osv_server = "https://storage.googleapis.com/osv-vulnerabilities";

struct UpdateOrder
{
  ImportOrder import;                   ///< its `source` is the server's address
  std::vector<std::string> ecosystems;  ///< without suffixes
};

/// What became of one ecosystem.
struct UpdateCount
{
  enum class How { unchanged, records, archive } how = How::unchanged;
  std::string ecosystem;
  std::uint64_t records = 0;     ///< that were fetched
  std::uint64_t unreadable = 0;  ///< documents among them
};

/// Errors (ErrorKind::usage): the address is neither https nor of this machine; (ErrorKind::unavailable): the server
/// cannot be reached or answers what it should not. Ecosystems before the one that failed are up to date.
[[nodiscard]] Result<std::vector<UpdateCount>> update_database(net::HttpClient& http, const UpdateOrder& order);

}  // namespace sluice::deps
