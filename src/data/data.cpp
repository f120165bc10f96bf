// SPDX-License-Identifier: Apache-2.0
#include "data/data.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

namespace sluice {

namespace {

/// Up to this many members are compared with each other; more are hashed.
constexpr std::size_t few_members = 16;

/// The length and the first bytes of a key: keys that differ nearly always differ here.
std::uint64_t
start_of(std::string_view key)
{
  std::uint64_t start = 0;
  std::memcpy(&start, key.data(), std::min(key.size(), sizeof start));
  return start ^ key.size() << 56U;
}

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
DataBuilder::find_duplicates()
{
  const Data::Node& table = data_.nodes_[open_.back()];
  if (table.kind != Data::Kind::table || data_.duplicates_.size() >= 10) {
    return;
  }
  members_.clear();
  for (std::uint32_t i = open_.back() + 1; i < data_.nodes_.size(); i = data_.nodes_[i].end) {
    members_.push_back(i);
  }
  const auto key_of = [this](std::uint32_t index) { return data_.nodes_[index].key(); };
  const auto note = [this](std::uint32_t index) {
    if (data_.duplicates_.size() < 10) {
      data_.duplicates_.push_back(data_.nodes_[index].line);
    }
  };
  if (members_.size() <= few_members) {
    std::array<std::uint64_t, few_members> starts{};
    for (std::size_t i = 0; i < members_.size(); ++i) {
      starts[i] = start_of(key_of(members_[i]));
      for (std::size_t j = 0; j < i; ++j) {
        if (starts[i] == starts[j] && key_of(members_[i]) == key_of(members_[j])) {
          note(members_[i]);
          break;
        }
      }
    }
    return;
  }
  hashes_.clear();
  for (const std::uint32_t member : members_) {
    hashes_.emplace_back(std::hash<std::string_view>()(key_of(member)), member);
  }
  std::sort(hashes_.begin(), hashes_.end());
  for (std::size_t i = 1; i < hashes_.size(); ++i) {
    if (hashes_[i].first == hashes_[i - 1].first && key_of(hashes_[i].second) == key_of(hashes_[i - 1].second)) {
      note(hashes_[i].second);
    }
  }
}

}  // namespace sluice
