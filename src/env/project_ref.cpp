// SPDX-License-Identifier: Apache-2.0
#include "env/project_ref.hpp"

#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/url.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

/// Supabase's own are twenty letters; what stands for one in a document is shorter.
std::string
ref_or_nothing(std::string_view text)
{
  constexpr std::size_t max_label = 63;
  const bool is_label = !text.empty() && text.size() <= max_label && std::all_of(text.begin(), text.end(), [](char c) {
    return is_lower(c) || is_digit(c) || c == '-';
  });
  return is_label && text.find("your") == std::string_view::npos ? std::string(text) : std::string();
}

}  // namespace

std::string
project_in_url(std::string_view value)
{
  const auto url = url_of(value);
  if (!url || url->hosts.empty()) {
    return {};
  }
  const std::string host = to_lower(url->hosts.front());
  std::string_view rest = host;
  if (rest.ends_with(".pooler.supabase.com")) {
    const std::size_t dot = url->user.find('.');
    return dot == std::string_view::npos ? std::string() : ref_or_nothing(url->user.substr(dot + 1));
  }
  if (!rest.ends_with(".supabase.co") && !rest.ends_with(".supabase.in")) {
    return {};
  }
  rest = rest.substr(0, rest.rfind(".supabase."));
  return ref_or_nothing(rest.substr(rest.rfind('.') + 1));
}

std::string
project_of(std::string_view name, std::string_view value)
{
  if (std::string ref = project_in_url(value); !ref.empty()) {
    return ref;
  }
  if (const auto jwt = read_jwt(value)) {
    return ref_or_nothing(jwt->ref);
  }
  return name.ends_with("PROJECT_REF") || name == "SUPABASE_PROJECT_ID" ? ref_or_nothing(value) : std::string();
}

}  // namespace sluice::env
