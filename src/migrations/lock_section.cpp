// SPDX-License-Identifier: Apache-2.0
#include "migrations/lock_section.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::size_t max_rows = 200;

std::vector<std::string>
row_of(const JudgedFile& file, const Executed& step, const TableLock& lock)
{
  const Position where = file.source->position(step.statement->where.begin);
  return {fmt::format("{}:{}", file.source->path(), where.line), text_of(lock.table), std::string(name_of(lock.mode)),
          std::string(blocked_by(lock.mode)), std::string(name_of(lock.length))};
}

}  // namespace

std::optional<Section>
lock_section(std::span<const JudgedFile> files)
{
  Table table{{"statement", "table", "lock", "blocks", "takes"}, {}};
  std::size_t count = 0;
  for (const JudgedFile& file : files) {
    for (const Executed& step : file.executed) {
      for (const TableLock& lock : step.locks) {
        if (++count <= max_rows) {
          table.rows.push_back(row_of(file, step, lock));
        }
      }
    }
  }
  if (count == 0) {
    return std::nullopt;
  }
  std::string note = "On tables that were there before. A transaction keeps its locks until it ends";
  if (count > max_rows) {
    note += fmt::format("; these are the first {} of {}", max_rows, with_thousands(count));
  }
  return Section{"Locks that the change takes", std::move(note), std::move(table)};
}

}  // namespace sluice::migrations
