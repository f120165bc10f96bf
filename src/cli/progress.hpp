// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <iosfwd>
#include <mutex>
#include <string>
#include <thread>

namespace sluice::cli {

/// A line on a terminal that counts what was examined, shown from the second second on and wiped at the end.
class Progress
{
public:
  enum class Display { off, on };
  Progress(std::ostream& err, std::string label, Display display);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  [[nodiscard]] std::atomic<std::uint64_t>*
  counter()
  {
    return &counter_;
  }

private:
  void show();

  std::ostream& err_;
  std::string label_;
  std::atomic<std::uint64_t> counter_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace sluice::cli
