// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
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
  Pipe input, output, error, start;  ///< `start` carries errno of a failed exec
};

/// Runs in the child between fork and exec: only async-signal-safe calls.
[[noreturn]] void
become(const Pipes& pipes, char* const* argv, char* const* environment, const char* directory)
{
  ::dup2(pipes.input.reader(), STDIN_FILENO);
  ::dup2(pipes.output.writer(), STDOUT_FILENO);
  ::dup2(pipes.error.writer(), STDERR_FILENO);
  std::signal(SIGPIPE, SIG_DFL);
  if (directory == nullptr || ::chdir(directory) == 0) {
    ::execvpe(argv[0], argv, environment);
  }
  const int reason = errno;
  [[maybe_unused]] const auto told = ::write(pipes.start.writer(), &reason, sizeof reason);
  ::_exit(127);
}

/// Feeds and drains the three pipes until the child closes its ends. False on timeout.
bool
exchange(Pipes& pipes, std::string_view input, ProcessResult& result, std::chrono::steady_clock::time_point deadline)
{
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
  const std::string directory = request.directory.string();

  Pipes pipes;
  if (!pipes.input.open() || !pipes.output.open() || !pipes.error.open() || !pipes.start.open()) {
    return fail(ErrorKind::environment, "{}: cannot make a pipe: {}", request.argv.front(), std::strerror(errno));
  }
  // A program that does not read its input must not end us.
  std::signal(SIGPIPE, SIG_IGN);
  const pid_t child = ::fork();
  if (child < 0) {
    return fail(ErrorKind::environment, "{}: cannot fork: {}", request.argv.front(), std::strerror(errno));
  }
  if (child == 0) {
    become(pipes, argv.data(), request.environment ? own_environment.data() : environ,
           directory.empty() ? nullptr : directory.c_str());
  }
  pipes.input.close_reader();
  pipes.output.close_writer();
  pipes.error.close_writer();
  pipes.start.close_writer();

  int reason = 0;
  if (::read(pipes.start.reader(), &reason, sizeof reason) == static_cast<ssize_t>(sizeof reason)) {
    wait_for(child);
    return fail(ErrorKind::environment, "{}: cannot run: {}", request.argv.front(), std::strerror(reason));
  }
  ProcessResult result;
  if (!exchange(pipes, request.input, result, std::chrono::steady_clock::now() + request.timeout)) {
    ::kill(child, SIGKILL);
    wait_for(child);
    return fail(ErrorKind::environment, "{}: did not end within {} s", request.argv.front(), request.timeout.count());
  }
  result.exit_status = wait_for(child);
  return result;
}

}  // namespace sluice
