// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "env/dialect.hpp"
#include "env/kinds.hpp"

#include <fmt/format.h>

namespace sluice::env {

namespace {

std::string
line_of(const Entry& entry)
{
  const std::string key = printable(entry.key);
  if (entry.executes) {
    return fmt::format("{} executes\n", key);
  }
  return entry.value ? fmt::format("{} = {}", key, json_line(*entry.value)) : fmt::format("{} (no value)\n", key);
}

}  // namespace

/// A line for each entry, in the order of the file, or "refused at line N: why". The environment is empty.
Result<std::string>
dialect_listing(std::string_view id, const std::filesystem::path& input)
{
  TRY_ASSIGN(const std::string text, read_file(input));
  const Reading reading = find_dialect(id)->read(text, {});
  if (reading.refusal) {
    return fmt::format("refused at line {}: {}\n", reading.refusal->line, reading.refusal->why);
  }
  std::string listing;
  for (const Entry& entry : reading.entries) {
    listing += line_of(entry);
  }
  return listing;
}

}  // namespace sluice::env
