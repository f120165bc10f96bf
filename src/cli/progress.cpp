// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <ostream>

namespace sluice::cli {

namespace {

/// An information separator: nothing that a person or a library writes begins with it.
constexpr std::string_view mark = "\x1eprogress ";

std::optional<std::uint64_t>
number(std::string_view text)
{
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string
text_of(Advance advance)
{
  if (advance.total == 0 || advance.done > advance.total) {
    return with_thousands(advance.done);
  }
  return fmt::format("{} of {} ({} %)", with_thousands(advance.done), with_thousands(advance.total),
                     advance.done * 100 / advance.total);
}

std::string
progress_line(Advance advance)
{
  return fmt::format("{}{} {}\n", mark, advance.done, advance.total);
}

std::optional<Advance>
parse_progress_line(std::string_view line)
{
  if (!line.starts_with(mark)) {
    return std::nullopt;
  }
  const std::vector<std::string_view> parts = split(line.substr(mark.size()), ' ');
  const auto done = number(parts.front());
  const auto total = number(parts.back());
  return parts.size() == 2 && done && total ? std::optional(Advance{*done, *total}) : std::nullopt;
}

Ticker::Ticker(std::function<void()> show, std::function<void()> finish)
    : show_(std::move(show)),
      finish_(std::move(finish)),
      thread_([this] { run(); })
{}

Ticker::~Ticker()
{
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void
Ticker::run()
{
  std::unique_lock lock(mutex_);
  auto pause = std::chrono::milliseconds(1000);
  bool is_shown = false;
  while (!wake_.wait_for(lock, pause, [this] { return done_; })) {
    pause = std::chrono::milliseconds(200);
    is_shown = true;
    show_();
  }
  if (is_shown) {
    finish_();
  }
}

std::unique_ptr<Ticker>
show_progress(const gate::Progress& progress, const config::CommonOptions& options, const Invocation& invocation)
{
  const auto advance = [&progress] { return Advance{progress.done.load(), progress.total.load()}; };
  if (options.progress == ProgressChoice::lines) {
    return std::make_unique<Ticker>(
        [advance, &invocation] { invocation.err << progress_line(advance()) << std::flush; }, [] {});
  }
  if (options.progress == ProgressChoice::never || options.quiet || !invocation.err_is_terminal) {
    return nullptr;
  }
  return std::make_unique<Ticker>(
      [advance, &invocation] {
        invocation.err << fmt::format("\r\x1b[K{}: {} examined", invocation.program, text_of(advance())) << std::flush;
      },
      [&invocation] { invocation.err << "\r\x1b[K" << std::flush; });
}

}  // namespace sluice::cli
