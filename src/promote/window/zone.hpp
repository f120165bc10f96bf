// SPDX-License-Identifier: Apache-2.0
//
// Clocks of a zone, as one table: what it was read from is not asked again, and a look-up is a search in it.
//
// The database's own files list changes to 2037 (or, in the short form that most systems but Debian's have, to the last
// one that was no rule yet) and end with the rule for all later ones. The library that reads them knows the list alone,
// so the rule is followed here: without it, New York would be without summer time.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// What clocks show from one change to the next.
struct ZonePeriod
{
  std::chrono::sys_seconds begin;
  std::chrono::seconds offset{};  ///< of the wall before UTC
  std::string abbreviation;       ///< "CET", or "+0545" where nobody has a word for it
};

/// Instants that anything here is asked of: those that RFC 3339 is read for.
inline constexpr std::chrono::sys_seconds first_instant = std::chrono::sys_days(std::chrono::year(1700) / 1 / 1);
inline constexpr std::chrono::sys_seconds last_instant = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

class Zone
{
public:
  /// An IANA name; "UTC" is known without a database. Errors: ErrorKind::config, there is no zone of that name, with
  /// one that may have been meant; ErrorKind::environment, the machine has no database (the package tzdata).
  [[nodiscard]] static Result<Zone> named(std::string_view name);

  /// In the order of their begin, the first from the beginning of time.
  Zone(std::string name, std::vector<ZonePeriod> periods);

  [[nodiscard]] const std::string&
  name() const
  {
    return table_->name;
  }

  [[nodiscard]] const ZonePeriod& period_at(std::chrono::sys_seconds instant) const;
  [[nodiscard]] std::chrono::local_seconds wall_at(std::chrono::sys_seconds instant) const;

  /// When the wall shows a time.
  struct Moment
  {
    enum class Kind { once, twice, never };
    Kind kind = Kind::once;
    std::chrono::sys_seconds
        instant;  ///< the first of two; of a time that is left out, as if the clocks had not changed
    std::chrono::sys_seconds second;  ///< of two
  };

  /// As RFC 5545 (3.3.5) has it of times that come twice, and of those that do not come.
  [[nodiscard]] Moment moment_of(std::chrono::local_seconds wall) const;

  /// Whether the day came at all: Samoa had no 30 December 2011.
  [[nodiscard]] bool has_day(std::chrono::local_days day) const;

  /// Whether clocks change on the day or near it: if not, its minutes follow each other from midnight on.
  [[nodiscard]] bool is_steady(std::chrono::local_days day) const;

private:
  struct Table
  {
    std::string name;
    std::vector<ZonePeriod> periods;
  };
  [[nodiscard]] std::size_t index_at(std::chrono::sys_seconds instant) const;

  std::shared_ptr<const Table> table_;
};

}  // namespace sluice::promote
