// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <ostream>

namespace sluice::cli {

Progress::Progress(std::ostream& err, std::string label, Display display)
    : err_(err),
      label_(std::move(label))
{
  if (display == Display::on) {
    thread_ = std::thread([this] { show(); });
  }
}

Progress::~Progress()
{
  if (thread_.joinable()) {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
}

void
Progress::show()
{
  std::unique_lock lock(mutex_);
  auto pause = std::chrono::milliseconds(1000);
  bool is_shown = false;
  while (!wake_.wait_for(lock, pause, [this] { return done_; })) {
    pause = std::chrono::milliseconds(200);
    is_shown = true;
    err_ << fmt::format("\r\x1b[K{}: {} objects examined", label_, with_thousands(counter_.load())) << std::flush;
  }
  if (is_shown) {
    err_ << "\r\x1b[K" << std::flush;
  }
}

}  // namespace sluice::cli
