// SPDX-License-Identifier: Apache-2.0
//
// Who waits here must stay able to act: the child may be silent, print without end, leave its pipes to a daemon or
// refuse to end. So nothing blocks for longer than until the next tick, and what it prints is read but hardly kept.
#include "base/supervised_process.hpp"

#include "base/child_streams.hpp"
#include "base/interruption.hpp"
#include "base/process_session.hpp"
#include "base/spawn.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <optional>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sluice {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds tick_interval{200};
/// Between two looks at whether what is being ended has, and where the kernel cannot tell that a child has.
constexpr milliseconds look_interval{20};
constexpr milliseconds drain_time{200};
/// A process that waits for a dead disk does not even obey SIGKILL.
constexpr milliseconds longest_death{std::chrono::seconds(10)};

/// Between the birth of a child and its registration no interruption may come, or it would outlive us.
class InterruptionsBlocked
{
public:
  InterruptionsBlocked()
  {
    sigset_t blocked;
    sigemptyset(&blocked);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      sigaddset(&blocked, signal);
    }
    ::pthread_sigmask(SIG_BLOCK, &blocked, &former_);
  }
  InterruptionsBlocked(const InterruptionsBlocked&) = delete;
  InterruptionsBlocked& operator=(const InterruptionsBlocked&) = delete;
  ~InterruptionsBlocked() { ::pthread_sigmask(SIG_SETMASK, &former_, nullptr); }

private:
  sigset_t former_{};
};

/// Can be polled for the end of a child.
class ChildDescriptor
{
public:
  explicit ChildDescriptor(pid_t child)
      : descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)))
  {}
  ChildDescriptor(const ChildDescriptor&) = delete;
  ChildDescriptor& operator=(const ChildDescriptor&) = delete;
  ~ChildDescriptor()
  {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  [[nodiscard]] int
  get() const  ///< -1: the kernel has none (Linux 5.3 does)
  {
    return descriptor_;
  }

private:
  int descriptor_ = -1;
};

class Supervision
{
public:
  Supervision(const SupervisedRequest& request, ChildStreams& streams, pid_t child)
      : request_(request),
        streams_(streams),
        child_(child),
        descriptor_(child)
  {}

  /// Until the child has ended, or what was to be ended has.
  void
  wait()
  {
    while (!is_over()) {
      streams_.exchange(child_has_ended_ ? -1 : descriptor_.get(), longest_wait());
      tick();
      look_at_child();
      if (ending_since_) {
        kill_what_is_left();
      }
    }
    duration_ = std::chrono::duration_cast<milliseconds>(Clock::now() - start_);
  }

  /// Reads what the child left in its pipes.
  void
  drain()
  {
    streams_.note_remainder();
    const auto end = Clock::now() + drain_time;
    while (!streams_.are_at_end() && (streams_.has_remainder() || Clock::now() < end)) {
      streams_.exchange(-1, std::min(look_interval, drain_time));
    }
  }

  /// Errors: ErrorKind::internal if somebody else asked for the child's status.
  [[nodiscard]] Result<SupervisedResult>
  result() const
  {
    SupervisedResult result;
    result.duration = duration_;
    int status = 0;
    // What obeys nothing is not waited for.
    const pid_t asked = ::waitpid(child_, &status, WNOHANG);
    if (ending_since_) {
      result.end = reason_;
    } else if (asked != child_) {
      return fail(ErrorKind::internal, "{}: how it ended is lost", request_.argv.front());
    } else {
      result.end = WIFEXITED(status) ? SupervisedResult::End::exited : SupervisedResult::End::signalled;
      result.status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    }
    return result;
  }

private:
  [[nodiscard]] bool
  is_over() const
  {
    if (!ending_since_) {
      return child_has_ended_;
    }
    return is_all_gone_ || Clock::now() - *ending_since_ > request_.grace + longest_death;
  }

  [[nodiscard]] milliseconds
  longest_wait() const
  {
    const bool must_look = descriptor_.get() < 0 || ending_since_;
    const Clock::time_point until = std::min(next_tick_, start_ + request_.timeout);
    const auto left = std::chrono::ceil<milliseconds>((ending_since_ ? next_tick_ : until) - Clock::now());
    return must_look ? std::min(left, look_interval) : left;
  }

