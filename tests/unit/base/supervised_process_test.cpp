// SPDX-License-Identifier: Apache-2.0
#include "base/interruption.hpp"
#include "base/number.hpp"
#include "base/path.hpp"
#include "base/pipe.hpp"
#include "base/supervised_process.hpp"
#include "base/text.hpp"
#include "support/processes.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <thread>

using namespace sluice;
using namespace std::chrono_literals;
using End = SupervisedResult::End;

namespace {

SupervisedRequest
program(std::vector<std::string> argv)
{
  SupervisedRequest request;
  request.argv = std::move(argv);
  request.environment = {{"PATH", "/usr/bin:/bin"}};
  return request;
}

SupervisedRequest
shell(std::string script)
{
  return program({"sh", "-c", std::move(script)});
}

pid_t
number_in(std::string_view text)
{
  return number_of<pid_t>(trim(text)).value();
}

std::size_t
peak_memory()
{
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) << 10U;
}

}  // namespace

TEST_CASE("a supervised program gives back both outputs, what came last, and its status")
{
  const SupervisedResult result = run_supervised(shell("echo out; printf oops >&2; exit 3")).value();
  CHECK(result.end == End::exited);
  CHECK(result.status == 3);
  CHECK(result.output == "out\n");
  CHECK(result.error_output == "oops");
  CHECK(result.latest.size() == 8);
  CHECK(result.duration >= 0ms);
}

TEST_CASE("a signal is told from a status")
{
  const SupervisedResult result = run_supervised(shell("kill -SEGV $$")).value();
  CHECK(result.end == End::signalled);
  CHECK(result.status == SIGSEGV);
}

TEST_CASE("a program reads its input, or nothing at once, and need not read it")
{
  SupervisedRequest request = shell("cat");
  request.kept = 4U << 20U;
  CHECK(run_supervised(request).value().output.empty());
  request.input = std::string(1U << 20U, 'x');
  CHECK(run_supervised(request).value().output == request.input);
  request.argv = {"true"};
  CHECK(run_supervised(request).value().end == End::exited);
}

TEST_CASE("its environment and directory are those that were asked for, and it leads a session")
{
  SupervisedRequest request = program({"/usr/bin/env"});
  request.environment = {{"A", "1"}, {"B", "x=y\nz"}};
  CHECK(run_supervised(request).value().output == "A=1\nB=x=y\nz\n");
  request = program({"python3", "-c", "import os; print(os.getcwd(), os.getsid(0) == os.getpid() == os.getpgrp())"});
  request.directory = "/usr";
  CHECK(run_supervised(request).value().output == "/usr True\n");
}

TEST_CASE("the file that is run may be another than its name")
{
  SupervisedRequest request = shell("echo $0");
  request.argv = {"name", "-c", "echo $0"};
  request.program = "/bin/sh";
  CHECK(run_supervised(request).value().output == "name\n");
}

TEST_CASE("signals that we ignore or block are the program's own, and files that we have open are not")
{
  sigset_t blocked;
  sigset_t former;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &former);
  const auto former_interrupt = std::signal(SIGINT, SIG_IGN);
  const int open_file = ::fcntl(STDOUT_FILENO, F_DUPFD, 57);
  // Python would ignore SIGPIPE itself.
  const auto result = run_supervised(shell("grep -E 'Sig(Blk|Ign)' /proc/self/status; ls /proc/self/fd"));
  ::close(open_file);
  std::signal(SIGINT, former_interrupt);
  ::pthread_sigmask(SIG_SETMASK, &former, nullptr);
  REQUIRE(result);
  const std::vector<std::string_view> lines = lines_of(result->output);
  REQUIRE(lines.size() == 6);
  for (const std::string_view line : {lines[0], lines[1]}) {
    // The C library keeps 32 and 33 to itself.
    const std::uint64_t signals = std::stoull(std::string(line.substr(line.find('\t') + 1)), nullptr, 16);
    CHECK((signals & 0x7FFFFFFFU) == 0);
  }
  CHECK(lines[5] == "3");  // which is what lists them
}

TEST_CASE("a status is not lost to an ignored SIGCHLD")
{
  const int status = test::status_of_fork([] {
    std::signal(SIGCHLD, SIG_IGN);
    return run_supervised(shell("exit 7")).value().status;
  });
  CHECK(WEXITSTATUS(status) == 7);
}

