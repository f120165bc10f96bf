// SPDX-License-Identifier: Apache-2.0
//
// A handler may call few functions and take no lock, so what it needs lies in slots of fixed number that are filled and
// emptied by single atomic writes. Who finds no free slot goes unregistered: a file that stays behind after Ctrl-C is
// better than a file that cannot be written.
#include "base/interruption.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace sluice {

namespace {

std::array<std::atomic<const char*>, 64> files;
std::array<std::atomic<pid_t>, 64> children;
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

extern "C" void
on_interruption(int signal)
{
  for (const auto& child : children) {
    if (const pid_t id = child.load(); id > 0) {
      ::kill(id, SIGTERM);
    }
  }
  for (const auto& file : files) {
    if (const char* path = file.load(); path != nullptr) {
      ::unlink(path);
    }
  }
  std::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

void
clean_up_when_interrupted()
{
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (std::signal(signal, on_interruption) == SIG_IGN) {
      std::signal(signal, SIG_IGN);
    }
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

RegisteredChild::RegisteredChild(pid_t child)
    : slot_(take_slot(children, child))
{}

RegisteredChild::~RegisteredChild()
{
  if (slot_ != nullptr) {
    slot_->store(0);
  }
}

}  // namespace sluice
