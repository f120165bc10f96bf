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
//
// What the list of modifications has no more is dropped, but not what somebody imported beside it: their own advisories
// are no server's to take away. A record of several ecosystems changes the index of the one that is updated alone: the
// few that another would get in this way would look like all that is known of it.
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
  enum class How { unchanged, records, archive, failed } how = How::unchanged;
  std::string ecosystem;
  std::uint64_t records = 0;     ///< that were fetched
  std::uint64_t gone = 0;        ///< that the server has no more
  std::uint64_t unreadable = 0;  ///< that should be there and could not be had or read; asked for again next time
  std::string why = {};          ///< it failed
  bool is_lost = false;          ///< what was there is damaged or of another format, and nothing of it was kept
};

/// Of each ecosystem, in their order; one that fails stops no other. Errors (ErrorKind::usage): the address is neither
/// https nor of this machine.
[[nodiscard]] Result<std::vector<UpdateCount>> update_database(net::HttpClient& http, const UpdateOrder& order);

}  // namespace sluice::deps