TEST_CASE("nothing is confused where our own standard files are closed")
{
  const int status = test::status_of_fork([] {
    for (const int file : {0, 1, 2}) {
      ::close(file);
    }
    Pipe pipe;
    if (!pipe.open() || std::min(pipe.reader(), pipe.writer()) <= STDERR_FILENO) {
      return 2;  // what we print would go into it
    }
    SupervisedRequest request = shell("cat; echo oops >&2");
    request.input = "in";
    const auto with_input = run_supervised(request);
    request.input.clear();
    const auto without = run_supervised(request);
    return with_input->output == "in" && with_input->error_output == "oops\n" && without->output.empty() ? 0 : 1;
  });
  CHECK(status == 0);
}

TEST_CASE("what cannot be started is an error that names it")
{
  CHECK(run_supervised(program({"/nonexistent/program"})).error().message
        == "/nonexistent/program: cannot run: No such file or directory");
  CHECK(run_supervised(program({"/etc/passwd"})).error().message == "/etc/passwd: cannot run: Permission denied");
  CHECK(run_supervised(program({"/nonexistent/program"})).error().kind == ErrorKind::environment);
  CHECK(run_supervised(program({})).error().kind == ErrorKind::config);
  CHECK(run_supervised(program({"echo", std::string("a\0b", 3)})).error().kind == ErrorKind::config);
  SupervisedRequest request = program({"true"});
  request.environment["A"] = std::string("a\0b", 3);
  CHECK(run_supervised(request).error().message == "the variable A holds a NUL, which no program can be given");
}

