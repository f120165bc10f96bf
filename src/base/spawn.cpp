// SPDX-License-Identifier: Apache-2.0
//
// posix_spawn shares our memory until the child runs its program, which is why a large process starts another as fast
// as a small one does.
#include "base/spawn.hpp"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

namespace sluice {

namespace {

/// What posix_spawn is to do in the child.
class Plan
{
public:
  Plan()
  {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  ~Plan()
  {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  void
  arrange_files(const Spawn& request)
  {
    if (request.input >= 0) {
      ::posix_spawn_file_actions_adddup2(&actions_, request.input, STDIN_FILENO);
    } else {
      ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&actions_, request.output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, request.error_output, STDERR_FILENO);
    if (request.session == Spawn::Session::own) {
      ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    }
    if (!request.directory.empty()) {
      ::posix_spawn_file_actions_addchdir_np(&actions_, request.directory.c_str());
    }
  }

  void
  arrange_signals(Spawn::Session session)
  {
    sigset_t defaults;
    sigemptyset(&defaults);
    ::posix_spawnattr_setsigmask(&attributes_, &defaults);
    sigaddset(&defaults, SIGPIPE);
    if (session == Spawn::Session::own) {
      sigfillset(&defaults);
    }
    ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
    ::posix_spawnattr_setflags(
        &attributes_, static_cast<short>(session == Spawn::Session::own
                                             ? POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID
                                             : POSIX_SPAWN_SETSIGDEF));
  }

  [[nodiscard]] tl::expected<pid_t, int>
  carry_out(const Spawn& request)
  {
    pid_t child = 0;
    const int reason = request.program.empty() ? ::posix_spawnp(&child, request.argv[0], &actions_, &attributes_,
                                                                request.argv, request.environment)
                                               : ::posix_spawn(&child, request.program.c_str(), &actions_, &attributes_,
                                                               request.argv, request.environment);
    if (reason != 0) {
      return tl::make_unexpected(reason);
    }
    return child;
  }

private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// Who started us may have left SIGCHLD ignored, and then the kernel keeps no status of a child.
void
keep_the_status_of_children()
{
  struct sigaction present
  {};
  if (::sigaction(SIGCHLD, nullptr, &present) == 0
      && (present.sa_handler == SIG_IGN || (present.sa_flags & SA_NOCLDWAIT) != 0)) {
    std::signal(SIGCHLD, SIG_DFL);
  }
}

}  // namespace

tl::expected<pid_t, int>
spawn(const Spawn& request)
{
  std::signal(SIGPIPE, SIG_IGN);
  keep_the_status_of_children();
  Plan plan;
  plan.arrange_files(request);
  plan.arrange_signals(request.session);
  return plan.carry_out(request);
}

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

}  // namespace sluice
