// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/environment.hpp"
#include "promote/hook.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
namespace sluice::promote {
struct HookCall
{
  std::string step;
  std::map<std::string, std::string> variables;
  const Environment* process = nullptr;
  std::filesystem::path directory;
  std::function<bool()> tick;
  std::function<void(std::string_view)> on_line;
};
struct HookOutcome
{
  enum class End { succeeded, failed, timed_out, signalled, stopped, not_found } end = End::succeeded;
  int status = 0;
  std::chrono::milliseconds duration{};
  std::string output, excerpt, why;
};
[[nodiscard]] HookOutcome run_hook(const Hook&, const HookCall&);
[[nodiscard]] std::optional<std::string> missing_program(const Hook&, const Environment&, const std::filesystem::path&);
}  // namespace sluice::promote
