// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/invocation.hpp"
#include "config/common_options.hpp"
#include "gate/input.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace sluice::cli {

/// How far a gate is.
struct Advance
{
  std::uint64_t done = 0;
  std::uint64_t total = 0;  ///< 0: not known
};

/// "1,234 of 5,678 (21 %)", "1,234"
[[nodiscard]] std::string text_of(Advance advance);

/// A line of a program's standard error that tells another program of ours how far it is, and back.
[[nodiscard]] std::string progress_line(Advance advance);
[[nodiscard]] std::optional<Advance> parse_progress_line(std::string_view line);

/// Calls `show` from the second second on, five times a second, until the object goes; then `finish` if it was shown.
class Ticker
{
public:
  Ticker(std::function<void()> show, std::function<void()> finish);
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  ~Ticker();

private:
  void run();

  std::function<void()> show_, finish_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

/// Shows a gate's progress as the options ask; null where nothing is to be shown.
[[nodiscard]] std::unique_ptr<Ticker> show_progress(const gate::Progress& progress,
                                                    const config::CommonOptions& options, const Invocation& invocation);

}  // namespace sluice::cli
