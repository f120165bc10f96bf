// SPDX-License-Identifier: Apache-2.0
#include "git/repository.hpp"
#include "promote/engine/running.hpp"
#include "support/git_fixture.hpp"
#include "support/processes.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace sluice;
using namespace sluice::promote;

namespace {

enum class Noted { before, with_number };

/// A hook whose run has died, and what that run had noted of it. The number of the hook is written to the pipe.
struct LeftWork
{
  test::GitFixture fixture;
  git::Repository repository = git::Repository::open(fixture.path(), {}).value();
  pid_t hook = 0;

  explicit LeftWork(Noted noted, const char* key = "SLUICE_IDEMPOTENCY_KEY=one")
  {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    CHECK(test::status_of_fork([&] {
            auto* running =
                new RunningHook({repository, "production", "deploy", "one", 7});  // it is not to be cleaned up
            const pid_t child = ::fork();
            if (child == 0) {
              ::setsid();
              const std::array<const char*, 3> words{"sleep", "100", nullptr};
              const std::array<const char*, 3> variables{key, "SLUICE_FENCING_TOKEN=7", nullptr};
              ::execve("/bin/sleep", const_cast<char* const*>(words.data()),
                       const_cast<char* const*>(variables.data()));
              ::_exit(1);
            }
            if (noted == Noted::with_number) {
              running->started(child);
            }
            return ::write(ends[1], &child, sizeof child) == sizeof child ? 0 : 1;
          })
          == 0);
    REQUIRE(::read(ends[0], &hook, sizeof hook) == sizeof hook);
    ::close(ends[0]);
    ::close(ends[1]);
    while (!has_its_own_environment()) {
      ::usleep(1'000);
    }
  }
  LeftWork(const LeftWork&) = delete;
  LeftWork& operator=(const LeftWork&) = delete;
  ~LeftWork() { end(); }

  [[nodiscard]] bool
  has_its_own_environment() const
  {
    const auto text = read_file(std::filesystem::path("/proc") / std::to_string(hook) / "environ", 1U << 20U);
    return !text || text->find("SLUICE_FENCING_TOKEN=7") != std::string::npos;
  }

  void
  end() const
  {
    ::kill(hook, SIGKILL);
    test::wait_for_the_end_of(hook);
  }

  [[nodiscard]] std::size_t
  notes() const
  {
    const auto directory = fixture.path() / ".git/sluice/running";
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory), {}));
  }
};

}  // namespace

TEST_CASE("a hook of a run that died is found until it has ended")
{
  for (const Noted noted : {Noted::before, Noted::with_number}) {
    const LeftWork work(noted);
    const auto left = left_hook(work.repository, "production");
    REQUIRE(left.has_value());
    CHECK(left->step == "deploy");
    CHECK(left->process == work.hook);
    CHECK_FALSE(left_hook(work.repository, "staging").has_value());
    work.end();
    CHECK_FALSE(left_hook(work.repository, "production").has_value());
    CHECK(work.notes() == 0);
  }
}

TEST_CASE("a process that was told another key is not the hook of the note")
{
  const LeftWork work(Noted::before, "SLUICE_IDEMPOTENCY_KEY=two");
  CHECK_FALSE(left_hook(work.repository, "production").has_value());
  CHECK(work.notes() == 0);
}

TEST_CASE("the hook of a run that lives is no left one, and its note goes with it")
{
  test::GitFixture fixture;
  const git::Repository repository = git::Repository::open(fixture.path(), {}).value();
  {
    RunningHook running({repository, "a/b\n$(x)", "deploy", "one", 7});
    running.started(::getpid());
    CHECK_FALSE(left_hook(repository, "a/b\n$(x)").has_value());
    CHECK_FALSE(std::filesystem::is_empty(fixture.path() / ".git/sluice/running"));
  }
  CHECK(std::filesystem::is_empty(fixture.path() / ".git/sluice/running"));
}

TEST_CASE("what is no note is none")
{
  const LeftWork work(Noted::with_number);
  const auto directory = work.fixture.path() / ".git/sluice/running";
  const auto note = std::filesystem::directory_iterator(directory)->path();
  for (const char* text : {"", "[]", "{", "{\"run\": 1, \"hook\": []}", "{\"hook\": null, \"run\": {\"pid\": -1}}"}) {
    REQUIRE(write_file(note, text));
    CHECK_FALSE(left_hook(work.repository, "production").has_value());
  }
}
