// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <sys/types.h>

namespace sluice {

/// Makes SIGINT, SIGTERM and SIGHUP remove what is registered below and stop the children that are, before they end the
/// process as they would have. A signal that is ignored (nohup) stays ignored. Groups of processes have `grace` to end,
/// less if there is a second interruption.
void clean_up_when_interrupted(std::chrono::milliseconds grace = std::chrono::seconds(5));

/// Does not return once an interruption has begun, which then is about to end the process from another thread: who sees
/// a child end must not take that for the child's own doing.
void stay_if_interrupted();

/// A file that is removed if the process is interrupted while this object lives.
class TemporaryName
{
public:
  explicit TemporaryName(std::string path);
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;
  ~TemporaryName();

  [[nodiscard]] const std::string&
  path() const
  {
    return path_;
  }

private:
  std::string path_;
  std::atomic<const char*>* slot_ = nullptr;  ///< null: all are taken
};

/// A child process that gets a SIGTERM if this process is interrupted while this object lives. Of a group every process
/// does, and later a SIGKILL.
class RegisteredChild
{
public:
  enum class Reach {
    process,
    group,  ///< which the child leads
  };
  explicit RegisteredChild(pid_t child, Reach reach = Reach::process);
  RegisteredChild(const RegisteredChild&) = delete;
  RegisteredChild& operator=(const RegisteredChild&) = delete;
  ~RegisteredChild();

private:
  std::atomic<pid_t>* slot_ = nullptr;
};

}  // namespace sluice
