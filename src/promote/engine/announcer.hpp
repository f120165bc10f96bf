// SPDX-License-Identifier: Apache-2.0
//
// Tells the world of a promotion, and never the promotion of the world: whatever goes wrong here is a line for people.
// The ledger has what happened, each time before it is told.
#pragma once

#include "promote/engine/session.hpp"
#include "promote/platform.hpp"
#include "promote/record/message.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace sluice::promote {

class Announcer
{
public:
  /// Of the promotions of one environment. Asks nobody anything yet.
  Announcer(Session& session, std::string environment);

  struct Wait
  {
    std::string commit, why, fix;
    std::optional<std::chrono::sys_seconds> until;
  };
  /// A promotion was asked for and has to wait; to be called once for each reason to wait.
  void waits(const Wait& wait);

  /// The newest promotion of the ledger has begun, or this run goes on with it.
  enum class Start { begun, continued };
  void begins(Start start);
  void step_begins(std::string_view step);
  void step_ended(std::string_view step);
  /// It has ended, or a person is asked, or another run will go on with it, as the ledger has it now.
  void stops(std::string_view fix);
  /// Its run ends with an error and nothing is written of it.
  void breaks_off(std::string_view why);

private:
  enum class Missing { create, leave };

  [[nodiscard]] const Promotion* promotion() const;
  [[nodiscard]] News news(Moment moment) const;
  [[nodiscard]] Result<std::optional<PlatformDeployment>> made(const DeploymentRecord& record) const;
  void record(DeploymentState state, std::string_view description, Missing missing);
  void announce(const News& news);
  void send(const Notification& notification, const News& news);
  /// How long a message may still keep the promotion waiting.
  [[nodiscard]] std::chrono::milliseconds patience_for(Moment moment) const;
  void count(std::chrono::milliseconds took, Moment moment);
  /// Says that somebody was not told; one who is away is not tried again at every step.
  void missed(std::string_view what, const Error& error);
  [[nodiscard]] PlatformCall call() const;
  [[nodiscard]] DeploymentRecord record_of(const Promotion& promotion) const;

  Session& session_;
  std::string environment_;
  const Stage& stage_;
  const Platform* platform_ = nullptr;  ///< null: nothing is recorded
  std::optional<PlatformDeployment> deployment_;
  bool is_away_ = false;  ///< the platform did not answer
  bool was_lack_told_ = false;
  std::set<std::string, std::less<>> silent_;  ///< variables of webhooks that are not asked again
  std::chrono::milliseconds lost_{};           ///< on messages before the end that took long
};

}  // namespace sluice::promote
