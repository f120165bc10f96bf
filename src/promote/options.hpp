// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "finding/severity.hpp"
#include "promote/backup_setting.hpp"
#include "promote/gate_setting.hpp"
#include "promote/hook.hpp"
#include "promote/platform_setting.hpp"
#include "promote/risk.hpp"
#include "promote/verify_setting.hpp"
#include "promote/window.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sluice::promote {

struct Hooks
{
  Hook backup, migrate, deploy, rollback;  ///< steps, in their order
  Hook restore;                            ///< brings the verified backup back where a rollback asks for it
  Hook probe;                              ///< one sample as JSON
  Hook diagnose;                           ///< before a rollback, so that evidence is not lost
  Hook identify;                           ///< prints what would be deployed, "sha256:…"
  Hook applied;                            ///< prints the migrations that the database has, a line each
  std::string origin;
};

void describe(Hooks& hooks, config::OptionTable& table);

/// What the promoted thing is known by.
enum class IdentityKind { commit, image, files };

enum class Strategy { direct, rolling, blue_green, canary };

/// Whose word an approval is.
enum class Proof {
  signature,  ///< an entry that its author signed with SSH, by the allowed signers of the default branch
  platform,   ///< what the platform's approval API says
  actor,      ///< who the machine says it is: for one machine, and marked as not proven
};

struct Approvals
{
  std::int64_t count = 0;  ///< how many people; 0: none is needed
  bool not_author = true;  ///< who wrote or started it does not count
  Proof proof = Proof::signature;
  std::vector<std::string> from;      ///< who may; empty: whoever can prove it
  std::vector<std::string> database;  ///< one of these too where the change holds migrations
  std::string origin;
};

void describe(Approvals& approvals, config::OptionTable& table);

/// One environment of the pipeline. (`Environment` is the variables of a process.)
struct Stage
{
  std::vector<std::string> needs;  ///< environments in which the same identity was verified before
  std::chrono::milliseconds soak{};
  Approvals approvals;
  std::vector<std::string> evidence;  ///< gates whose report must have passed for the commit
  std::chrono::milliseconds evidence_max_age{std::chrono::hours(24)};
  Severity evidence_fail_on = Severity::high;  ///< reports with a weaker threshold do not count
  std::vector<std::string> evidence_verify;    ///< words of a command that vouches for a file of evidence; empty: none
  std::vector<Window> allow{Window{.days = {}, .from = {}, .to = {}, .origin = std::string(built_in)}};
  std::vector<Window> deny{Window{
      .days = {"fri"}, .from = "00:00", .to = "24:00", .reason = "not on a Friday", .origin = std::string(built_in)}};
  Freeze freeze = Freeze::none;  ///< whose freeze periods count beside these windows
  std::chrono::milliseconds lease{std::chrono::minutes(15)};
  bool irreversible = false;       ///< a rollback must say what becomes of the data
  bool previous_required = false;  ///< refuse a promotion that could not be rolled back for want of a release
  IdentityKind identity = IdentityKind::commit;
  std::vector<std::string> files;  ///< globs of what is deployed, for `identity: files`
  Strategy strategy = Strategy::direct;
  std::vector<std::string> steps;  ///< of a canary: per cent of the traffic, rising, such as 5, 25, 50
  Hooks hooks;
  Verify verify;
  DatabaseBackup database_backup;
  std::map<std::string, Gate> gates;        ///< further ones, by name
  std::map<std::string, RiskSetting> risk;  ///< by name of the class: what it asks for beyond the rest
  std::string rollback_plan;                ///< path of the plan for the way back, in the commit; empty: not asked
  std::chrono::milliseconds rehearsed{};    ///< how old the last rehearsal of a rollback may be; 0: not asked
  std::string url;                          ///< where people meet it, for records
  std::string runbook;
  std::vector<std::string> contacts;
  std::string origin;

  /// The origin of windows that nobody wrote.
  static constexpr std::string_view built_in{"built in"};
};

void describe(Stage& stage, config::OptionTable& table);

struct PromoteOptions
{
  std::map<std::string, Stage> environments;
  std::string zone = "UTC";  ///< of windows that name none
  std::string allowed_signers = ".sluice/allowed_signers";
  PlatformChoice platform = PlatformChoice::automatic;
  std::vector<Notification> notify;
};

void describe(PromoteOptions& options, config::OptionTable& table);
void check(const PromoteOptions& options, config::OptionChecks& checks);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::IdentityKind>
{
  static constexpr std::array<std::string_view, 3> names{"commit", "image", "files"};
};

template<> struct EnumNames<promote::Strategy>
{
  static constexpr std::array<std::string_view, 4> names{"direct", "rolling", "blue-green", "canary"};
};

template<> struct EnumNames<promote::Proof>
{
  static constexpr std::array<std::string_view, 3> names{"signature", "platform", "actor"};
};

}  // namespace sluice
