// SPDX-License-Identifier: Apache-2.0
#include "finding/older.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice {

namespace {

constexpr std::size_t most_rows = 1000;

std::string
place_of(const Location& where)
{
  return where.begin.line == 0 ? where.path : fmt::format("{}:{}", where.path, where.begin.line);
}

/// Its first line, or as much of it as a cell has room for, up to a blank.
std::string
shortened(std::string_view message)
{
  constexpr std::size_t most = 120;
  message = message.substr(0, message.find('\n'));
  if (message.size() <= most) {
    return std::string(message);
  }
  return std::string(message.substr(0, message.rfind(' ', most))) + " …";
}

}  // namespace

bool
was_there_before(const Judged& judged)
{
  return judged.disposition == Disposition::baselined || judged.disposition == Disposition::older;
}

std::optional<Section>
older_section(std::span<const Judged> judged)
{
  Table table{{"severity", "rule", "place", "what", "fingerprint"}, {}};
  std::size_t count = 0;
  for (const Judged& each : judged) {
    if (each.disposition == Disposition::older && ++count <= most_rows) {
      constexpr std::size_t shown_digits = 12;
      table.rows.push_back({std::string(name_of(each.severity)), std::string(each.finding.rule->id),
                            place_of(each.finding.where), shortened(each.finding.message),
                            each.finding.fingerprint.hex.substr(0, shown_digits)});
    }
  }
  if (count == 0) {
    return std::nullopt;
  }
  std::string note = fmt::format(
      "{} there before this change and {} not brought by it: a run over the whole repository tells of {}",
      counted(count, "finding was", "findings were"), count == 1 ? "was" : "were", count == 1 ? "it" : "them");
  if (count > most_rows) {
    note += fmt::format("; the first {} are listed", with_thousands(most_rows));
  }
  return Section{"There before this change", std::move(note), std::move(table)};
}

}  // namespace sluice
