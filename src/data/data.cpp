// SPDX-License-Identifier: Apache-2.0
#include "data/data.hpp"

#include "base/quick_hash.hpp"

#include <bit>

namespace sluice {

namespace {

constexpr std::size_t max_duplicates = 10;

}  // namespace

Value
Data::root() const
{
  return nodes_.empty() ? Value() : Value(this, nodes_.data());
}

Value
Value::operator[](std::string_view key) const
{
  Value found;
  if (is_table()) {
    for (const Value member : *this) {
      if (member.key() == key) {
        found = member;
      }
    }
  }
  return found;
}

Value
Value::item(std::size_t index) const
{
  if (is_list()) {
    for (const Value each : *this) {
      if (index-- == 0) {
        return each;
      }
    }
  }
  return {};
}

std::size_t
Value::size() const
{
  std::size_t count = 0;
  for (auto each = begin(); each != end(); ++each) {
    ++count;
  }
  return count;
}

Value::Iterator
Value::begin() const
{
  return is_table() || is_list() ? Iterator(data_, node_ + 1) : end();
}

Value::Iterator
Value::end() const
{
  return node_ == nullptr ? Iterator(nullptr, nullptr) : Iterator(data_, data_->nodes_.data() + node_->end);
}

bool
DataBuilder::begin(Data::Kind kind, std::uint32_t line)
{
  if (open_.size() >= Data::max_depth || data_.nodes_.size() >= Data::max_nodes) {
    return false;
  }
  open_.push_back(add(kind, {}, line));
  return true;
}

void
DataBuilder::end()
{
  find_duplicates();
  data_.nodes_[open_.back()].ends_at(static_cast<std::uint32_t>(data_.nodes_.size()));
  open_.pop_back();
}

std::string_view
DataBuilder::keep(std::string text)
{
  return data_.texts_.emplace_back(std::move(text));
}

void
DataBuilder::keep(std::shared_ptr<const void> owner)
{
  data_.owner_ = std::move(owner);
}

Data
DataBuilder::finish()
{
  return std::move(data_);
}

void
DataBuilder::note_duplicate(std::uint32_t index)
{
  if (data_.duplicates_.size() < max_duplicates) {
    data_.duplicates_.push_back(data_.nodes_[index].line);
  }
}

void
DataBuilder::find_duplicates()
{
  const std::uint32_t table = open_.back();
  if (data_.nodes_[table].kind != Data::Kind::table || data_.duplicates_.size() >= max_duplicates) {
    return;
  }
  // Each member sets a bit, and nearly all tables are small and have no two members of one bit.
  std::uint64_t seen = 0;
  bool may_be_twice = false;
  std::size_t members = 0;
  for (std::uint32_t i = table + 1; i < data_.nodes_.size(); i = data_.nodes_[i].end) {
    const std::uint64_t bit = std::uint64_t{1} << (quick_hash(data_.nodes_[i].key()) >> 58U);
    may_be_twice = may_be_twice || (seen & bit) != 0;
    seen |= bit;
    ++members;
  }
  if (may_be_twice) {
    compare_keys(table, members);
  }
}

/// Whether a key stood before, by one array with room between the entries: a set would allocate for each.
void
DataBuilder::compare_keys(std::uint32_t table, std::size_t members)
{
  slots_.assign(std::bit_ceil(members * 2), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t i = table + 1; i < data_.nodes_.size(); i = data_.nodes_[i].end) {
    const std::string_view key = data_.nodes_[i].key();
    std::size_t at = quick_hash(key) & mask;
    while (slots_[at] != 0 && data_.nodes_[slots_[at]].key() != key) {
      at = (at + 1) & mask;
    }
    if (slots_[at] != 0) {
      note_duplicate(i);
    } else {
      slots_[at] = i;
    }
  }
}

}  // namespace sluice
