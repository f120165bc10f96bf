// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "deps/advisories/manifest.hpp"
#include "net/http_client.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct ExportOrder
{
  std::filesystem::path from;  ///< the directory of a database
  std::filesystem::path to;    ///< made if it is not there
  Date today;
  std::string private_key;  ///< PEM; empty: not signed
};

/// Copies a database with a manifest of it, and takes away what an earlier export has left there. Returns the manifest.
/// Errors (ErrorKind::unavailable): a file of the database is damaged; (ErrorKind::usage): the key is none, or the two
/// directories are the same.
[[nodiscard]] Result<Manifest> export_database(const ExportOrder& order);

/// Where an export can be read from.
struct Mirror
{
  std::string name;  ///< for messages
  /// A file of it, at most that long; nothing if there is none.
  std::function<Result<std::optional<std::string>>(std::string_view file, std::uint64_t max_bytes)> read;
};

[[nodiscard]] Mirror mirror_in(const std::filesystem::path& directory);
[[nodiscard]] Mirror mirror_at(net::HttpClient& http, std::string address);

/// What a database took over.
struct Adopted
{
  Manifest manifest;
  std::vector<std::string> changed;  ///< names of files
  bool is_signed = false;            ///< by the key that was demanded
};

/// Makes the database in `directory` what the mirror's manifest says, all of it or nothing. `public_key` empty: none is
/// demanded. Nothing if the mirror has no manifest. Errors (ErrorKind::unavailable): a signature or a file is not what
/// it should be, the manifest is older than the one that is there.
[[nodiscard]] Result<std::optional<Adopted>> adopt(const Mirror& mirror, const std::filesystem::path& directory,
                                                   std::string_view public_key);

}  // namespace sluice::deps
