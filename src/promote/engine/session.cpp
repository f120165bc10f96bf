// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/session.hpp"

#include "base/clock.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <thread>

namespace sluice::promote {

namespace {

Result<Clock>
clock_of(const Environment& process)
{
  Clock clock;
  clock.sleep = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
  const std::string_view told = value_of(process, "SLUICE_NOW");
  if (told.empty()) {
    clock.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
    return clock;
  }
  const auto start = parse_rfc3339(told);
  if (!start) {
    return fail(ErrorKind::usage, "SLUICE_NOW: is no time such as 2026-11-27T09:00:00Z");
  }
  // It goes on from there: a watch would never end by a clock that stands.
  clock.is_told = true;
  clock.now = [from = *start, since = std::chrono::steady_clock::now()] {
    return std::chrono::floor<std::chrono::seconds>(from + (std::chrono::steady_clock::now() - since));
  };
  return clock;
}

Result<std::uint64_t>
kill_at(const Environment& process)
{
  const std::string_view told = value_of(process, "SLUICE_PROMOTE_KILL_AT");
  if (told.empty()) {
    return std::uint64_t{0};
  }
  const auto number = number_of<std::uint64_t>(told);
  if (!number || *number == 0) {
    return fail(ErrorKind::usage, "SLUICE_PROMOTE_KILL_AT: is no number of an entry, from 1");
  }
  return *number;
}

}  // namespace

void
Session::tell(std::string_view line) const
{
  input.tell(gate::Telling::line, fmt::format("{}  {}", rfc3339(clock.now()).substr(11, 8), line));
}

Result<Session>
open_session(const gate::CommandInput& input)
{
  if (input.input.repository == nullptr) {
    return fail(ErrorKind::config, "a promotion needs a git repository: {}", input.input.no_repository.why);
  }
  const Environment& process = *input.input.services.process;
  TRY_ASSIGN(Pipeline pipeline, load_pipeline(gate::values_of<PromoteOptions>(input.gate_options), input.input));
  TRY_ASSIGN(Clock clock, clock_of(process));
  TRY_ASSIGN(const std::uint64_t kill, kill_at(process));
  TRY_ASSIGN(Ledger ledger, Ledger::open({*input.input.repository, process, clock, kill}));
  git::RefStore refs(*input.input.repository, process);
  TRY_ASSIGN(Actor person, actor_of(process, refs));
  std::string actor = text_of(person);
  return Session{input, std::move(pipeline), std::move(clock), std::move(ledger), std::move(person), std::move(actor)};
}

Result<std::string>
resolve_commit(const Session& session, std::string_view revision)
{
  TRY_ASSIGN(const git::ObjectId id, session.repository().resolve(revision.empty() ? "HEAD" : revision));
  return id.hex();
}

}  // namespace sluice::promote
