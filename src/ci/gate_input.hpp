// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "ci/git_range.hpp"
#include "git/repository.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::ci {

struct GateExample
{
  std::string_view command;
  std::string_view comment;
};

/// How a gate introduces itself, in help, man page and action manifest.
struct GateInfo
{
  std::string_view name;         ///< "secrets"; the executable is "sluice-" + name
  std::string_view question;     ///< the one that it answers, one sentence
  std::string_view description;  ///< a paragraph
  std::span<const GateExample> examples;
};

/// What a gate is told about its run; the rest it has from its own options. A gate returns
/// `Result<Findings>`: an Error only if it could not do the job at all, a Gap for each thing it could not examine.
struct GateInput
{
  std::filesystem::path directory;              ///< --repo, absolute
  const git::Repository* repository = nullptr;  ///< null if the directory is in none
  std::string no_repository;                    ///< why there is none, for messages
  GitRange range;                               ///< resolved from --base, --head or the event
  bool change_under_test = false;               ///< the text comes from a pull or merge request
  Date today;
  std::function<Result<std::string>()> read_standard_input;
  std::atomic<std::uint64_t>* progress = nullptr;
  unsigned threads = 0;  ///< 0: one per core
};

}  // namespace sluice::ci
