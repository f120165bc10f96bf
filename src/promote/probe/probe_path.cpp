// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_path.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

namespace sluice::promote {

namespace {

constexpr std::size_t most_steps = 32;

/// Takes "[12]" off the front.
std::optional<std::size_t>
take_index(std::string_view& text)
{
  const std::size_t end = text.find(']');
  if (!text.starts_with('[') || end == std::string_view::npos || end > 8) {
    return std::nullopt;
  }
  const auto index = number_of<std::size_t>(text.substr(1, end - 1));
  text.remove_prefix(end + 1);
  return index;
}

}  // namespace

std::optional<JsonPath>
parse_path(std::string_view text)
{
  JsonPath path;
  for (std::string_view part : split(text, '.')) {
    const std::string_view name = part.substr(0, part.find('['));
    part.remove_prefix(name.size());
    if (name.find(']') != std::string_view::npos || (name.empty() && (part.empty() || !path.empty()))) {
      return std::nullopt;
    }
    if (!name.empty()) {
      path.emplace_back(std::string(name));
    }
    while (!part.empty()) {
      const auto index = take_index(part);
      if (!index) {
        return std::nullopt;
      }
      path.emplace_back(*index);
    }
  }
  return path.size() > most_steps ? std::nullopt : std::optional(std::move(path));
}

const Json*
value_at(const Json& json, const JsonPath& path)
{
  const Json* value = &json;
  for (const auto& step : path) {
    if (const auto* name = std::get_if<std::string>(&step)) {
      value = value->find(*name);
    } else {
      const std::size_t index = std::get<std::size_t>(step);
      value = index < value->items().size() ? &value->items()[index] : nullptr;
    }
    if (value == nullptr) {
      return nullptr;
    }
  }
  return value;
}

std::string
plain_text(const Json& json)
{
  return json.text() != nullptr ? *json.text() : json.dump();
}

}  // namespace sluice::promote
