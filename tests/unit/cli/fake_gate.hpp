// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "base/result.hpp"
#include "finding/verdict.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sluice::test {

struct Ran
{
  int status = 0;
  std::string out, err;
  std::size_t loads = 0;  ///< of the database that secrets are hidden by
};

/// The whole way of a run, with a gate that finds what `--outcome` tells it to: clean, unavailable, throws, says, gap,
/// nothing, none-of-its-kind, finding, newer (a finding of a preview), marked (a finding with another tool's
/// mark), whole (nothing in all that there is), directory (a notice with the repository's root).
Ran run(const std::filesystem::path& directory, std::vector<std::string> arguments, Environment environment = {},
        unsigned width = 100);

/// The duration that the report of a run tells whose process began that long ago.
std::chrono::milliseconds told_duration(const std::filesystem::path& directory, std::chrono::milliseconds age);

/// What `run` reads from standard input: nothing, unless a test says otherwise.
Result<std::string>& standard_input();

/// What the outcomes `says` and `throws` put in every text that they make.
std::string& what_it_says();

/// What the fake gate's act did, and what it is to do.
struct Acted
{
  std::vector<Verdict> verdicts;  ///< of the reports that it was called with
  std::optional<Error> fails_with;
};
Acted& what_act_did();

/// "(none)" if there is no such file.
std::string text_of(const std::filesystem::path& file);

}  // namespace sluice::test
