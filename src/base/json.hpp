// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sluice {

/// What a JSON text may be, so that hostile ones end early.
struct JsonLimits
{
  enum class Duplicates { refuse, last_wins };

  std::size_t depth = 64;                      ///< arrays and objects within each other
  std::size_t bytes = std::size_t{64} << 20U;  ///< of the text
  Duplicates duplicates = Duplicates::refuse;  ///< keys of one object
};

enum class JsonText {
  utf8,
  ascii,  ///< everything else as \uXXXX
};

/// A JSON value. Members keep their order; integers are exact from -2^63 to 2^64 - 1; a text may hold any bytes.
///
/// `Json{{"key", 1}, {"list", Json::array({1, 2})}, {"inner", {{"key", "text"}}}}`: a braced list of pairs is an
/// object, never anything else.
class Json
{
public:
  struct Member;
  class Given;
  using Items = std::vector<Json>;
  using Members = std::vector<Member>;

  // Values stand for themselves between braces: none of these is explicit.
  Json() noexcept;
  Json(std::nullptr_t) noexcept;
  template<std::same_as<bool> T> Json(T value);
  template<std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) Json(T value);
  Json(double value);
  Json(std::string text);
  Json(std::string_view text);
  Json(const char* text);
  Json(std::initializer_list<Given> members);
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  /// Takes no stack for the depth of the value; copying, comparing and dumping do.
  ~Json();

  [[nodiscard]] static Json object();
  [[nodiscard]] static Json array(std::initializer_list<Json> items = {});
  /// What `encode` makes of each.
  template<typename Range, typename Encode> [[nodiscard]] static Json array_of(const Range& range, Encode encode);
  template<typename Range> [[nodiscard]] static Json array_of(const Range& range);

  /// Errors: ErrorKind::input "not JSON (line 3, column 7)", "nested more than 64 levels deep", ….
  [[nodiscard]] static Result<Json> parse(std::string_view text, const JsonLimits& limits = {});

  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_array() const;
  [[nodiscard]] bool is_object() const;
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<std::uint64_t> natural() const;  ///< a whole number from 0
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<double> real() const;  ///< any number
  [[nodiscard]] const std::string* text() const;     ///< null pointer if it is none

  /// Items of an array, or none.
  [[nodiscard]] std::span<const Json> items() const;
  /// Members of an object in their order, or none.
  [[nodiscard]] std::span<const Member> members() const;
  /// Items or members; 0 of anything else.
  [[nodiscard]] std::size_t size() const;
  /// The member's value; null pointer if this is no object or has no such member.
  [[nodiscard]] const Json* find(std::string_view key) const;

  /// What is not there is null, so that a chain of lookups never fails.
  [[nodiscard]] const Json& operator[](std::string_view key) const;
  [[nodiscard]] const Json& operator[](std::size_t index) const;

  /// The member, made if it is not there; what was no object becomes one.
  [[nodiscard]] Json& at(std::string_view key);
  /// The item; what was no array becomes one, and a shorter one is filled with null.
  [[nodiscard]] Json& at(std::size_t index);
  void push_back(Json item);

  /// On one line without spaces, or with `indent` spaces a level. Bytes that are not UTF-8 become U+FFFD, a number that
  /// is not finite null.
  [[nodiscard]] std::string dump(std::optional<unsigned> indent = std::nullopt, JsonText form = JsonText::utf8) const;

  friend bool operator==(const Json& a, const Json& b);

private:
  /// Only what is negative is signed, so that equal numbers are equal.
  std::variant<std::monostate, bool, std::uint64_t, std::int64_t, double, std::string, Items, Members> value_;

  friend class JsonBuilder;
};

struct Json::Member
{
  std::string key;
  Json value;
  friend bool operator==(const Member& a, const Member& b) = default;
};

/// One pair of a braced list. What it holds is moved out of the list.
class Json::Given
{
public:
  Given(std::string_view key, Json value)
      : key_(key),
        value_(std::move(value))
  {}

private:
  friend class Json;
  std::string_view key_;
  mutable Json value_;
};

template<std::same_as<bool> T>
Json::Json(T value)
    : value_(value)
{}

template<std::integral T>
requires(!std::same_as<T, bool> && !std::same_as<T, char>) Json::Json(T value)
    : value_(static_cast<std::uint64_t>(value))
{
  if constexpr (std::signed_integral<T>) {
    if (value < 0) {
      value_ = static_cast<std::int64_t>(value);
    }
  }
}

template<typename Range, typename Encode>
Json
Json::array_of(const Range& range, Encode encode)
{
  Json array = Json::array();
  for (const auto& item : range) {
    array.push_back(encode(item));
  }
  return array;
}

template<typename Range>
Json
Json::array_of(const Range& range)
{
  return array_of(range, [](const auto& item) { return Json(item); });
}

}  // namespace sluice
