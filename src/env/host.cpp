// SPDX-License-Identifier: Apache-2.0
#include "env/host.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace sluice::env {

namespace {

constexpr std::size_t max_label_bytes = 63;

bool
is_label(std::string_view label)
{
  const auto is_inner = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
  return !label.empty() && label.size() <= max_label_bytes && label.front() != '-' && label.back() != '-'
         && std::all_of(label.begin(), label.end(), is_inner);
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

using Address = std::array<std::uint8_t, 4>;

/// Nothing if it is none, or has a part with a zero in front: some take it for octal and some do not.
std::optional<Address>
ipv4(std::string_view text)
{
  const auto parts = split(text, '.');
  Address address{};
  if (parts.size() != address.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool is_plain =
        std::all_of(parts[i].begin(), parts[i].end(), is_digit) && (parts[i].size() == 1 || !parts[i].starts_with('0'));
    const auto number = is_plain ? number_of<std::uint8_t>(parts[i]) : std::nullopt;
    if (!number) {
      return std::nullopt;
    }
    address.at(i) = *number;
  }
  return address;
}

HostKind
kind_of_address(const Address& address)
{
  const std::uint8_t first = address[0];
  const std::uint8_t second = address[1];
  if (first == 127) {
    return HostKind::loopback;
  }
  if (address == Address{0, 0, 0, 0}) {
    return HostKind::any;
  }
  if (first == 169 && second == 254) {
    // Where EC2, ECS and EKS serve metadata and credentials: right in production, and nowhere else.
    const bool is_metadata =
        address == Address{169, 254, 169, 254} || (address[2] == 170 && (address[3] == 2 || address[3] == 23));
    return is_metadata ? HostKind::elsewhere : HostKind::link_local;
  }
  const bool is_private = first == 10 || (first == 172 && second >= 16 && second < 32)
                          || (first == 192 && second == 168) || (first == 100 && second >= 64 && second < 128);
  return is_private ? HostKind::private_range : HostKind::elsewhere;
}

HostKind
kind_of_ipv6(std::string_view host)
{
  if (host == "::1") {
    return HostKind::loopback;
  }
  if (host == "::") {
    return HostKind::any;
  }
  if (host.starts_with("fe8") || host.starts_with("fe9") || host.starts_with("fea") || host.starts_with("feb")) {
    return HostKind::link_local;
  }
  return host.starts_with("fc") || host.starts_with("fd") ? HostKind::private_range : HostKind::elsewhere;
}

}  // namespace

bool
is_ipv4(std::string_view text)
{
  return ipv4(text).has_value();
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

HostKind
host_kind(std::string_view written)
{
  std::string host = to_lower(written);
  if (host.ends_with('.')) {
    host.pop_back();
  }
  if (host.find(':') != std::string::npos) {
    return kind_of_ipv6(host);
  }
  if (const auto address = ipv4(host)) {
    return kind_of_address(*address);
  }
  if (host == "localhost" || host.ends_with(".localhost") || host == "localhost.localdomain") {
    return HostKind::loopback;
  }
  if (host == "host.docker.internal" || host == "gateway.docker.internal") {
    return HostKind::docker_host;
  }
  if (host.find('.') == std::string::npos || host.ends_with(".internal") || host.ends_with(".flycast")
      || host.ends_with(".cluster.local") || host.ends_with(".svc")) {
    return HostKind::internal;
  }
  return host.ends_with(".local") ? HostKind::local_name : HostKind::elsewhere;
}

std::string_view
text_of(HostKind kind)
{
  switch (kind) {
  case HostKind::loopback:
    return "this machine alone";
  case HostKind::private_range:
    return "an address of a private network";
  case HostKind::link_local:
    return "an address that is valid on one cable";
  case HostKind::local_name:
    return "a name that only machines of one office resolve";
  case HostKind::docker_host:
    return "the machine that a container of a developer runs on";
  default:
    return "a host of an inner network";
  }
}

bool
is_inner(HostKind kind)
{
  return kind != HostKind::elsewhere;
}

}  // namespace sluice::env
