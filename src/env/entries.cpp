// SPDX-License-Identifier: Apache-2.0
#include "env/entries.hpp"

#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

/// Of all values of a file that references made: each may be as large as `max_value_bytes`, but not every one.
constexpr std::size_t max_bytes_made = 64 * max_value_bytes;

}  // namespace

void
Entries::add(Entry entry)
{
  last_.insert_or_assign(entry.key, entries_.size());
  entries_.push_back(std::move(entry));
}

bool
Entries::add(Entry entry, Expansion expansion, std::string_view text, Refusal& refusal)
{
  if (expansion.expands) {
    bytes_made_ += expansion.value.size();
    if (expansion.value.size() > std::max(max_value_bytes, entry.value_at.size()) || bytes_made_ > max_bytes_made) {
      expansion.refusal = too_large;
    }
  }
  if (expansion.refusal != nullptr) {
    refusal = {line_of(text, entry.key_at.begin), expansion.refusal};
    return false;
  }
  entry.executes = expansion.executes;
  entry.expands = expansion.expands;
  if (!expansion.executes) {
    entry.value = std::move(expansion.value);
  }
  add(std::move(entry));
  return true;
}

const Entry*
Entries::in_file(std::string_view key) const
{
  const auto found = last_.find(key);
  return found == last_.end() ? nullptr : &entries_[found->second];
}

const std::string*
Entries::outside(std::string_view key) const
{
  const auto found = outer_.find(key);
  return found == outer_.end() ? nullptr : &found->second;
}

Reading
Entries::take() &&
{
  return {std::move(entries_), std::nullopt};
}

Reading
refused(std::string_view text, std::size_t at, std::string why)
{
  return {{}, Refusal{line_of(text, at), std::move(why)}};
}

std::uint32_t
line_of(std::string_view text, std::size_t at)
{
  std::uint32_t line = 1;
  for (std::size_t end = find_line_end(text, 0); end < std::min(at, text.size()); end = find_line_end(text, end)) {
    end += line_end_at(text, end);
    line += end <= at ? 1 : 0;
  }
  return line;
}

}  // namespace sluice::env