TEST_CASE("a program that prints a gigabyte costs no memory")
{
  const std::size_t before = peak_memory();
  const SupervisedResult result = run_supervised(shell("yes | head -c 1G")).value();
  CHECK(result.end == End::exited);
  CHECK(result.output.starts_with("y\ny\n"));
  CHECK(result.output.ends_with("y\ny\n"));
  CHECK(result.output.find("\n… 1,073,676,288 bytes left out …\n") != std::string::npos);
  CHECK(result.output.size() < 66'000);
  CHECK(result.latest.size() == 4096);
  CHECK(peak_memory() - before < 200U << 20U);
}

TEST_CASE("output may be any bytes")
{
  const SupervisedResult result =
      run_supervised(program({"python3", "-c", "import sys; sys.stdout.buffer.write(bytes(range(256)))"})).value();
  REQUIRE(result.output.size() == 256);
  for (std::size_t i = 0; i < 256; ++i) {
    CHECK(static_cast<unsigned char>(result.output[i]) == i);
  }
}

TEST_CASE("every line is handed over, with the stream that it came from")
{
  SupervisedRequest request = shell("seq 50000; echo problem >&2; printf last");
  std::size_t count = 0;
  std::string last;
  std::string problem;
  request.on_line = [&](Stream stream, std::string_view line) {
    if (stream == Stream::error) {
      problem = line;
      return;
    }
    ++count;
    CHECK((line == std::to_string(count) || count == 50001));
    last = line;
  };
  REQUIRE(run_supervised(request));
  CHECK(count == 50001);
  CHECK(last == "last");
  CHECK(problem == "problem");
}

TEST_CASE("the latest output begins a line where the stream changes")
{
  SupervisedRequest request = shell("printf one; sleep 0.3; printf two >&2; sleep 0.3; echo three");
  CHECK(run_supervised(request).value().latest == "one\ntwo\nthree\n");
}

TEST_CASE("what takes too long is ended")
{
  SupervisedRequest request = shell("echo begun; sleep 600");
  request.timeout = 300ms;
  const SupervisedResult result = run_supervised(request).value();
  CHECK(result.end == End::timed_out);
  CHECK(result.output == "begun\n");
}

TEST_CASE("what ignores SIGTERM, is suspended or has made a group of its own is ended too")
{
  const std::vector<std::vector<std::string>> stubborn{
      {"sh", "-c", "trap '' TERM; echo $$; while :; do sleep 1; done"},
      {"sh", "-c", "echo $$; kill -STOP $$; sleep 600"},
      {"python3", "-c",
       "import os, signal, time\n"
       "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
       "child = os.fork()\n"
       "if child == 0:\n"
       "  os.setpgid(0, 0)\n"
       "  print(os.getpid(), flush=True)\n"
       "  os.closerange(0, 3)\n"
       "  time.sleep(600)\n"
       "signal.signal(signal.SIGTERM, signal.SIG_DFL)\n"
       "time.sleep(600)"},
  };
  for (const std::vector<std::string>& argv : stubborn) {
    SupervisedRequest request = program(argv);
    std::string pid;
    request.grace = 200ms;
    request.on_line = [&pid](Stream, std::string_view line) { pid = line; };
    request.tick = [&pid] { return pid.empty(); };
    const SupervisedResult result = run_supervised(request).value();
    CHECK(result.end == End::stopped);
    CHECK_FALSE(test::is_alive(number_in(pid)));
  }
}

TEST_CASE("what is suspended is woken to end as it likes")
{
  SupervisedRequest request =
      shell("trap 'echo tidy; exit' TERM; echo begun; kill -STOP $$; while :; do sleep 0.05; done");
  request.grace = 10min;
  bool has_begun = false;
  request.on_line = [&has_begun](Stream, std::string_view) { has_begun = true; };
  request.tick = [&has_begun] { return !has_begun; };
  CHECK(run_supervised(request).value().output == "begun\ntidy\n");
}

TEST_CASE("what ends as it is asked to has its time, and ticks go on meanwhile")
{
  const auto directory = TemporaryDirectory::create().value();
  SupervisedRequest request = shell("trap 'until [ -e go ]; do sleep 0.05; done; echo tidy; exit' TERM\n"
                                    "echo begun; while :; do sleep 0.05; done");
  request.directory = directory.path();
  request.grace = 10min;
  bool has_begun = false;
  int ticks = 0;
  request.on_line = [&](Stream, std::string_view) { has_begun = true; };
  request.tick = [&] {
    ticks += has_begun ? 1 : 0;
    if (ticks == 4) {
      CHECK(write_file(directory.path() / "go", ""));
    }
    return !has_begun;
  };
  const SupervisedResult result = run_supervised(request).value();
  CHECK(result.end == End::stopped);
  CHECK(result.output == "begun\ntidy\n");
}

TEST_CASE("ticks come while a program is silent, and while it never is")
{
  for (const char* script : {"until [ -e go ]; do sleep 0.05; done", "until [ -e go ]; do echo x; done"}) {
    const auto directory = TemporaryDirectory::create().value();
    SupervisedRequest request = shell(script);
    request.directory = directory.path();
    int ticks = 0;
    request.tick = [&] {
      if (++ticks == 5) {
        CHECK(write_file(directory.path() / "go", ""));
      }
      return true;
    };
    CHECK(run_supervised(request).value().end == End::exited);
    CHECK(ticks >= 5);
  }
}

TEST_CASE("a daemon that holds the pipes is neither waited for nor ended")
{
  SupervisedRequest request = shell("setsid sleep 600 & echo $!; exit 4");
  request.timeout = 60s;
  const SupervisedResult result = run_supervised(request).value();
  CHECK(result.end == End::exited);
  CHECK(result.status == 4);
  const pid_t daemon = number_in(result.output);
  CHECK(test::is_alive(daemon));
  ::kill(daemon, SIGKILL);
}

TEST_CASE("a daemon that never stops printing holds nothing up")
{
  SupervisedRequest request = shell("setsid yes & exit 0");
  request.timeout = 60s;
  CHECK(run_supervised(request).value().end == End::exited);
}

TEST_CASE("who starts it learns its number")
{
  SupervisedRequest request = shell("echo $$");
  pid_t started = 0;
  request.on_start = [&started](pid_t child) { started = child; };
  CHECK(number_in(run_supervised(request).value().output) == started);
}

TEST_CASE("an interruption of ours ends the program, even one that ignores SIGTERM, in whatever thread it arrives")
{
  const auto directory = TemporaryDirectory::create().value();
  for (const bool is_in_thread : {false, true}) {
    const std::filesystem::path name = directory.path() / (is_in_thread ? "thread" : "main");
    const int status = test::status_of_fork([&] {
      clean_up_when_interrupted(300ms);
      // What was started obeys at once, what it started does not: nobody must take the first for the end.
      SupervisedRequest request =
          shell("(trap '' TERM; sh -c 'echo $PPID'; while :; do sleep 1; done) & trap 'exit 0' TERM; wait");
      request.on_line = [&](Stream, std::string_view line) {
        CHECK(write_file(name, line));
        if (is_in_thread) {
          std::thread([] { ::raise(SIGTERM); }).detach();
        } else {
          ::raise(SIGTERM);
        }
      };
      const bool has_returned = run_supervised(request).has_value();
      return has_returned ? 1 : 2;
    });
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGTERM);
    test::wait_for_the_end_of(number_in(read_file(name).value()));
  }
}

TEST_CASE("a second interruption waits for no grace")
{
  const auto directory = TemporaryDirectory::create().value();
  const std::filesystem::path name = directory.path() / "pid";
  const int status = test::status_of_fork([&] {
    clean_up_when_interrupted(10min);
    SupervisedRequest request = shell("trap 'kill -TERM $PPID' TERM; echo $$; while :; do sleep 0.05; done");
    request.on_line = [&](Stream, std::string_view line) {
      CHECK(write_file(name, line));
      ::raise(SIGINT);
    };
    return run_supervised(request) ? 1 : 2;
  });
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGTERM);
  test::wait_for_the_end_of(number_in(read_file(name).value()));
}
