// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/running.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/path.hpp"
#include "promote/ledger/state.hpp"
#include "promote/process_identity.hpp"

#include <fmt/format.h>

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

/// The hook of the note if it works and its run does not. A note of two that are dead goes.
std::optional<LeftHook>
left_by(const fs::path& note)
{
  const auto text = read_file(note, longest_note);
  const auto json = text ? Json::parse(*text, limits) : Result<Json>(Failure(text.error()));
  if (!json || liveness_in(*json, "run") == Liveness::alive) {
    return std::nullopt;
  }
  if (const Liveness hook = liveness_in(*json, "hook"); hook != Liveness::alive) {
    if (std::error_code ignored; hook == Liveness::dead) {
      fs::remove(note, ignored);
    }
    return std::nullopt;
  }
  return LeftHook{text_of(*json, "step"), process_identity_of((*json)["hook"])->pid};
}

}  // namespace

RunningHook::RunningHook(const Call& call)
    : file_(directory_of(call.repository) / fmt::format("{}{}", prefix_of(call.environment), call.token)),
      step_(call.step)
{}

RunningHook::~RunningHook()
{
  std::error_code ignored;
  fs::remove(file_, ignored);
}

void
RunningHook::started(pid_t hook) const
{
  const Json note{{"step", step_}, {"hook", to_json(identity_of(hook))}, {"run", to_json(this_process())}};
  if (make_directories(file_.parent_path())) {
    static_cast<void>(write_file(file_, note.dump() + "\n"));
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
