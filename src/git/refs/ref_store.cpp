// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"
#include "base/text.hpp"
#include "git/refs.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::git {

namespace {

constexpr std::chrono::seconds patience{120};

std::string
hex_or_zeros(const std::optional<ObjectId>& id, bool is_sha256)
{
  return id ? id->hex() : std::string(is_sha256 ? 64 : 40, '0');
}

Result<>
check_name(std::string_view ref)
{
  if (!ref.starts_with("refs/") || !is_reference_name(ref)) {
    return fail(ErrorKind::usage, "{}: is no ref that can be moved", printable(ref));
  }
  return {};
}

/// What git says in the language and manner of a program.
Environment
for_programs(Environment environment)
{
  environment["LC_ALL"] = "C";
  environment["GIT_TERMINAL_PROMPT"] = "0";
  return environment;
}

std::string
brief(std::string_view output)
{
  return ellipsis(printable(trim(output)), 300);
}

}  // namespace

struct RefStore::Answer
{
  int status = 0;
  std::string output, error;
};

RefStore::RefStore(const Repository& repository, Environment environment)
    : repository_(repository),
      environment_(for_programs(std::move(environment)))
{}

Result<RefStore::Answer>
RefStore::git(std::vector<std::string> arguments)
{
  ProcessRequest request;
  request.argv = {"git", "--git-dir", repository_.git_directory().string()};
  request.argv.insert(request.argv.end(), arguments.begin(), arguments.end());
  request.environment.emplace(environment_.begin(), environment_.end());
  request.timeout = patience;
  TRY_ASSIGN(ProcessResult result, run_process(request));
  return Answer{result.exit_status, std::move(result.output), std::move(result.error_output)};
}

Result<Swap>
RefStore::compare_and_swap(std::string_view ref, const std::optional<ObjectId>& expected, const ObjectId& next)
{
  TRY(check_name(ref));
  TRY_ASSIGN(const Answer answer, git({"update-ref", "--no-deref", std::string(ref), next.hex(),
                                       hex_or_zeros(expected, repository_.is_sha256())}));
  if (answer.status == 0) {
    return Swap::done;
  }
  // git has one status for a lost race and for all else; what the ref is now tells them apart.
  TRY_ASSIGN(const auto references, repository_.references());
  const auto now = std::find_if(references.begin(), references.end(),
                                [ref](const Reference& reference) { return reference.name == ref; });
  const std::optional<ObjectId> value = now == references.end() ? std::nullopt : std::optional(now->id);
  const bool is_locked = answer.error.find("Unable to create") != std::string::npos;
  if (value != expected || is_locked) {
    return Swap::lost;
  }
  return fail(ErrorKind::environment, "{}: cannot be moved: {}", ref, brief(answer.error));
}

Result<Swap>
RefStore::push_and_swap(std::string_view remote, std::string_view ref, const std::optional<ObjectId>& expected,
                        const ObjectId& next)
{
  TRY(check_name(ref));
  TRY_ASSIGN(const Answer answer, git({"push", "--porcelain", "--quiet", "--no-verify",
                                       fmt::format("--force-with-lease={}:{}", ref, expected ? expected->hex() : ""),
                                       "--", std::string(remote), fmt::format("{}:{}", next.hex(), ref)}));
  if (answer.status == 0) {
    return Swap::done;
  }
  // A line `!<TAB>from:to<TAB>[rejected] (stale info)` means that the remote answered and said no.
  if (answer.output.find("\n!\t") != std::string::npos || answer.output.starts_with("!\t")) {
    TRY_ASSIGN(const auto now, remote_value(remote, ref));
    if (now != expected) {
      return Swap::lost;
    }
    return fail(ErrorKind::environment, "{}: {} refuses to move it: {}", ref, printable(remote), brief(answer.output));
  }
  return fail(ErrorKind::unavailable, "{}: cannot be reached: {}", printable(remote), brief(answer.error));
}

Result<std::optional<ObjectId>>
RefStore::remote_value(std::string_view remote, std::string_view ref)
{
  TRY(check_name(ref));
  TRY_ASSIGN(const Answer answer, git({"ls-remote", "--", std::string(remote), std::string(ref)}));
  if (answer.status != 0) {
    return fail(ErrorKind::unavailable, "{}: cannot be reached: {}", printable(remote), brief(answer.error));
  }
  for (const std::string_view line : lines_of(answer.output)) {
    const std::size_t tab = line.find('\t');
    if (tab != std::string_view::npos && line.substr(tab + 1) == ref) {
      return ObjectId::from_hex(line.substr(0, tab));
    }
  }
  return std::optional<ObjectId>();
}

}  // namespace sluice::git
