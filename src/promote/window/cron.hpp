// SPDX-License-Identifier: Apache-2.0
//
// Cron expressions of five fields: minute, hour, day of the month, month, day of the week. Each is "*", a number, a
// name (mon, jan), a range, any of these with a step, or a list of them; 7 is Sunday too. As in crontab(5): a day must
// be of either kind where both kinds of day are given, and of both where one begins with "*".
//
// Times are those of a wall. One that comes twice when clocks are set back counts the first time, or both times if the
// hour is "*", for then it is meant to come every hour; one that clocks leave out counts as if they had not changed.
#pragma once

#include "base/result.hpp"
#include "promote/window/cron_fields.hpp"
#include "promote/window/zone.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sluice::promote {

class CronExpression
{
public:
  /// Errors: ErrorKind::config, with what is wrong; also for a day that never comes, such as 30 February.
  [[nodiscard]] static Result<CronExpression> parse(std::string_view text);

  /// The last time that is not after the instant; nothing within forty years.
  [[nodiscard]] std::optional<std::chrono::sys_seconds> last_at(std::chrono::sys_seconds instant,
                                                                const Zone& zone) const;
  /// The first time after the instant; nothing within forty years.
  [[nodiscard]] std::optional<std::chrono::sys_seconds> next_after(std::chrono::sys_seconds instant,
                                                                   const Zone& zone) const;

private:
  explicit CronExpression(const CronFields& fields);

  /// A bit for each day of the month.
  [[nodiscard]] std::uint32_t days_in(std::chrono::year_month month) const;
  [[nodiscard]] bool is_on(std::chrono::local_days day) const;
  [[nodiscard]] std::optional<std::chrono::local_days> day_from(std::chrono::local_days day) const;
  [[nodiscard]] std::optional<std::chrono::local_days> day_until(std::chrono::local_days day) const;

  using Minutes = std::vector<std::chrono::minutes>;
  [[nodiscard]] std::optional<std::chrono::sys_seconds>
  last_on(std::chrono::local_days day, std::chrono::sys_seconds instant, const Zone& zone) const;
  [[nodiscard]] std::optional<std::chrono::sys_seconds>
  first_on(std::chrono::local_days day, std::chrono::sys_seconds instant, const Zone& zone) const;
  /// Times of a day on which clocks change, in no order.
  [[nodiscard]] std::vector<std::chrono::sys_seconds> times_on(std::chrono::local_days day, const Zone& zone) const;

  CronFields fields_;
  Minutes minutes_;  ///< of a day, rising
};

}  // namespace sluice::promote
