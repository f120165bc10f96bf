// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "base/json.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::output {

/// An object of a document that nobody vouches for. Remembers the first thing that is wrong, with its place, and gives
/// out empty values from then on, so that readers can be lists of fields.
class Fields
{
public:
  /// `json` and `problem` must outlive this.
  Fields(const Json& json, std::string path, std::string& problem)
      : json_(json),
        path_(std::move(path)),
        problem_(problem)
  {}

  /// Notes what is wrong with a member, or with this value itself where `key` is empty.
  void refuse(std::string_view key, std::string_view why) const;

  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::uint64_t number(std::string_view key,
                                     std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;
  [[nodiscard]] bool boolean(std::string_view key) const;
  /// What programs match and commands are made of: lower-case letters, digits and hyphens.
  [[nodiscard]] std::string kebab(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] bool is_null(std::string_view key) const;
  [[nodiscard]] Fields object(std::string_view key) const;

  template<NamedEnum E>
  [[nodiscard]] E
  named(std::string_view key) const
  {
    const std::string name = text(key);
    const std::optional<E> found = from_name<E>(name);
    if (!found) {
      refuse(key, not_among(name, fmt::format("{}", fmt::join(EnumNames<E>::names, ", "))));
    }
    return found.value_or(E{});
  }

  template<NamedEnum E>
  [[nodiscard]] std::optional<E>
  optional_named(std::string_view key) const
  {
    return is_null(key) ? std::nullopt : std::optional(named<E>(key));
  }

  /// What `read` makes of each item, which it is given as Fields; ends at the first problem.
  template<typename Read>
  [[nodiscard]] auto
  list(std::string_view key, Read read) const
  {
    return object(key).own_list(read);
  }

  /// The same of this value itself.
  template<typename Read>
  [[nodiscard]] auto
  own_list(Read read) const
  {
    std::vector<decltype(read(*this))> items;
    if (!json_.is_array()) {
      refuse("", "expected a list");
      return items;
    }
    for (std::size_t i = 0; i < json_.size() && problem_.empty(); ++i) {
      items.push_back(read(Fields(json_[i], fmt::format("{}[{}]", path_, i), problem_)));
    }
    return items;
  }

  /// This value itself.
  [[nodiscard]] std::string own_text() const;
  [[nodiscard]] std::string own_kebab() const;

private:
  [[nodiscard]] const Json& value(std::string_view key) const;
  [[nodiscard]] std::string text_of(const Json& found, std::string_view key) const;
  [[nodiscard]] static std::string not_among(std::string_view name, std::string_view names);

  const Json& json_;
  std::string path_;
  std::string& problem_;
};

}  // namespace sluice::output
