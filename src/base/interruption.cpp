// SPDX-License-Identifier: Apache-2.0
//
// A handler may call few functions and take no lock, so what it needs lies in slots of fixed number that are filled and
// emptied by single atomic writes. Who finds no free slot goes unregistered: a file that stays behind after Ctrl-C is
// better than a file that cannot be written.
#include "base/interruption.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sluice {

namespace {

std::array<std::atomic<const char*>, 64> files;
/// Of a group the negative of its id, as kill() has it.
std::array<std::atomic<pid_t>, 64> children;
std::atomic<int> interruptions;
std::atomic<std::chrono::milliseconds::rep> grace_of_groups;
static_assert(std::atomic<int>::is_always_lock_free
              && std::atomic<std::chrono::milliseconds::rep>::is_always_lock_free);
static_assert(std::atomic<const char*>::is_always_lock_free && std::atomic<pid_t>::is_always_lock_free);

template<typename T, std::size_t N>
std::atomic<T>*
take_slot(std::array<std::atomic<T>, N>& slots, T value)
{
  for (std::atomic<T>& slot : slots) {
    T empty{};
    if (slot.compare_exchange_strong(empty, value)) {
      return &slot;
    }
  }
  return nullptr;
}

void
stop_children()
{
  for (const auto& child : children) {
    if (const pid_t id = child.load(); id != 0) {
      ::kill(id, SIGTERM);
    }
  }
}

void
kill_groups()
{
  for (const auto& child : children) {
    if (const pid_t id = child.load(); id < 0) {
      ::kill(id, SIGKILL);
    }
  }
}

bool
is_a_group_alive()
{
  return std::any_of(children.begin(), children.end(), [](const auto& child) {
    const pid_t id = child.load();
    if (id >= 0) {
      return false;
    }
    // A leader that has ended keeps its group until somebody asks for its status.
    ::waitpid(id, nullptr, WNOHANG);
    return ::kill(id, 0) == 0 || errno != ESRCH;
  });
}

void
end_groups()
{
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::milliseconds(grace_of_groups.load());
  while (is_a_group_alive()) {
    if (Clock::now() >= end) {
      kill_groups();
      return;
    }
    ::poll(nullptr, 0, 20);
  }
}

extern "C" void
on_interruption(int signal)
{
  const bool is_first = interruptions.fetch_add(1) == 0;
  if (is_first) {
    stop_children();
  } else {
    kill_groups();
  }
  for (const auto& file : files) {
    if (const char* path = file.load(); path != nullptr) {
      ::unlink(path);
    }
  }
  if (is_first) {
    end_groups();
  }
  std::signal(signal, SIG_DFL);
  ::raise(signal);
  ::_exit(128 + signal);  // the first process of a container does not die of it
}

}  // namespace

void
clean_up_when_interrupted(std::chrono::milliseconds grace)
{
  grace_of_groups.store(grace.count());
  struct sigaction ours
  {};
  ours.sa_handler = on_interruption;
  ours.sa_flags = SA_NODEFER | SA_RESTART;  // who interrupts again does not want to wait
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction former
    {};
    if (::sigaction(signal, nullptr, &former) == 0 && former.sa_handler != SIG_IGN) {
      ::sigaction(signal, &ours, nullptr);
    }
  }
}

void
stay_if_interrupted()
{
  while (interruptions.load() > 0) {
    ::pause();
  }
}

TemporaryName::TemporaryName(std::string path)
    : path_(std::move(path)),
      slot_(take_slot(files, path_.c_str()))
{}

TemporaryName::~TemporaryName()
{
  if (slot_ != nullptr) {
    slot_->store(nullptr);
  }
}

RegisteredChild::RegisteredChild(pid_t child, Reach reach)
    : slot_(take_slot(children, reach == Reach::group ? -child : child))
{
  // Whoever is being interrupted in another thread may have looked at the slots already.
  if (interruptions.load() > 0) {
    ::kill(reach == Reach::group ? -child : child, reach == Reach::group ? SIGKILL : SIGTERM);
  }
}

RegisteredChild::~RegisteredChild()
{
  if (slot_ != nullptr) {
    slot_->store(0);
  }
}

}  // namespace sluice
