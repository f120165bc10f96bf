// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "config/option_table.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// A span of time that comes again, as people write it: on the wall clock of a zone, never as an offset.
struct Window
{
  std::vector<std::string> days{};     ///< "mon" … "sun": on these, from `from` to `to`; empty with times: every day
  std::string from{}, to{};            ///< "09:00"; `to` may be "24:00", or before `from`: over midnight
  std::vector<std::string> dates{};    ///< "2026-12-24", "12-24" of every year: whole days, or from `from` to `to`
  std::vector<std::string> between{};  ///< two instants of RFC 3339, the second excluded
  std::vector<std::string> cron{};     ///< two expressions of five fields: when it begins, when it ends (GitLab)
  std::string zone{};                  ///< IANA name; empty: the pipeline's
  std::string reason{};                ///< why, for people
  std::string origin{};
};

void describe(Window& window, config::OptionTable& table);

/// When a promotion may begin: within one of the allowed windows if there are any, and within no denied one.
///
/// A window on days begins on the day that it names, by the clocks of its zone, and may end on the next. What comes
/// twice when clocks are set back is meant the first time; what they leave out is as if they had not changed (RFC
/// 5545).
class Calendar
{
public:
  /// How far ahead a change is looked for: ten years.
  static constexpr std::chrono::days horizon{3653};

  struct State
  {
    bool is_open = true;
    std::optional<std::chrono::sys_seconds> next_change;  ///< when it opens or closes; nothing: not soon enough to say
    /// How far a change was looked for: `horizon`, but less far where very many windows change nothing together.
    std::chrono::sys_seconds looked_until;
    std::string why;  ///< a clause about what decides it now, for people: "closed on Fridays (why), Europe/Berlin"
  };

  /// `zone` is that of windows which name none. Errors (ErrorKind::config): a window that is not well formed, a zone
  /// that is not known, with what is wrong, a line each; ErrorKind::environment: there is no database of zones.
  [[nodiscard]] static Result<Calendar> of(std::span<const Window> allow, std::span<const Window> deny,
                                           std::string_view zone);

  /// Of what is outside of the years 1700 to 2199 as at their nearest end.
  [[nodiscard]] State at(std::chrono::sys_seconds instant) const;

private:
  Calendar() = default;
  struct Spans;
  std::shared_ptr<const Spans> spans_;
};

/// "Fri 27 Nov 2026 09:00 CET (+01:00)": an instant on the wall clock of a zone, with what a change of clocks does to
/// it (", the first of two") said behind it. Errors: those of Zone::named.
[[nodiscard]] Result<std::string> on_the_wall(std::chrono::sys_seconds instant, std::string_view zone);

}  // namespace sluice::promote
