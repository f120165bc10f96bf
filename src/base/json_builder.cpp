// SPDX-License-Identifier: Apache-2.0
#include "base/json_events.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sluice {

/// Makes a value of the events. What is open lies on a stack of its own, and moves into what holds it when it ends.
class JsonBuilder final : public JsonEvents
{
public:
  explicit JsonBuilder(JsonLimits::Duplicates duplicates)
      : duplicates_(duplicates)
  {}

  [[nodiscard]] Result<Json>
  finish() &&
  {
    return problem_.empty() ? Result<Json>(std::move(whole_)) : fail(ErrorKind::input, "{}", problem_);
  }

  bool
  null() override
  {
    return add(Json());
  }
  bool
  boolean(bool value) override
  {
    return add(value);
  }
  bool
  natural(std::uint64_t value) override
  {
    return add(value);
  }
  bool
  negative(std::int64_t value) override
  {
    return add(value);
  }
  bool
  real(double value) override
  {
    return add(value);
  }
  bool
  text(std::string& value) override
  {
    return add(std::move(value));
  }
  bool
  begin_object() override
  {
    open_.push_back(Json::object());
    return true;
  }
  bool
  key(std::string& name) override
  {
    std::get<Json::Members>(open_.back().value_).push_back({std::move(name), {}});
    return true;
  }
  bool
  end_object() override
  {
    return settle_duplicates(std::get<Json::Members>(open_.back().value_)) && end();
  }
  bool
  begin_array() override
  {
    open_.push_back(Json::array());
    return true;
  }
  bool
  end_array() override
  {
    return end();
  }

private:
  bool
  add(Json value)
  {
    if (open_.empty()) {
      whole_ = std::move(value);
    } else if (auto* const items = std::get_if<Json::Items>(&open_.back().value_)) {
      items->push_back(std::move(value));
    } else {
      std::get<Json::Members>(open_.back().value_).back().value = std::move(value);
    }
    return true;
  }

  bool
  end()
  {
    Json value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }

  /// Most objects have few keys, which are compared with each other; the keys of others are sorted.
  static bool
  has_duplicates(const Json::Members& members)
  {
    constexpr std::size_t few = 8;
    if (members.size() <= few) {
      for (std::size_t i = 1; i < members.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          if (members[i].key == members[j].key) {
            return true;
          }
        }
      }
      return false;
    }
    std::vector<std::string_view> keys;
    keys.reserve(members.size());
    for (const Json::Member& member : members) {
      keys.push_back(member.key);
    }
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
  }

  bool
  settle_duplicates(Json::Members& members)
  {
    if (!has_duplicates(members)) {
      return true;
    }
    if (duplicates_ == JsonLimits::Duplicates::refuse) {
      problem_ = "an object has a key twice";
      return false;
    }
    std::map<std::string, std::size_t> kept;
    Json::Members settled;
    for (Json::Member& member : members) {
      const auto [place, is_new] = kept.emplace(member.key, settled.size());
      if (is_new) {
        settled.push_back(std::move(member));
      } else {
        settled[place->second].value = std::move(member.value);
      }
    }
    members = std::move(settled);
    return true;
  }

  JsonLimits::Duplicates duplicates_;
  std::vector<Json> open_;
  Json whole_;
  std::string problem_;
};

Result<Json>
Json::parse(std::string_view text, const JsonLimits& limits)
{
  JsonBuilder builder(limits.duplicates);
  TRY(read_json(text, limits, builder));
  return std::move(builder).finish();
}

}  // namespace sluice
