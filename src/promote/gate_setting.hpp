// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_checks.hpp"
#include "config/option_table.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sluice::promote {

/// A further condition of an environment, by the one key that it has of `http`, `sql`, `command`, `disk`, `attested`,
/// `notified`, `changelog`, `ci`.
struct Gate
{
  std::string http;                  ///< an address that must answer 2xx
  std::string sql;                   ///< a query whose first value must be true or a number above 0
  std::string database;              ///< libpq address that `sql` is asked at; may be `$NAME`
  std::vector<std::string> command;  ///< exit status 0: yes; 75: cannot tell, a person must; other: no
  std::string disk;                  ///< a path whose file system must not be fuller than `below` per cent
  std::int64_t below = 80;
  std::string attested;                 ///< what somebody must have attested for the commit: "QA", "go-live checklist"
  std::string notified;                 ///< who must have been told of the commit: "team"
  bool ci = false;                      ///< the platform's own checks of the commit must have passed
  std::string changelog;                ///< a file that must have changed since the release that is live
  std::chrono::milliseconds max_age{};  ///< of an attestation; 0: any
  std::chrono::milliseconds timeout{std::chrono::seconds(30)};
  std::string origin;
};

void describe(Gate& gate, config::OptionTable& table);

/// Refuses gates of `environment` that ask for nothing or for several things, and queries without a database.
void check_gates(const std::string& environment, const std::map<std::string, Gate>& gates,
                 config::OptionChecks& checks);

}  // namespace sluice::promote
