// SPDX-License-Identifier: Apache-2.0
//
// What people are told of a promotion. Technical people get what, which commit, who, how long and where to look; others
// a sentence that says whether it is there. Neither gets a secret: whoever sends it redacts it.
#pragma once

#include "promote/ledger/entry.hpp"
#include "promote/platform/platform_setting.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// A step as it came out.
struct StepNews
{
  std::string name, outcome, why;
  std::chrono::seconds took{};
};

/// Everything that a message may say. What is not known is empty.
struct News
{
  Moment moment = Moment::begun;
  std::string environment;
  std::string commit, previous;  ///< hexadecimal: what is to be live, and what is live until then
  std::string subject;           ///< first line of the commit's message
  std::string actor, reason;
  bool is_rollback = false;  ///< it was asked for by itself
  bool is_emergency = false;
  bool is_continued = false;                      ///< by another run
  std::optional<EntryKind> end;                   ///< of moment ended
  bool is_broken_off = false;                     ///< its run ended, and it did not
  std::string why, fix;                           ///< of moments waiting, asked and ended
  std::optional<std::chrono::sys_seconds> until;  ///< of moment waiting: when waiting ends by itself
  std::vector<StepNews> steps;                    ///< in their order; of moment step the last is the one
  std::chrono::seconds took{};
  std::string url, run, runbook;
  std::vector<std::string> contacts;
  std::string zone;  ///< IANA, for times
};

/// Of one or more lines, without a final newline; safe to show but for secrets.
[[nodiscard]] std::string message_for(const News& news, Audience audience);

}  // namespace sluice::promote
