// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "deps/locked_files.hpp"
#include "finding/verdict.hpp"
#include "net/http_client.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace sluice::deps {

struct RefreshOrder
{
  std::filesystem::path directory;  ///< of the database
  std::string from;                 ///< a server, or a directory that was exported to; empty: OSV's
  std::string kev, epss;  ///< addresses of what is known of attacks; empty: the public ones, if `from` is OSV's;
                          ///< "none": not fetched
  std::string key;        ///< public key that must have signed; empty: none
  std::vector<std::string>
      ecosystems;  ///< that are fetched beside those that are there, from a server laid out as OSV's
  enum class Exactly { no, yes } exactly = Exactly::no;  ///< yes: those alone
  Date today;
  unsigned threads = 0;
};

struct Refreshed
{
  std::vector<std::string> lines;  ///< what became of each ecosystem or file
  Verdict verdict = Verdict::pass;
};

/// Brings a database up to date. Errors (ErrorKind::usage): what was asked for makes no sense;
/// (ErrorKind::unavailable): nothing could be had, or what was had is not signed as it must be.
[[nodiscard]] Result<Refreshed> refresh(net::HttpClient& http, const RefreshOrder& order);

/// Of the packages that the lockfiles name, without suffixes, those that advisories can be had for.
[[nodiscard]] std::vector<std::string> ecosystems_in_use(const LockedFiles& locked);

/// To the day: the same documents make the same index all day.
[[nodiscard]] std::chrono::sys_seconds start_of(Date day);

}  // namespace sluice::deps
