// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include "base/interruption.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace sluice {

namespace {

class Pipe
{
public:
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe()
  {
    close_reader();
    close_writer();
  }

  [[nodiscard]] bool
  open()
  {
    return ::pipe2(ends_.data(), O_CLOEXEC) == 0;
  }
  [[nodiscard]] int
  reader() const
  {
    return ends_[0];
  }
  [[nodiscard]] int
  writer() const
  {
    return ends_[1];
  }
  void
  close_reader()
  {
    close_end(ends_[0]);
  }
  void
  close_writer()
  {
    close_end(ends_[1]);
  }

private:
  static void
  close_end(int& end)
  {
    if (end >= 0) {
      ::close(end);
      end = -1;
    }
  }
  std::array<int, 2> ends_{-1, -1};
};

std::vector<char*>
pointers_to(std::vector<std::string>& texts)
{
  std::vector<char*> pointers;
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

struct Pipes
{
  Pipe input, output, error;
};

/// What posix_spawn is to do in the child. It shares our memory until it runs the program, which is why a large process
/// starts another as fast as a small one does.
class SpawnPlan
{
public:
  SpawnPlan()
  {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan()
  {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  /// The child's process id. Error: errno of what failed, in the child as well.
  [[nodiscard]] tl::expected<pid_t, int>
  spawn(const Pipes& pipes, const std::string& directory, char* const* argv, char* const* environment)
  {
    ::posix_spawn_file_actions_adddup2(&actions_, pipes.input.reader(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, pipes.output.writer(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, pipes.error.writer(), STDERR_FILENO);
    if (!directory.empty()) {
      ::posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
    }
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    if (const int reason = ::posix_spawnp(&child, argv[0], &actions_, &attributes_, argv, environment); reason != 0) {
      return tl::make_unexpected(reason);
    }
    return child;
  }

private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// Takes the whole lines from `from` on out of the text, as far as somebody deals with them; returns where the rest
/// begins.
std::size_t
hand_over_lines(std::string& text, std::size_t from, const std::function<bool(std::string_view)>& on_line)
{
  for (std::size_t end = 0; (end = text.find('\n', from)) != std::string::npos;) {
    if (on_line(std::string_view(text).substr(from, end - from))) {
      text.erase(from, end + 1 - from);
    } else {
      from = end + 1;
    }
  }
  return from;
}

/// Feeds and drains the three pipes until the child closes its ends. False on timeout.
bool
exchange(Pipes& pipes, const ProcessRequest& request, ProcessResult& result)
{
  const auto deadline = std::chrono::steady_clock::now() + request.timeout;
  std::string_view input = request.input;
  std::size_t handed_over = 0;
  ::fcntl(pipes.input.writer(), F_SETFL, O_NONBLOCK);
  std::array<char, 1U << 16U> buffer{};
  while (pipes.output.reader() >= 0 || pipes.error.reader() >= 0) {
    if (input.empty()) {
      pipes.input.close_writer();
    }
    std::array<pollfd, 3> polled{
        {{pipes.output.reader(), POLLIN, 0}, {pipes.error.reader(), POLLIN, 0}, {pipes.input.writer(), POLLOUT, 0}}};
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0 || (::poll(polled.data(), polled.size(), static_cast<int>(left)) < 0 && errno != EINTR)) {
      return false;
    }
    const auto drain = [&buffer](pollfd& ready, Pipe& pipe, std::string& into) {
      if (ready.fd >= 0 && ready.revents != 0) {
        const ssize_t got = ::read(pipe.reader(), buffer.data(), buffer.size());
        if (got > 0) {
          into.append(buffer.data(), static_cast<std::size_t>(got));
        } else {
          pipe.close_reader();
        }
      }
    };
    drain(polled[0], pipes.output, result.output);
    drain(polled[1], pipes.error, result.error_output);
    if (request.on_error_line) {
      handed_over = hand_over_lines(result.error_output, handed_over, request.on_error_line);
    }
    if (polled[2].fd >= 0 && polled[2].revents != 0) {
      const ssize_t sent = ::write(pipes.input.writer(), input.data(), input.size());
      input = sent > 0 ? input.substr(static_cast<std::size_t>(sent)) : std::string_view();
    }
  }
  return true;
}

int
wait_for(pid_t child)
{
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<ProcessResult>
run_process(const ProcessRequest& request)
{
  std::vector<std::string> arguments = request.argv;
  std::vector<std::string> variables;
  if (request.environment) {
    for (const auto& [name, value] : *request.environment) {
      variables.push_back(name + "=" + value);
    }
  }
  const std::vector<char*> argv = pointers_to(arguments);
  const std::vector<char*> own_environment = pointers_to(variables);

  Pipes pipes;
  if (!pipes.input.open() || !pipes.output.open() || !pipes.error.open()) {
    return fail(ErrorKind::environment, "{}: cannot make a pipe: {}", request.argv.front(), std::strerror(errno));
  }
  // A program that does not read its input must not end us.
  std::signal(SIGPIPE, SIG_IGN);
  const auto spawned = SpawnPlan().spawn(pipes, request.directory.string(), argv.data(),
                                         request.environment ? own_environment.data() : environ);
  if (!spawned) {
    return fail(ErrorKind::environment, "{}: cannot run: {}", request.argv.front(), std::strerror(spawned.error()));
  }
  const pid_t child = *spawned;
  const RegisteredChild registered(child);
  pipes.input.close_reader();
  pipes.output.close_writer();
  pipes.error.close_writer();

  ProcessResult result;
  if (!exchange(pipes, request, result)) {
    ::kill(child, SIGKILL);
    wait_for(child);
    return fail(ErrorKind::environment, "{}: did not end within {} s", request.argv.front(), request.timeout.count());
  }
  result.exit_status = wait_for(child);
  return result;
}

}  // namespace sluice
