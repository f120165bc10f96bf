// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "gate/info.hpp"
#include "gate/input.hpp"
#include "gate/options.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::gate {

/// Tells whoever waits how far a command is: a line, or what begins and ends lines that may be folded. On standard
/// error, redacted and made harmless by whoever prints it.
enum class Telling { line, group_begins, group_ends };
using Tell = std::function<void(Telling, std::string_view)>;

/// What a command is told.
struct CommandInput
{
  const Options& gate_options;  ///< of the gate itself: a command knows its database, its pipeline
  std::vector<std::string> arguments;
  std::filesystem::path directory;  ///< where paths among the arguments start
  const Input& input;
  std::string_view format = {};   ///< one of the command's own formats; empty if it has none
  std::string_view version = {};  ///< of Sluice
  Tell tell = [](Telling, std::string_view) {};

  /// The file that argument `number` names.
  [[nodiscard]] std::filesystem::path
  file(std::size_t number) const
  {
    return (directory / arguments.at(number)).lexically_normal();
  }
};

/// Whose the verdict over what a command found is: policy's, as over what a gate found, or the command's own, of which
/// what it found tells the reasons. No threshold, baseline or option changes the latter.
enum class Decider { policy, command };

/// What a command comes to. It never prints: the caller does.
struct CommandOutcome
{
  std::string output = {};  ///< for standard output, as it is; of what a command decides the text of its report
  std::string note = {};    ///< for people, on standard error; may be empty
  Verdict verdict = Verdict::pass;
  std::optional<Findings> findings = {};  ///< rendered like those of a run of the gate
  Decider decider = Decider::policy;      ///< of the verdict where there are findings
  std::string repeat = {};  ///< of what a command decides: the call that shows the same and changes nothing
};

/// What a command's output is. JSON stays JSON whatever is done to make it harmless to who reads a log, and is not
/// followed by the report of a failure.
enum class Answer { text, json };

/// Whether what looks like a credential is hidden in a command's output. Not where its answer is digests, which do, or
/// what was asked for by name.
enum class Redaction { applied, left_out };

/// Something that a gate can do beside its judgement: `deps db import`, `promote approve`, `env parse`.
struct Command
{
  std::string_view name;       ///< one or more words, "db import"
  std::string_view arguments;  ///< for the usage line, "PATH…"; empty: takes none
  std::string_view help;       ///< one sentence
  std::size_t least_arguments = 0;
  std::size_t most_arguments = 0;
  std::unique_ptr<Options> (*options)() = make_options<NoOptions>;
  Result<CommandOutcome> (*run)(const Options& options, const CommandInput& input) = nullptr;
  Needs needs = {};
  /// What `--format` may name instead of a report's format; the first counts if it is not given.
  std::span<const std::string_view> formats = {};
  Answer answer = Answer::text;
  /// Keys of the options of the gate and of every gate that the command heeds, beside its own; its help tells of these.
  std::span<const std::string_view> heeds = {};
  Redaction redaction = Redaction::applied;
  std::string_view example = {};  ///< one call, without the name of the executable
};

/// Adapts `Result<CommandOutcome> function(const T&, const CommandInput&)` to Command::run.
template<typename T, auto function>
Result<CommandOutcome>
command_with(const Options& options, const CommandInput& input)
{
  return function(values_of<T>(options), input);
}

}  // namespace sluice::gate
