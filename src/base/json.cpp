// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

const Json&
nothing()
{
  static const Json null;
  return null;
}

}  // namespace

Json::Json() noexcept = default;
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;

Json::Json(std::nullptr_t) noexcept {}

Json::Json(double value)
    : value_(value)
{}

Json::Json(std::string text)
    : value_(std::move(text))
{}

Json::Json(std::string_view text)
    : value_(std::string(text))
{}

Json::Json(const char* text)
    : value_(std::string(text))
{}

Json::Json(std::initializer_list<Given> members)
{
  Members list;
  list.reserve(members.size());
  for (const Given& member : members) {
    list.push_back({std::string(member.key_), std::move(member.value_)});
  }
  value_ = std::move(list);
}

Json::~Json()
{
  // What holds others gives them away before it goes, so that none is destroyed within another.
  std::vector<Json> pending;
  const auto take_from = [&pending](Json& json) {
    const auto take = [&pending](Json& inner) {
      if (inner.size() > 0) {
        pending.push_back(std::move(inner));
      }
    };
    if (auto* const items = std::get_if<Items>(&json.value_)) {
      std::for_each(items->begin(), items->end(), take);
    } else if (auto* const members = std::get_if<Members>(&json.value_)) {
      std::for_each(members->begin(), members->end(), [&take](Member& member) { take(member.value); });
    }
  };
  take_from(*this);
  while (!pending.empty()) {
    Json last = std::move(pending.back());
    pending.pop_back();
    take_from(last);
  }
}

Json
Json::object()
{
  Json object;
  object.value_ = Members();
  return object;
}

Json
Json::array(std::initializer_list<Json> items)
{
  Json array;
  array.value_ = Items(items);
  return array;
}

bool
Json::is_null() const
{
  return std::holds_alternative<std::monostate>(value_);
}

bool
Json::is_array() const
{
  return std::holds_alternative<Items>(value_);
}

bool
Json::is_object() const
{
  return std::holds_alternative<Members>(value_);
}

std::optional<bool>
Json::boolean() const
{
  const bool* value = std::get_if<bool>(&value_);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<std::uint64_t>
Json::natural() const
{
  const auto* value = std::get_if<std::uint64_t>(&value_);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<std::int64_t>
Json::integer() const
{
  if (const auto* negative = std::get_if<std::int64_t>(&value_)) {
    return *negative;
  }
  const auto value = natural();
  const bool fits = value && *value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return fits ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

std::optional<double>
Json::real() const
{
  if (const auto* value = std::get_if<double>(&value_)) {
    return *value;
  }
  if (const auto* negative = std::get_if<std::int64_t>(&value_)) {
    return static_cast<double>(*negative);
  }
  const auto value = natural();
  return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

const std::string*
Json::text() const
{
  return std::get_if<std::string>(&value_);
}

std::span<const Json>
Json::items() const
{
  const auto* items = std::get_if<Items>(&value_);
  return items == nullptr ? std::span<const Json>() : std::span<const Json>(*items);
}

std::span<const Json::Member>
Json::members() const
{
  const auto* members = std::get_if<Members>(&value_);
  return members == nullptr ? std::span<const Member>() : std::span<const Member>(*members);
}

std::size_t
Json::size() const
{
  return is_object() ? members().size() : items().size();
}

const Json*
Json::find(std::string_view key) const
{
  const auto all = members();
  const auto found = std::find_if(all.begin(), all.end(), [key](const Member& member) { return member.key == key; });
  return found == all.end() ? nullptr : &found->value;
}

const Json&
Json::operator[](std::string_view key) const
{
  const Json* found = find(key);
  return found == nullptr ? nothing() : *found;
}

const Json&
Json::operator[](std::size_t index) const
{
  const auto all = items();
  return index < all.size() ? all[index] : nothing();
}

Json&
Json::at(std::string_view key)
{
  if (!is_object()) {
    value_ = Members();
  }
  auto& all = std::get<Members>(value_);
  const auto found = std::find_if(all.begin(), all.end(), [key](const Member& member) { return member.key == key; });
  return found == all.end() ? all.emplace_back(Member{std::string(key), {}}).value : found->value;
}

Json&
Json::at(std::size_t index)
{
  if (!is_array()) {
    value_ = Items();
  }
  auto& all = std::get<Items>(value_);
  if (index >= all.size()) {
    all.resize(index + 1);
  }
  return all[index];
}

void
Json::push_back(Json item)
{
  if (!is_array()) {
    value_ = Items();
  }
  std::get<Items>(value_).push_back(std::move(item));
}

bool
operator==(const Json& a, const Json& b)
{
  return a.value_ == b.value_;
}

}  // namespace sluice
