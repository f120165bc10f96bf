// SPDX-License-Identifier: Apache-2.0
#include "env/jwt.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

#include <chrono>
#include <vector>

namespace sluice::env {

namespace {

constexpr std::int64_t max_moment = 253'402'300'799;  ///< the last second of 9999, and before 1970 as many

std::optional<Json>
object_in(std::string_view part)
{
  const auto bytes = from_base64(part);
  if (!bytes || !bytes->starts_with('{')) {
    return std::nullopt;
  }
  const auto json =
      Json::parse(*bytes, {.depth = 8, .bytes = max_jwt_bytes, .duplicates = JsonLimits::Duplicates::last_wins});
  return json && json->is_object() ? std::optional(*json) : std::nullopt;
}

std::string
text_at(const Json& object, std::string_view key)
{
  const std::string* text = object[key].text();
  return text == nullptr ? std::string() : *text;
}

std::optional<std::int64_t>
moment_at(const Json& object, std::string_view key)
{
  const auto number = object[key].real();
  const bool is_moment =
      number && *number >= -static_cast<double>(max_moment) && *number <= static_cast<double>(max_moment);
  return is_moment ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

std::int64_t
day_number(Date date)
{
  const std::chrono::year_month_day day{std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  return std::chrono::sys_days(day).time_since_epoch().count();
}

}  // namespace

std::optional<Jwt>
read_jwt(std::string_view value)
{
  if (value.size() > max_jwt_bytes || !value.starts_with("ey")) {
    return std::nullopt;
  }
  const std::vector<std::string_view> parts = split(value, '.');
  if (parts.size() != 3 || parts[2].empty() || !object_in(parts[0])) {
    return std::nullopt;
  }
  const auto claims = object_in(parts[1]);
  if (!claims) {
    return std::nullopt;
  }
  return Jwt{text_at(*claims, "iss"), text_at(*claims, "role"), text_at(*claims, "ref"), moment_at(*claims, "iat"),
             moment_at(*claims, "exp")};
}

std::int64_t
days_between(Date from, Date to)
{
  return day_number(to) - day_number(from);
}

std::int64_t
days_until(Date day, std::int64_t moment)
{
  return std::chrono::floor<std::chrono::days>(std::chrono::seconds(moment)).count() - day_number(day);
}

}  // namespace sluice::env
