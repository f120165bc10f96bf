// SPDX-License-Identifier: Apache-2.0
//
// How a promotion goes from one step to the next. Nothing is remembered but the ledger: a step is written down before
// it begins and after it has ended, each entry durable before what it speaks of happens, and what comes next is
// concluded from what is written. So a run that goes on where another was killed is the same code as one that was not.
#pragma once

#include "finding/verdict.hpp"
#include "promote/backup/backup_proof.hpp"
#include "promote/engine/observation.hpp"
#include "promote/engine/session.hpp"
#include "promote/hook/hook_run.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::promote {

class Announcer;

/// What a run ended with, for people and for the exit status.
struct Ending
{
  Verdict verdict = Verdict::pass;
  std::string what;  ///< "confirmed", "rolled back", "waiting", …
  std::string why;
  std::string fix = {};
};

/// What a step came to.
struct StepEnd
{
  std::string outcome = "done";  ///< or "failed", "unhealthy", "cannot-observe", "parked"
  std::string why = {};
  Json body = Json::object();  ///< more for its entry
};

/// Whether a watch may be left to another run.
enum class Patience { wait, park };

/// An environment's promotion as this run carries it on, under its own lease.
class Execution
{
public:
  /// The promotion must be unfinished, and its lease this process's.
  Execution(Session& session, std::string environment, Patience patience);

  /// Who hears of each step after it was written down; must outlive the execution.
  void
  tell_of_steps(Announcer& announcer)
  {
    announcer_ = &announcer;
  }

  /// Goes on to an end, or to where somebody else has to. Errors: ErrorKind::unavailable (the ledger).
  [[nodiscard]] Result<Ending> go();

  /// Of the promotion as the ledger has it now.
  [[nodiscard]] const Promotion& promotion() const;

private:
  using Act = std::function<Result<StepEnd>()>;
  struct Planned
  {
    std::string name;
    Repeat repeat = Repeat::safe;
    Act act;
  };
  using MaybeEnding = Result<std::optional<Ending>>;

  [[nodiscard]] std::vector<Planned> steps_forward();
  [[nodiscard]] std::vector<Planned> steps_back();
  [[nodiscard]] Result<BackupProof> backup_to_restore() const;
  [[nodiscard]] MaybeEnding forward();
  [[nodiscard]] MaybeEnding back();
  [[nodiscard]] MaybeEnding back_without_a_target();
  [[nodiscard]] MaybeEnding perform(const Planned& step);
  [[nodiscard]] MaybeEnding after_failure(const std::string& step, const Step& failed);
  [[nodiscard]] MaybeEnding ask(std::string_view step, std::string why, std::string fix);
  [[nodiscard]] Result<Ending> finish(EntryKind kind, Verdict verdict, std::string why);

  [[nodiscard]] Result<StepEnd> run_step_hook(const Hook& hook, std::string_view step,
                                              const std::map<std::string, std::string>& more = {});
  [[nodiscard]] Result<StepEnd> back_up();
  [[nodiscard]] Result<StepEnd> migrate();
  [[nodiscard]] Result<std::vector<std::string>> applied_migrations();
  /// What a round of looks is told of a release.
  [[nodiscard]] Look look_of(std::string_view step, const Release& expected, std::chrono::sys_seconds deployed) const;
  enum class Rest {
    rested,
    too_long,  ///< another run may go on, and nothing was waited for
    lost,      ///< another run has taken the promotion over
  };
  /// Waits, and keeps the lease.
  [[nodiscard]] Rest rest(std::chrono::milliseconds wait);
  [[nodiscard]] Result<StepEnd> watch(std::string_view step, const Release& expected);

  [[nodiscard]] std::map<std::string, std::string> variables(std::string_view step) const;
  [[nodiscard]] bool beat();
  /// False: the lease is another's now, and nothing was written.
  [[nodiscard]] Result<bool> write(EntryKind kind, Json body);
  [[nodiscard]] Ending lost() const;

  Session& session_;
  std::string environment_;
  Stage stage_;  ///< as the risk of the change has it
  Patience patience_;
  std::string id_;
  std::uint64_t token_ = 0;
  std::chrono::sys_seconds last_beat_;
  Announcer* announcer_ = nullptr;
};

/// What a restore of the data would be of.
struct Restoring
{
  const Stage& stage;
  const EnvironmentState& here;
  const std::string& commit;  ///< that is left
  const std::filesystem::path& root;
};

/// The backup that was proven before the commit came in. Errors: ErrorKind::config, there is no hook that restores it;
/// ErrorKind::input, there is none, or its file is not what was proven.
[[nodiscard]] Result<BackupProof> restorable_backup(const Restoring& restoring);

/// The idempotency key of a step: the same however often it is resumed, another for each step of each promotion.
[[nodiscard]] std::string idempotency_key(std::string_view promotion, std::string_view step);

}  // namespace sluice::promote
