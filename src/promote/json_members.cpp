// SPDX-License-Identifier: Apache-2.0
#include "promote/json_members.hpp"

#include "base/clock.hpp"

namespace sluice::promote {

std::string
text_of(const Json& json)
{
  const std::string* text = json.text();
  return text == nullptr ? std::string() : *text;
}

std::string
text_of(const Json& json, std::string_view key)
{
  return text_of(json[key]);
}

std::vector<std::string>
texts_of(const Json& list)
{
  std::vector<std::string> texts;
  for (const Json& item : list.items()) {
    if (const std::string* text = item.text()) {
      texts.push_back(*text);
    }
  }
  return texts;
}

std::optional<std::chrono::sys_seconds>
time_of(const Json& json, std::string_view key)
{
  const auto time = parse_rfc3339(text_of(json, key));
  return time ? std::optional(std::chrono::floor<std::chrono::seconds>(*time)) : std::nullopt;
}

}  // namespace sluice::promote