  void
  tick()
  {
    const auto now = Clock::now();
    if (now >= next_tick_) {
      next_tick_ = now + tick_interval;
      if (request_.tick && !request_.tick()) {
        end_it(SupervisedResult::End::stopped);
      }
    }
  }

  void
  look_at_child()
  {
    siginfo_t info{};
    // Its status stays to be asked for, so that its number stays its own for as long as signals are sent to it.
    const int asked = ::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT);
    child_has_ended_ = info.si_pid == child_ || (asked != 0 && errno == ECHILD);
    if (!child_has_ended_ && Clock::now() >= start_ + request_.timeout) {
      end_it(SupervisedResult::End::timed_out);
    }
  }

  void
  end_it(SupervisedResult::End reason)
  {
    if (ending_since_ || child_has_ended_) {
      return;
    }
    reason_ = reason;
    ending_since_ = Clock::now();
    signal_session(child_, SIGTERM);
    signal_session(child_, SIGCONT);  // what is suspended would never know
  }

  void
  kill_what_is_left()
  {
    const SessionState session = state_of_session(child_);
    is_all_gone_ = child_has_ended_
                   && (session == SessionState::ended || (session == SessionState::unknown && streams_.are_at_end()));
    if (!is_all_gone_ && Clock::now() >= *ending_since_ + request_.grace) {
      signal_session(child_, SIGKILL);
      is_all_gone_ = child_has_ended_ && session == SessionState::unknown;
    }
  }

  const SupervisedRequest& request_;
  ChildStreams& streams_;
  pid_t child_;
  ChildDescriptor descriptor_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_tick_ = start_ + tick_interval;
  bool child_has_ended_ = false;
  bool is_all_gone_ = false;
  std::optional<Clock::time_point> ending_since_;
  SupervisedResult::End reason_ = SupervisedResult::End::stopped;
  milliseconds duration_{0};
};

Result<>
refuse_nul(const SupervisedRequest& request)
{
  const auto holds_nul = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  if (request.argv.empty()) {
    return fail(ErrorKind::config, "a program without a name cannot be run");
  }
  if (std::any_of(request.argv.begin(), request.argv.end(), holds_nul)) {
    return fail(ErrorKind::config, "a word of the command holds a NUL, which no program can be given");
  }
  for (const auto& [name, value] : request.environment) {
    if (holds_nul(name) || holds_nul(value)) {
      return fail(ErrorKind::config, "the variable {} holds a NUL, which no program can be given", name.c_str());
    }
  }
  return {};
}

Result<pid_t>
start(const SupervisedRequest& request, const ChildStreams& streams)
{
  std::vector<std::string> words = request.argv;
  std::vector<std::string> variables;
  for (const auto& [name, value] : request.environment) {
    variables.push_back(fmt::format("{}={}", name, value));
  }
  const std::vector<char*> argv = pointers_to(words);
  const std::vector<char*> environment = pointers_to(variables);
  const auto child = spawn({.program = request.program,
                            .argv = argv.data(),
                            .environment = environment.data(),
                            .directory = request.directory.string(),
                            .input = streams.input_of_child(),
                            .output = streams.output_of_child(Stream::output),
                            .error_output = streams.output_of_child(Stream::error),
                            .session = Spawn::Session::own});
  if (!child) {
    return fail(ErrorKind::environment, "{}: cannot run: {}", request.argv.front(), std::strerror(child.error()));
  }
  return *child;
}

}  // namespace

Result<SupervisedResult>
run_supervised(const SupervisedRequest& request)
{
  TRY(refuse_nul(request));
  ChildStreams streams(request);
  TRY(streams.open());
  pid_t child = 0;
  std::optional<RegisteredChild> registered;
  {
    const InterruptionsBlocked blocked;
    TRY_ASSIGN(child, start(request, streams));
    registered.emplace(child, RegisteredChild::Reach::group);
  }
  streams.close_ends_of_child();
  if (request.on_start) {
    request.on_start(child);
  }
  Supervision supervision(request, streams, child);
  supervision.wait();
  supervision.drain();
  stay_if_interrupted();
  // What it left behind in its group is to live, and the number of the group will be free once the status is known.
  registered.reset();
  Result<SupervisedResult> result = supervision.result();
  if (result) {
    streams.finish(*result);
  }
  return result;
}

}  // namespace sluice
