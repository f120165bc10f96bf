// SPDX-License-Identifier: Apache-2.0
#include "base/process_stat.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <array>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace sluice {

namespace {

/// A file of /proc, which is made while it is read and has no size before.
std::string
read_proc(const std::string& path)
{
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    return {};
  }
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(file, buffer.data(), buffer.size());
  ::close(file);
  return {buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
}

}  // namespace

std::optional<ProcessStat>
parse_process_stat(std::string_view text)
{
  const std::size_t opened = text.find(" (");
  const std::size_t closed = text.rfind(") ");
  if (opened == std::string_view::npos || closed == std::string_view::npos || closed < opened) {
    return std::nullopt;
  }
  // The numbers of proc(5) begin with 1, and the name is 2.
  const std::vector<std::string_view> fields = split(trim(text.substr(closed + 2)), ' ');
  constexpr std::size_t state = 0;
  constexpr std::size_t group = 5 - 3;
  constexpr std::size_t session = 6 - 3;
  constexpr std::size_t start = 22 - 3;
  if (fields.size() <= start || fields[state].size() != 1) {
    return std::nullopt;
  }
  const auto id = number_of<pid_t>(text.substr(0, opened));
  const auto group_id = number_of<pid_t>(fields[group]);
  const auto session_id = number_of<pid_t>(fields[session]);
  const auto ticks = number_of<std::uint64_t>(fields[start]);
  if (!id || !group_id || !session_id || !ticks) {
    return std::nullopt;
  }
  return ProcessStat{*id, fields[state].front(), *group_id, *session_id, *ticks};
}

std::optional<ProcessStat>
process_stat(pid_t process)
{
  return parse_process_stat(read_proc(fmt::format("/proc/{}/stat", process)));
}

bool
has_our_processes()
{
  const auto self = parse_process_stat(read_proc("/proc/self/stat"));
  return self && self->id == ::getpid();
}

}  // namespace sluice
