// SPDX-License-Identifier: Apache-2.0
#include "env/written_url.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>

namespace sluice::env {

namespace {

constexpr std::size_t max_host_bytes = 253;
constexpr std::size_t max_label_bytes = 63;

bool
is_scheme(std::string_view text)
{
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || is_any_of(c, "+.-:");
  });
}

bool
is_label(std::string_view label)
{
  const auto is_inner = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
  return !label.empty() && label.size() <= max_label_bytes && label.front() != '-' && label.back() != '-'
         && std::all_of(label.begin(), label.end(), is_inner);
}

/// Parts host and port; false if the port is none.
bool
part_host(std::string_view authority, WrittenUrl& parts)
{
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  parts.host = authority;
  if (authority.find(',') != std::string_view::npos || colon == std::string_view::npos
      || (bracket != std::string_view::npos && colon < bracket)) {
    return true;
  }
  parts.host = authority.substr(0, colon);
  parts.port = authority.substr(colon + 1);
  return parts.port.empty()
         || (std::all_of(parts.port.begin(), parts.port.end(), is_digit) && number_of<std::uint16_t>(parts.port));
}

bool
is_hex_group(std::string_view group)
{
  return !group.empty() && group.size() <= 4
         && group.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// How many groups of 16 bits; nothing if one is none. `text` has no `::`.
std::optional<std::size_t>
groups_of(std::string_view text, bool may_end_in_ipv4)
{
  if (text.empty()) {
    return 0;
  }
  const auto groups = split(text, ':');
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const bool is_last = i + 1 == groups.size();
    if (is_last && may_end_in_ipv4 && is_ipv4(groups[i])) {
      return groups.size() + 1;
    }
    if (!is_hex_group(groups[i])) {
      return std::nullopt;
    }
  }
  return groups.size();
}

}  // namespace

std::optional<WrittenUrl>
written_url(std::string_view text)
{
  const std::size_t mark = text.find("://");
  const bool has_blank = std::any_of(text.begin(), text.end(), [](char c) { return is_blank(c) || c == '\x7f'; });
  if (mark == std::string_view::npos || has_blank || !is_scheme(text.substr(0, mark))) {
    return std::nullopt;
  }
  WrittenUrl parts{.scheme = text.substr(0, mark)};
  const std::string_view rest = text.substr(mark + 3);
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view authority = rest.substr(0, end);
  parts.path = rest.substr(end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    parts.user = authority.substr(0, at);
    authority = authority.substr(at + 1);
  }
  return part_host(authority, parts) ? std::optional(parts) : std::nullopt;
}

bool
is_ipv4(std::string_view text)
{
  const auto parts = split(text, '.');
  return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return !part.empty() && part.size() <= 3 && (part == "0" || part.front() != '0')
                  && std::all_of(part.begin(), part.end(), is_digit) && number_of<std::uint8_t>(part);
         });
}

bool
is_ipv6(std::string_view text)
{
  constexpr std::size_t all_groups = 8;
  const std::size_t zone = text.find('%');
  const std::string_view address = text.substr(0, zone);
  if (zone != std::string_view::npos && zone + 1 == text.size()) {
    return false;
  }
  const std::size_t gap = address.find("::");
  if (gap == std::string_view::npos) {
    return groups_of(address, true) == all_groups;
  }
  const auto before = groups_of(address.substr(0, gap), false);
  const auto after = groups_of(address.substr(gap + 2), true);
  return before && after && *before + *after < all_groups;
}

bool
is_domain_name(std::string_view text)
{
  const std::string_view name = text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
  const auto labels = split(name, '.');
  // "1.2.3.256" is a mistyped address and no name: a last label of digits alone is none (RFC 3696).
  return name.size() <= max_host_bytes && std::all_of(labels.begin(), labels.end(), is_label)
         && !std::all_of(labels.back().begin(), labels.back().end(), is_digit);
}

bool
is_host(std::string_view text)
{
  const bool is_bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  return is_bracketed ? is_ipv6(text.substr(1, text.size() - 2)) : is_ipv4(text) || is_domain_name(text);
}

}  // namespace sluice::env
