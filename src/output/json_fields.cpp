// SPDX-License-Identifier: Apache-2.0
#include "output/json_fields.hpp"

#include "base/hash.hpp"
#include "output/escape.hpp"
#include "output/report_parts.hpp"

namespace sluice::output {

void
Fields::refuse(std::string_view key, std::string_view why) const
{
  if (problem_.empty()) {
    problem_ = fmt::format("{}{}{}: {}", path_, path_.empty() || key.empty() ? "" : ".", key, why);
  }
}

std::string
Fields::text(std::string_view key) const
{
  return text_of(value(key), key);
}

std::uint64_t
Fields::number(std::string_view key, std::uint64_t most) const
{
  const auto found = value(key).natural();
  if (!found || *found > most) {
    refuse(key, fmt::format("expected a whole number from 0 to {}", most));
    return 0;
  }
  return *found;
}

bool
Fields::boolean(std::string_view key) const
{
  const auto found = value(key).boolean();
  if (!found) {
    refuse(key, "expected true or false");
  }
  return found.value_or(false);
}

std::string
Fields::kebab(std::string_view key) const
{
  std::string name = text(key);
  if (!is_kebab(name)) {
    refuse(key, "expected lower-case letters, digits and hyphens");
  }
  return name;
}

bool
Fields::has(std::string_view key) const
{
  return json_.find(key) != nullptr;
}

bool
Fields::is_null(std::string_view key) const
{
  return value(key).is_null();
}

Fields
Fields::object(std::string_view key) const
{
  return {value(key), path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key), problem_};
}

std::string
Fields::own_text() const
{
  return text_of(json_, "");
}

std::string
Fields::own_kebab() const
{
  std::string name = own_text();
  if (!is_kebab(name)) {
    refuse("", "expected lower-case letters, digits and hyphens");
  }
  return name;
}

const Json&
Fields::value(std::string_view key) const
{
  const Json& found = json_[key];
  if (found.is_null() && !has(key)) {
    refuse(key, "is missing");
  }
  return found;
}

std::string
Fields::text_of(const Json& found, std::string_view key) const
{
  if (const std::string* text = found.text()) {
    return *text;
  }
  if (const std::string* base64 = found["base64"].text()) {
    if (auto bytes = from_base64(*base64)) {
      return std::move(*bytes);
    }
  }
  refuse(key, "expected a text");
  return {};
}

std::string
Fields::not_among(std::string_view name, std::string_view names)
{
  return fmt::format("expected one of {}, not {}", names, plain(name, 100));
}

}  // namespace sluice::output
