// SPDX-License-Identifier: Apache-2.0
//
// What stands around a promotion and has a memory or a voice of its own: a host that records deployments, asks people
// and closes times, a webhook that people read. A platform is one file of platforms/; what it cannot do is null.
//
// Nothing that one says or fails to say moves a promotion, but for answers that the pipeline asks of it by name
// (approvals with `proof: platform`, `freeze`), and for a ledger that was wound back.
#pragma once

#include "base/enum_names.hpp"
#include "base/environment.hpp"
#include "base/result.hpp"
#include "gate/input.hpp"
#include "net/http_client.hpp"
#include "promote/options.hpp"
#include "promote/window/window.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// With what a platform is asked. Its credentials and addresses are among the variables of the process.
struct PlatformCall
{
  net::HttpClient& http;
  const Environment& process;
  std::function<void(std::chrono::milliseconds)> sleep;
  std::chrono::milliseconds patience{10'000};  ///< with one attempt
  /// Once: whoever asks to be asked again later is not waited for.
  enum class Attempts { several, once } attempts = Attempts::several;
};

/// A promotion as a platform is told of it. The same promotion has the same record however often it is resumed.
struct DeploymentRecord
{
  enum class Reach { production, other };

  std::string promotion;     ///< id of the entry that began it
  std::uint64_t number = 0;  ///< of that entry
  std::string environment;
  std::string commit;  ///< that is to be live, hexadecimal, in full
  std::string ledger;  ///< id of the newest entry that confirmed a release there; empty: none did
  std::string description;
  Reach reach = Reach::other;
};

/// A record that a platform has.
struct PlatformDeployment
{
  std::string id;  ///< the platform's
  /// It is the platform's own, of the job that runs us: it sees by itself how that ends.
  bool is_of_the_job = false;
};

enum class DeploymentState {
  in_progress,
  success,
  failure,   ///< it was tried, and is not there
  inactive,  ///< given up
  error,     ///< its run ended before it did
};

struct DeploymentStatus
{
  DeploymentState state = DeploymentState::in_progress;
  std::string description;
  std::string environment_url;  ///< where people meet it; told only if it is http or https
};

/// A person's word in the platform's own approvals.
struct PlatformApproval
{
  enum class Word { approved, rejected } word = Word::approved;
  std::string who;  ///< login
  /// When; of a platform that does not say, when what was approved was made: no later time can be vouched for.
  std::chrono::sys_seconds at;
};

struct PlatformApprovals
{
  std::vector<PlatformApproval> given;
  std::string waits_for;  ///< who is asked and has not answered, or why nobody is; a clause, may be empty
};

/// A text for a webhook.
struct Announcement
{
  std::string address;
  std::string channel;  ///< may be empty
  std::string text;     ///< redacted, of one or more lines
};

struct Platform
{
  std::string_view id;
  std::string_view title;  ///< "GitHub"
  std::string_view doc;    ///< what it is told and asked; Markdown, a paragraph
  /// Whether it runs us.
  bool (*is_here)(const Environment& process);
  /// Errors (ErrorKind::config): what the process lacks to ask it, with the name of the variable.
  Result<> (*ready)(const Environment& process);

  /// The record of that promotion, if the platform has it. Errors, here and below: ErrorKind::unavailable (no answer
  /// was had: it may have been done), ErrorKind::environment (the answer is no: what permission or subscription is
  /// missing), ErrorKind::config (as of `ready`).
  Result<std::optional<PlatformDeployment>> (*find)(const PlatformCall& call, const DeploymentRecord& record);
  /// Makes it. What calls `find` before makes none twice.
  Result<PlatformDeployment> (*create)(const PlatformCall& call, const DeploymentRecord& record);
  /// Told twice it is no other than told once.
  Result<> (*tell)(const PlatformCall& call, const PlatformDeployment& deployment, const DeploymentStatus& status);
  /// Entries that a ledger must hold if it is the one that the newest record of that environment was made from; none
  /// if there is no such record.
  Result<std::vector<std::string>> (*newest)(const PlatformCall& call, std::string_view environment);
  /// Of that commit in that environment, in this run.
  Result<PlatformApprovals> (*approvals)(const PlatformCall& call, std::string_view environment,
                                         std::string_view commit);
  /// When nothing may be deployed.
  Result<std::vector<Window>> (*freezes)(const PlatformCall& call);
  /// What its settings let happen that the pipeline does not expect; sentences without a final stop.
  Result<std::vector<std::string>> (*advice)(const PlatformCall& call, std::string_view environment);

  /// Errors (ErrorKind::unavailable, ErrorKind::environment) without the address, which is a secret.
  Result<> (*announce)(const PlatformCall& call, const Announcement& announcement);
};

/// Every file of platforms/, by id.
[[nodiscard]] std::span<const Platform* const> platforms();
[[nodiscard]] std::span<const std::string_view> platform_ids();

/// Null if there is none of that id.
[[nodiscard]] const Platform* platform_named(std::string_view id);

/// The one that records deployments: that which the pipeline names, else that which runs us. Null: none.
[[nodiscard]] const Platform* recording_platform(const PromoteOptions& pipeline, const Environment& process);

/// The record of a promotion, made if the platform has none. An answer that was lost on its way is looked for before
/// it is asked again, so that no promotion has two.
[[nodiscard]] Result<PlatformDeployment> ensure_deployment(const Platform& platform, const PlatformCall& call,
                                                           const DeploymentRecord& record);

/// What a check may ask. Nothing is asked of a platform that the pipeline does not name and that does not run us.
/// Errors as of `Platform::find`: each of them is `Answer::unavailable`, never a no.
[[nodiscard]] Result<PlatformApprovals> platform_approvals(const PromoteOptions& pipeline, const gate::Input& input,
                                                           std::string_view environment, std::string_view commit);
[[nodiscard]] Result<std::vector<Window>> platform_freezes(Freeze freeze, const gate::Input& input);

/// Whether an address may be given to a platform as a link.
[[nodiscard]] bool is_web_address(std::string_view address);

/// The page of the run, as the CI names it; empty outside of one.
[[nodiscard]] std::string run_page(const Environment& process);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::DeploymentState>
{
  static constexpr std::array<std::string_view, 5> names{"in_progress", "success", "failure", "inactive", "error"};
};

}  // namespace sluice
