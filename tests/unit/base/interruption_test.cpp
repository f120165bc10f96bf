// SPDX-License-Identifier: Apache-2.0
#include "base/interruption.hpp"
#include "base/path.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

using namespace sluice;
namespace fs = std::filesystem;

namespace {

/// What a forked child that `work`s and then raises the signal ends with.
template<typename Work>
int
status_after(int signal, Work work)
{
  const pid_t child = ::fork();
  if (child == 0) {
    clean_up_when_interrupted();
    work([signal] { ::raise(signal); });
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

}  // namespace

TEST_CASE("an interruption removes registered files, keeps released ones and ends the process by its signal")
{
  const auto directory = TemporaryDirectory::create().value();
  const fs::path registered = directory.path() / "registered";
  const fs::path released = directory.path() / "released";
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    REQUIRE(write_file(registered, "x"));
    REQUIRE(write_file(released, "x"));
    const int status = status_after(signal, [&](const auto& interrupt) {
      const TemporaryName name(registered.string());
      {
        const TemporaryName other(released.string());
      }
      interrupt();
    });
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == signal);
    CHECK_FALSE(fs::exists(registered));
    CHECK(fs::exists(released));
  }
}

TEST_CASE("an interruption stops registered children")
{
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const int status = status_after(SIGTERM, [&](const auto& interrupt) {
    const pid_t grandchild = ::fork();
    if (grandchild == 0) {
      ::close(ends[0]);
      std::signal(SIGTERM, SIG_DFL);
      ::pause();
      ::_exit(0);
    }
    ::close(ends[1]);
    const RegisteredChild child(grandchild);
    interrupt();
  });
  CHECK(WIFSIGNALED(status));
  ::close(ends[1]);
  // The grandchild held the last writer: reading ends only when it is gone.
  char byte = 0;
  CHECK(::read(ends[0], &byte, 1) == 0);
  ::close(ends[0]);
}

TEST_CASE("more names than there are slots are taken without harm")
{
  std::vector<std::unique_ptr<TemporaryName>> names;
  for (int i = 0; i < 200; ++i) {
    names.push_back(std::make_unique<TemporaryName>("/nonexistent/" + std::to_string(i)));
  }
  CHECK(names.back()->path() == "/nonexistent/199");
}
