// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "base/environment.hpp"
#include "base/result.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::ci {

/// Gitea and Forgejo run GitHub's workflows under GitHub's variables, and count as it.
enum class Platform {
  shell,  ///< no CI: a person or a git hook
  github,
  act,
  gitlab,
  gitlab_ci_local,
  woodpecker,
  drone,
  bitbucket,
  azure,
  circleci,
  jenkins,
  other,  ///< says that it is one (CI) and nothing else
};

/// What started the run, across platforms. A name that a platform calls otherwise is mapped: GitLab's merge request
/// pipeline is `pull_request`, its web and API pipelines are `dispatch`.
enum class Event {
  none,  ///< a plain shell, or a platform that says nothing
  pull_request,
  pull_request_target,  ///< runs with the base's rights on the change's text
  merge_group,
  push,
  tag_push,
  ref_delete,
  schedule,
  dispatch,  ///< started by hand or by API
  release,
  pre_push,     ///< a git hook with refs on standard input
  pre_receive,  ///< the same on the server, before the refs move
  other,
};

/// One line of a pre-push or pre-receive hook's standard input: what the ref is to be and what it is.
struct PushedRef
{
  std::string local_ref, local_id, remote_ref, remote_id;
};

/// Everything that the platform says of this run, without asking the repository. Ids are hexadecimal as given,
/// empty where the platform does not say; an id of only zeros has been made empty.
struct CiContext
{
  Platform platform = Platform::shell;
  Event event = Event::none;
  std::string event_name;  ///< as the platform spells it, for messages
  std::filesystem::path workspace;
  std::string head;               ///< commit of the change
  std::string checked_out;        ///< GITHUB_SHA, CI_COMMIT_SHA: may be a merge commit that the platform made
  std::string base;               ///< tip (GitHub) or merge base (GitLab) of the target branch
  std::string target_tip;         ///< tip of the target branch, where the platform names that and no older commit
  std::string before;             ///< of a push: what the ref pointed at
  std::string completed;          ///< of a push: the last commit of the branch for which a run ended well
  std::string default_branch;     ///< "main", without refs/heads/
  std::string target_branch;      ///< of a pull or merge request or merge group: "main", without refs/heads/
  std::string number;             ///< of a pull or merge request, decimal
  std::string ref;                ///< "refs/heads/x"
  bool created = false;           ///< the push made the ref
  bool forced = false;            ///< the push threw commits away
  bool empty_payload = false;     ///< act without -e: {}
  std::vector<PushedRef> pushed;  ///< of pre_push and pre_receive
  std::string unread_refs;        ///< why they could not be read; empty if they could
  bool staged = false;            ///< a pre-commit hook: what is staged is judged, whatever the event
  std::string from_revision;      ///< of `pre-commit run --from-ref … --to-ref …`: as a person writes them
  std::string to_revision;
  std::string remote;      ///< of pre_push: the name of the remote if the hook was told, "origin"; git gives the URL
                           ///< where the remote has no name
  std::string remote_url;  ///< of pre_push: where it pushes to, if the hook was told; may hold a password

  std::string repository;              ///< "owner/name" where the platform says so
  std::string repository_url;          ///< for permalinks, no trailing slash; empty if not known
  std::filesystem::path output_file;   ///< GITHUB_OUTPUT; empty if none
  std::filesystem::path summary_file;  ///< GITHUB_STEP_SUMMARY; empty if none
  bool debug = false;                  ///< RUNNER_DEBUG=1

  /// Whether git waits for the answer, and not a person or a pipeline that named a gate.
  [[nodiscard]] bool
  is_hook() const
  {
    return staged || event == Event::pre_push || event == Event::pre_receive;
  }

  /// Whether a run is about a change that asks to be merged.
  [[nodiscard]] bool
  is_request() const
  {
    return event == Event::pull_request || event == Event::pull_request_target || event == Event::merge_group;
  }
  /// "main", of a run for a branch; else empty.
  [[nodiscard]] std::string_view
  branch() const
  {
    constexpr std::string_view prefix = "refs/heads/";
    return std::string_view(ref).starts_with(prefix) ? std::string_view(ref).substr(prefix.size()) : "";
  }
};

/// Every variable that `detect` reads, sorted: what a program that runs ours in an environment of its own must pass on.
[[nodiscard]] std::span<const std::string_view> context_variables();

/// The platform and the files through which it is told of a run. Reads no payload and cannot fail, so that whoever
/// cannot go on can say so all the same.
[[nodiscard]] CiContext identify(const Environment& environment);

/// Reads the environment and the event payload that it names (25 MB at most, GitHub's own bound). A payload that cannot
/// be read or parsed, and an id that is not hexadecimal, is an error (ErrorKind::environment): guessing a range would
/// be worse than stopping, and such an id must never reach git.
[[nodiscard]] Result<CiContext> detect(const Environment& environment);

/// Reads `<local ref> <local id> <remote ref> <remote id>` lines (git's githooks documentation); an error
/// (ErrorKind::input) names the line that is not one. An id of only zeros becomes empty.
[[nodiscard]] Result<std::vector<PushedRef>> parse_pre_push(std::string_view standard_input);

/// Reads `<old id> <new id> <ref>` lines, as above.
[[nodiscard]] Result<std::vector<PushedRef>> parse_pre_receive(std::string_view standard_input);

/// What a pre-commit hook is for: what is staged, or what is pushed if the variables of the program pre-commit say that
/// it runs before a push.
void take_pre_commit(CiContext& context, const Environment& environment);

}  // namespace sluice::ci

template<> struct sluice::EnumNames<sluice::ci::Platform>
{
  static constexpr std::array<std::string_view, 12> names{"shell",           "github",     "act",     "gitlab",
                                                          "gitlab-ci-local", "woodpecker", "drone",   "bitbucket",
                                                          "azure",           "circleci",   "jenkins", "other"};
};
