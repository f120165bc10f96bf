// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/evidence/gate_asking.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <sys/statvfs.h>

namespace sluice::promote {

namespace {

/// As df(1) has it: of what others than root may use.
double
per_cent(const struct statvfs& status)
{
  const auto used = static_cast<double>(status.f_blocks - status.f_bfree);
  const double all = used + static_cast<double>(status.f_bavail);
  return all > 0 ? 100 * used / all : 100;
}

Ruling
ask(const Situation& situation, const Gate& gate)
{
  const std::filesystem::path path = situation.input.directory / gate.disk;
  struct statvfs status
  {};
  if (::statvfs(path.c_str(), &status) != 0) {
    return unseen(fmt::format("{}: cannot be looked at: {}", gate.disk, std::strerror(errno)));
  }
  const auto full = static_cast<std::int64_t>(std::ceil(per_cent(status)));
  const std::string why = fmt::format("the file system of {} is {} % full", printable(gate.disk), full);
  if (full > gate.below) {
    return {.answer = Answer::no, .why = fmt::format("{}, and may be {} %", why, gate.below), .fix = "Make room"};
  }
  return {.why = why};
}

std::vector<Ruling>
judge(const Situation& situation)
{
  return of_gates(
      situation, [](const Gate& gate) { return !gate.disk.empty(); }, ask);
}

}  // namespace

extern const Check check_disk{
    .id = "disk",
    .topic = Topic::service,
    .title = "room on the disk",
    .doc = "A gate with `disk` looks at the file system of a path on the machine that promotes, which must not be "
           "fuller than `below` per cent: a dump that finds no room is no backup.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
