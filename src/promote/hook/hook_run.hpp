// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "promote/hook/hook.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace sluice::promote {

/// What a step gives to its hook.
struct HookCall
{
  std::string step;                              ///< its name; the hook has it as SLUICE_STEP
  std::map<std::string, std::string> variables;  ///< that are ours to say; they win over the process's
  const Environment* process = nullptr;          ///< of this process; null: empty
  std::filesystem::path directory;               ///< where it starts; empty: ours
  std::function<bool()> tick;  ///< several times a second, as base/supervised_process.hpp says; false: end it
  std::function<void(std::string_view line)> on_line;  ///< of what it prints, as it was printed
  std::function<void(pid_t)> on_start;                 ///< it runs, under this number
};

struct HookOutcome
{
  enum class End {
    succeeded,
    failed,  ///< with another status than 0
    timed_out,
    signalled,  ///< ended by a signal that was not ours
    stopped,    ///< by `tick`
    not_found,  ///< or cannot be run; nothing was done
  };

  End end = End::not_found;
  int status = 0;       ///< of succeeded and failed its exit status, of signalled the signal; else 0
  std::string output;   ///< its standard output; of a long one the first and the last 32 KiB
  std::string excerpt;  ///< the last 2 KiB of both outputs, for people: whole lines without what moves cursors
  std::string why;  ///< a clause, "exit status 3", "died of SIGSEGV", "did not end within 30m"; empty if it succeeded
};

/// Runs the hook and waits for it. Its environment is the process's without what only a run of ours may be told
/// (`is_withheld`), with the step's variables. It has no input and no terminal, and is ended with all of its session.
[[nodiscard]] HookOutcome run_hook(const Hook& hook, const HookCall& call);

/// Why the hook could not be started from the directory: "./deploy.sh: is not executable: chmod +x ./deploy.sh".
/// Nothing if it could as far as can be told before. Of PATH (of the environment given) only absolute directories
/// count: another would name programs of the tree that is promoted.
[[nodiscard]] std::optional<std::string> missing_program(const Hook& hook, const Environment& process,
                                                         const std::filesystem::path& directory);

/// Whether a hook has the variable from a step or not at all: the time and the death of a test, and what fences one
/// promotion from another, of which those of a promotion around this one are not ours.
[[nodiscard]] bool is_withheld(std::string_view variable);

}  // namespace sluice::promote
