// SPDX-License-Identifier: Apache-2.0
#include "promote/hook/process_identity.hpp"
#include "support/processes.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

/// A process that waits to be killed.
class Sleeper
{
public:
  Sleeper()
      : pid_(::fork())
  {
    if (pid_ == 0) {
      while (true) {
        ::pause();
      }
    }
  }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;
  ~Sleeper() { end(); }

  [[nodiscard]] pid_t
  pid() const
  {
    return pid_;
  }
  /// Leaves a zombie.
  void
  kill() const
  {
    ::kill(pid_, SIGKILL);
    test::wait_for_the_end_of(pid_);
  }
  void
  end()
  {
    if (!is_over_) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
      is_over_ = true;
    }
  }

private:
  pid_t pid_;
  bool is_over_ = false;
};

/// On a machine whose processes can be told from others', outside of containers.
ProcessIdentity
on_a_machine()
{
  return {.host = "db1",
          .machine = "0123456789abcdef",
          .boot_id = "11111111-1111-1111-1111-111111111111",
          .pid_namespace = 0xEFFFFFFC,
          .pid = 4711,
          .start_ticks = 1000};
}

}  // namespace

TEST_CASE("this process is alive, and knows who it is")
{
  const ProcessIdentity self = this_process();
  CHECK(self.pid == ::getpid());
  CHECK(self.start_ticks > 0);
  CHECK(self.pid_namespace != 0);
  CHECK_FALSE(self.host.empty());
  CHECK(self.boot_id.size() == 36);
  CHECK(liveness_of(self) == Liveness::alive);
}

TEST_CASE("a process is alive until it is killed; a zombie is dead, and so is what is gone")
{
  Sleeper sleeper;
  const ProcessIdentity identity = identity_of(sleeper.pid());
  CHECK(liveness_of(identity) == Liveness::alive);
  sleeper.kill();
  CHECK(liveness_of(identity) == Liveness::dead);
  sleeper.end();
  CHECK(liveness_of(identity) == Liveness::dead);
}

TEST_CASE("another process that got the number is not it")
{
  ProcessIdentity identity = this_process();
  ++identity.start_ticks;
  CHECK(liveness_of(identity) == Liveness::dead);
}

TEST_CASE("of what lives elsewhere nothing is known")
{
  const ProcessIdentity self = this_process();
  const auto of = [&self](auto change) {
    ProcessIdentity identity = self;
    change(identity);
    return liveness_of(identity);
  };
  CHECK(of([](ProcessIdentity& it) { it.host += "2"; }) == Liveness::unknown);
  CHECK(of([](ProcessIdentity& it) { it.machine += "2"; }) == Liveness::unknown);
  CHECK(of([](ProcessIdentity& it) { it.pid_namespace += 1; }) == Liveness::unknown);
  CHECK(of([](ProcessIdentity& it) { it.host.clear(); }) == Liveness::unknown);
  CHECK(of([](ProcessIdentity& it) { it.boot_id.clear(); }) == Liveness::unknown);
  CHECK(of([](ProcessIdentity& it) { it.pid_namespace = 0; }) == Liveness::unknown);
  CHECK(of([](ProcessIdentity& it) { it.start_ticks = 0; }) == Liveness::unknown);
  for (const pid_t group : {0, -1, -4711}) {
    CHECK(of([group](ProcessIdentity& it) { it.pid = group; }) == Liveness::unknown);
  }
}

TEST_CASE("what ran before a machine started again is dead, unless a container only looks like that machine")
{
  const ProcessIdentity identity = on_a_machine();
  ProcessIdentity observer = on_a_machine();
  observer.boot_id = "22222222-2222-2222-2222-222222222222";
  CHECK(liveness_of(identity, observer) == Liveness::dead);
  ProcessIdentity in_container = identity;
  in_container.pid_namespace = 4026532201;
  CHECK(liveness_of(in_container, observer) == Liveness::unknown);
  observer.pid_namespace = 4026532201;
  CHECK(liveness_of(in_container, observer) == Liveness::unknown);
  CHECK(liveness_of(identity, observer) == Liveness::unknown);
  ProcessIdentity nameless = identity;
  nameless.machine.clear();
  observer = nameless;
  observer.boot_id = "22222222-2222-2222-2222-222222222222";
  CHECK(liveness_of(nameless, observer) == Liveness::unknown);
}

TEST_CASE("an identity survives JSON")
{
  const ProcessIdentity self = this_process();
  const Json json = Json::parse(to_json(self).dump()).value();
  CHECK(process_identity_of(json).value() == self);
}

TEST_CASE("what is not said is unknown, and what cannot be is refused")
{
  CHECK(process_identity_of(Json::object()).value() == ProcessIdentity{});
  CHECK(liveness_of(ProcessIdentity{}) == Liveness::unknown);
  for (const char* text : {"null", "[]", R"({"pid":-1})", R"({"pid":2147483648})", R"({"pid":"1"})", R"({"host":1})",
                           R"({"pid":1.5})", R"({"start_ticks":-1})", R"({"boot_id":{}})", R"({"machine":[]})"}) {
    const auto identity = process_identity_of(Json::parse(text).value());
    REQUIRE_FALSE_MESSAGE(identity, text);
    CHECK(identity.error().kind == ErrorKind::input);
  }
}
