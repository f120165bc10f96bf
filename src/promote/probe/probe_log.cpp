// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_log.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::sys_seconds;

constexpr std::size_t most_kept = 2048;
constexpr std::size_t date_length = 10;
constexpr std::size_t longest_time = 40;

std::optional<sys_seconds>
time_at_start(std::string_view line)
{
  if (!line.empty() && is_any_of(line.front(), "[\"")) {
    line.remove_prefix(1);
  }
  line = line.substr(0, longest_time);
  if (line.size() <= date_length || !is_digit(line.front()) || !is_any_of(line[date_length], "Tt ")) {
    return std::nullopt;
  }
  const std::size_t end = line.find_first_of(" \t]\"", date_length + 1);
  std::string text(line.substr(0, end));
  text[date_length] = 'T';
  const auto time = parse_rfc3339(text);
  return time ? std::optional(std::chrono::floor<std::chrono::seconds>(*time)) : std::nullopt;
}

/// The parts between the stars in their order, anything between them.
bool
holds(std::string_view line, std::string_view pattern)
{
  for (const std::string_view part : split(pattern, '*')) {
    const std::size_t at = line.find(part);
    if (at == std::string_view::npos) {
      return false;
    }
    line.remove_prefix(at + part.size());
  }
  return !pattern.empty();
}

/// Counts one entry after the other.
class Counter
{
public:
  Counter(std::span<const std::string> patterns, const LogSpan& span)
      : patterns_(patterns),
        span_(span),
        first_(span.moment - std::max(span.end - span.moment, std::chrono::seconds(0)))
  {}

  void
  add(std::string_view line)
  {
    if (const auto time = time_at_start(line)) {
      time_ = *time;
      is_counted_ = false;
      count_.begins = std::min(count_.begins.value_or(*time), *time);
    }
    if (time_ && !is_counted_ && is_error(line)) {
      is_counted_ = true;
      count(*time_, line);
    }
  }

  [[nodiscard]] LogCount
  result() &&
  {
    return std::move(count_);
  }

private:
  [[nodiscard]] bool
  is_error(std::string_view line) const
  {
    return std::any_of(patterns_.begin(), patterns_.end(),
                       [line](const std::string& pattern) { return holds(line, pattern); });
  }

  void
  count(sys_seconds time, std::string_view line)
  {
    if (time >= span_.moment) {
      ++count_.since;
      const std::size_t room = most_kept - count_.lines.size();
      count_.lines += line.size() < room ? std::string(line) + "\n" : "";
    } else if (time >= first_) {
      ++count_.before;
    }
  }

  std::span<const std::string> patterns_;
  const LogSpan& span_;
  sys_seconds first_;
  std::optional<sys_seconds> time_;  ///< of the entry
  bool is_counted_ = false;          ///< the entry is
  LogCount count_;
};

}  // namespace

LogCount
count_errors(std::string_view log, std::span<const std::string> patterns, const LogSpan& span)
{
  Counter counter(patterns, span);
  for (const std::string_view line : lines_of(log)) {
    counter.add(line);
  }
  return std::move(counter).result();
}

}  // namespace sluice::promote
