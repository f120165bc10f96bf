// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/host.hpp"
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 3> names{"emailstr", "mail", "nameemail"};
constexpr std::array<std::string_view, 1> option_names{"normalize"};

constexpr std::size_t max_local_bytes = 64;

bool
is_local_part(std::string_view text)
{
  const bool is_quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
  const auto is_fit = [](char c) { return !is_blank(c) && !is_any_of(c, "()<>[]:;@\\,\""); };
  return is_quoted
         || (!text.empty() && text.size() <= max_local_bytes && text.front() != '.' && text.back() != '.'
             && text.find("..") == std::string_view::npos && std::all_of(text.begin(), text.end(), is_fit));
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  const std::size_t at = value.rfind('@');
  if (at == std::string_view::npos || !is_local_part(value.substr(0, at))) {
    return "is not an email address";
  }
  const std::string_view domain = value.substr(at + 1);
  const bool is_name = is_domain_name(domain) && domain.find('.') != std::string_view::npos;
  return is_name || is_host(domain) ? std::nullopt : std::optional<std::string>("is not an email address");
}

}  // namespace

extern const Type type_email{.id = "email", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
