// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"
#include "gate/step_variables.hpp"

#include <array>
#include <span>
#include <string_view>

namespace sluice::gate {

struct Example
{
  std::string_view command;
  std::string_view comment;
};

/// What of the outside world a gate or a command may touch. Whatever is not named here it is not given.
struct Needs
{
  bool http = false;                                 ///< ask the network
  bool refs = false;                                 ///< move refs of the repository or of its remote
  std::span<const std::string_view> variables = {};  ///< names of environment variables that hold its secrets
  bool process = false;                              ///< see the whole environment of the process
};

/// What a gate fetches and a pipeline keeps between its runs, so that it is not fetched anew each time.
struct Kept
{
  std::string_view directory;  ///< below Input::cache, "advisories"; empty: the gate keeps nothing
  std::string_view toggle;     ///< the option that has it brought up to date, which a pipeline turns on
};

/// How a gate introduces itself. Plain data, so that help, manifests, templates and `sluice check` can speak of a gate
/// without linking it.
struct Info
{
  std::string_view name;         ///< "secrets"; `executable_name` is what it is called
  std::string_view question;     ///< the one that it answers, one sentence
  std::string_view description;  ///< a paragraph
  std::span<const Example> examples;
  ScanType scan = ScanType::none;                       ///< what kind of scan report formats take it for
  std::span<const std::string_view> fixture_arguments;  ///< make it judge the one directory that --repo names
  std::string_view fixture_note;                        ///< about its fixtures, for the rules' pages; may be empty
  Needs needs;
  Kept kept = {};
  std::span<const StepVariable> programs_get = {};  ///< the variables of programs that it runs
};

}  // namespace sluice::gate
