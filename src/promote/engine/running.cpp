// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/running.hpp"

#include "base/hash.hpp"
#include "base/number.hpp"
#include "base/path.hpp"
#include "base/process_stat.hpp"
#include "base/text.hpp"
#include "promote/hook/process_identity.hpp"
#include "promote/json_members.hpp"
#include "promote/ledger/state.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t longest_note = 4096;
constexpr JsonLimits limits{.depth = 4, .bytes = longest_note};

fs::path
directory_of(const git::Repository& repository)
{
  return repository.common_directory() / "sluice" / "running";
}

/// An environment may be called what no file can.
std::string
prefix_of(std::string_view environment)
{
  constexpr std::size_t enough = 32;
  return to_hex(sha256(environment)).substr(0, enough) + "-";
}

Liveness
liveness_in(const Json& note, std::string_view process)
{
  const auto identity = process_identity_of(note[process]);
  return identity ? liveness_of(*identity) : Liveness::unknown;
}

bool
was_told(std::string_view environment, std::string_view name, std::string_view value)
{
  const std::string variable = fmt::format("{}={}", name, value);
  const auto variables = split(environment, '\0');
  return std::find(variables.begin(), variables.end(), variable) != variables.end();
}

/// Whether the process leads a session and was told what only the hook of the note is.
bool
is_hook_of(pid_t process, const Json& note)
{
  constexpr std::uint64_t longest_environment = 4U << 20U;
  const auto stat = process_stat(process);
  if (!stat || stat->session != process || stat->has_ended()) {
    return false;
  }
  const auto environment = read_file(fmt::format("/proc/{}/environ", process), longest_environment);
  return environment && was_told(*environment, "SLUICE_IDEMPOTENCY_KEY", text_of(note, "key"))
         && was_told(*environment, "SLUICE_FENCING_TOKEN", text_of(note, "token"));
}

/// The hook whose run died between its start and the note of its number.
std::optional<pid_t>
find_hook(const Json& note)
{
  std::error_code error;
  for (fs::directory_iterator at("/proc", error), end; has_our_processes() && !error && at != end;
       at.increment(error)) {
    const auto process = number_of<pid_t>(at->path().filename().string());
    if (process && is_hook_of(*process, note)) {
      return process;
    }
  }
  return std::nullopt;
}

/// Which process the hook of the note is, if it works; nothing if it is not known to.
std::optional<pid_t>
working_hook(const Json& note)
{
  if (note["hook"].is_null()) {
    return find_hook(note);
  }
  return liveness_in(note, "hook") == Liveness::alive ? std::optional(process_identity_of(note["hook"])->pid)
                                                      : std::nullopt;
}

/// The hook of the note if it works and its run does not. A note of two that are dead goes.
std::optional<LeftHook>
left_by(const fs::path& file)
{
  const auto text = read_file(file, longest_note);
  const auto note = text ? Json::parse(*text, limits) : Result<Json>(Failure(text.error()));
  const Liveness run = note ? liveness_in(*note, "run") : Liveness::unknown;
  if (!note || run == Liveness::alive) {
    return std::nullopt;
  }
  if (const auto process = working_hook(*note)) {
    return LeftHook{text_of(*note, "step"), *process};
  }
  if (std::error_code ignored; run == Liveness::dead) {
    fs::remove(file, ignored);
  }
  return std::nullopt;
}

}  // namespace

RunningHook::RunningHook(const Call& call)
    : file_(directory_of(call.repository) / fmt::format("{}{}", prefix_of(call.environment), call.token)),
      note_{{"step", call.step},
            {"key", call.key},
            {"token", fmt::format("{}", call.token)},
            {"run", to_json(this_process())},
            {"hook", Json()}}
{
  write();
}

RunningHook::~RunningHook()
{
  std::error_code ignored;
  fs::remove(file_, ignored);
}

void
RunningHook::started(pid_t hook)
{
  note_.at("hook") = to_json(identity_of(hook));
  write();
}

void
RunningHook::write() const
{
  if (make_directories(file_.parent_path())) {
    static_cast<void>(write_file(file_, note_.dump() + "\n"));
  }
}

std::optional<LeftHook>
left_hook(const git::Repository& repository, std::string_view environment)
{
  const std::string prefix = prefix_of(environment);
  std::error_code error;
  for (fs::directory_iterator at(directory_of(repository), error), end; !error && at != end; at.increment(error)) {
    if (at->path().filename().string().starts_with(prefix)) {
      if (auto left = left_by(at->path())) {
        return left;
      }
    }
  }
  return std::nullopt;
}

}  // namespace sluice::promote
