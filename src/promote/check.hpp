// SPDX-License-Identifier: Apache-2.0
//
// A check answers one question about a promotion that is asked for: is it verified in the environment before, do people
// agree, is it the time for it. It looks, and never acts: `plan` asks the same checks as `run`.
#pragma once

#include "base/enum_names.hpp"
#include "finding/finding.hpp"
#include "gate/input.hpp"
#include "promote/ledger/state.hpp"
#include "promote/options.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// What an emergency can do without. That nothing else can be waived is no rule that somebody has to keep: there is no
/// value of this type for tests, a backup or a plan for the way back.
enum class Waivable { approval, window, soak };

/// Ordered by what counts when several are put together.
enum class Answer {
  not_asked,  ///< the pipeline does not ask it
  yes,
  waived,       ///< by an emergency
  wait,         ///< not yet: time, or a person, will tell
  unseen,       ///< the service, or what stands beside it, could not be looked at: a person must decide
  unavailable,  ///< whoever knows could not be reached: the platform, the history of the commit
  no,
};

struct Ruling
{
  std::string subject = {};  ///< which of several: a gate, an environment; may be empty
  Answer answer = Answer::yes;
  std::string why = {};                                ///< a sentence without a final stop
  std::string fix = {};                                ///< in the imperative; may be empty
  std::optional<std::chrono::sys_seconds> until = {};  ///< when waiting ends by itself
  std::vector<Fact> facts = {};
};

/// Of a person, as the platform's approval API has it.
struct PlatformWord
{
  enum class Kind { approved, rejected } kind = Kind::approved;
  std::string who;  ///< login
  std::chrono::sys_seconds at;
};

/// All that a check may know.
struct Situation
{
  const PromoteOptions& pipeline;
  std::string environment;
  const Stage& stage;
  std::string commit;    ///< hexadecimal, in full
  std::string identity;  ///< what is compared between environments
  std::string plan;      ///< digest of the pipeline's definition
  const State& ledger;
  std::chrono::sys_seconds now;
  std::string actor;   ///< who asks; empty: it goes on with what others asked for
  std::string reason;  ///< given with --reason; may be empty
  bool is_emergency = false;
  std::vector<Entry> brought;  ///< evidence that was given with this call, as entries that are not written
  const gate::Input& input;

  /// The principal that signed an entry, by these signers (git::RefStore::signer_of, of the repository that has the
  /// ledger); null where there is no such repository.
  std::function<Result<std::optional<std::string>>(const git::ObjectId& entry, std::string_view allowed_signers)>
      signer_of = {};
  /// What the platform's approval API says of this promotion; null where no platform is known.
  std::function<Result<std::vector<PlatformWord>>()> platform_words = {};

  [[nodiscard]] const EnvironmentState&
  here() const
  {
    return ledger.of(environment);
  }
};

/// What a check is about, in the order in which people want to read them.
enum class Topic {
  refusal,       ///< somebody said no
  release,       ///< what would be replaced, and whether there is a way back
  environments,  ///< where it was before
  evidence,      ///< what machines say of the commit
  people,
  service,  ///< what the world around it says
  time,
};

struct Check
{
  std::string_view id;
  Topic topic;
  std::string_view title;  ///< what a column heading or a log line says: "verified in the environment before"
  std::string_view doc;    ///< what it asks and why; Markdown, a paragraph
  std::optional<Waivable> waivable;
  /// None: the pipeline does not ask it.
  std::vector<Ruling> (*judge)(const Situation& situation);
};

/// Every file of checks/, by the names of the files.
[[nodiscard]] std::span<const Check* const> checks();
[[nodiscard]] std::span<const std::string_view> check_ids();

/// A ruling with the check that made it.
struct Judgement
{
  const Check* check = nullptr;
  Ruling ruling;
};

/// What every check says, in the order in which people want to read it; what an emergency waives is told as waived.
[[nodiscard]] std::vector<Judgement> judge_all(const Situation& situation);

/// The worst of them; `yes` if there are none.
[[nodiscard]] Answer worst(std::span<const Judgement> judgements);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::Waivable>
{
  static constexpr std::array<std::string_view, 3> names{"approval", "window", "soak"};
};

template<> struct EnumNames<promote::Topic>
{
  static constexpr std::array<std::string_view, 7> names{"refusal", "release", "environments", "evidence",
                                                         "people",  "service", "time"};
};

template<> struct EnumNames<promote::Answer>
{
  static constexpr std::array<std::string_view, 7> names{"not-asked", "yes",         "waived", "wait",
                                                         "unseen",    "unavailable", "no"};
};

}  // namespace sluice
