// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include "base/interruption.hpp"
#include "base/pipe.hpp"
#include "base/spawn.hpp"

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

struct Pipes
{
  Pipe input, output, error;
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
  const auto spawned = spawn({.program = {},
                              .argv = argv.data(),
                              .environment = request.environment ? own_environment.data() : environ,
                              .directory = request.directory.string(),
                              .input = pipes.input.reader(),
                              .output = pipes.output.writer(),
                              .error_output = pipes.error.writer()});
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
