// SPDX-License-Identifier: Apache-2.0
#include "env/value_rules.hpp"

#include "base/text.hpp"
#include "env/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Of the bundlers' own documentation. What the platforms add themselves (`NEXT_PUBLIC_VERCEL_URL`) holds no secret.
constexpr std::array<std::string_view, 14> client_prefixes{
    "NEXT_PUBLIC_", "VITE_", "PUBLIC_",    "NUXT_PUBLIC_",   "GATSBY_", "REACT_APP_",     "VUE_APP_",
    "EXPO_PUBLIC_", "WXT_",  "STORYBOOK_", "PLASMO_PUBLIC_", "NG_APP_", "RSPACK_PUBLIC_", "RSBUILD_PUBLIC_"};

}  // namespace

std::string
title_of(const ValueContext& value)
{
  if (value.file.source.path().empty()) {
    return fmt::format("{} of this process's environment", printable(value.key));
  }
  return value.file.environment.empty()
             ? printable(value.key)
             : fmt::format("{} of {}", printable(value.key), printable(value.file.environment));
}

bool
is_secret(const Survey& survey, std::string_view name)
{
  const auto wanted = survey.wanted.find(name);
  if (wanted != survey.wanted.end() && wanted->second.item.exposure != Exposure::unsaid) {
    return wanted->second.item.exposure == Exposure::sensitive;
  }
  return is_secret_name(name) && !is_public_name(name);
}

bool
is_secret(const ValueContext& value)
{
  return is_secret(value.survey, value.key);
}

bool
has_word(std::string_view name, std::initializer_list<std::string_view> words)
{
  const std::vector<std::string> of_name = words_of_name(name);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return std::find(of_name.begin(), of_name.end(), word) != of_name.end();
  });
}

std::optional<std::string_view>
value_beside(const DotenvFile& file, std::string_view key)
{
  const Entry* entry = find_entry(file.reading(), key);
  if (entry == nullptr || !entry->value || entry->value->empty()) {
    return std::nullopt;
  }
  return *entry->value;
}

bool
is_no_real_value(const ValueContext& value)
{
  return is_placeholder(value) || publisher_of(value).has_value();
}

bool
is_of_origins(std::string_view name)
{
  return has_word(name, {"redirect", "redirects", "callback", "cors", "origin", "origins", "site", "csrf"})
         && !has_word(name, {"secret", "token", "key", "name", "id"});
}

bool
is_client_name(const Survey& survey, std::string_view name)
{
  const auto begins = [name](std::string_view prefix) { return !prefix.empty() && name.starts_with(prefix); };
  const auto& own = survey.options->client_prefixes;
  return std::any_of(client_prefixes.begin(), client_prefixes.end(), begins)
         || std::any_of(own.begin(), own.end(), begins);
}

}  // namespace sluice::env
