// SPDX-License-Identifier: Apache-2.0
//
// Files that decide what fails: the configuration and the baseline. Whose version of them counts?
//
// The checkout's, until somebody proposes a change who may not yet make it: a branch that switches the rule off that it
// breaks, or adds its own finding to the baseline, would judge itself. To read no file at all then would be safe, and
// every change would be judged by another policy than the branch that it goes to. So such a change is judged by the
// files at the tip that is trusted (ci/trust.cpp). Its own configuration is read beside them, because trust is a matter
// of single options (config/layers.hpp) and its author should learn what does not count. If the tip is not in the
// clone, no file counts.
//
// A path is taken literally, there and here: what a symbolic link leads to could be anything on this machine, or a file
// of another name in the trusted tree. What lies outside the repository counts only if the operator names it.
#pragma once

#include "cli/setup.hpp"

namespace sluice::cli {

/// Where such files are looked for: the root of the work tree, or the examined directory if there is none.
[[nodiscard]] std::filesystem::path policy_root(const Setup& setup);

/// The file that an option names: below the working directory if it is there, else below policy_root.
[[nodiscard]] std::filesystem::path policy_path(const Setup& setup, const Invocation& invocation,
                                                const std::filesystem::path& wanted);

/// Path of a file inside the work tree as git names it, links not followed; nothing for one that lies elsewhere.
[[nodiscard]] std::optional<std::string> path_in_repository(const Setup& setup, const std::filesystem::path& file);

struct PolicyFile
{
  config::ConfigFile own;                     ///< from the checkout
  std::optional<config::ConfigFile> trusted;  ///< from the tip, if the file would be in its tree; no text if it is not
  std::optional<Gap> unread;                  ///< that it is not known whether the tip has one

  /// The one that counts for options that could weaken the run.
  [[nodiscard]] const config::ConfigFile&
  counting(ci::Trust::Source source) const
  {
    return trusted && source != ci::Trust::Source::work_tree ? *trusted : own;
  }
};

/// Reads both; a file that is not there has no text. `name` is for messages. Error (ErrorKind::config): unreadable, a
/// symbolic link.
[[nodiscard]] Result<PolicyFile> read_policy_file(const Setup& setup, const std::filesystem::path& file,
                                                  const std::string& name);

}  // namespace sluice::cli
