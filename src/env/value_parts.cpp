// SPDX-License-Identifier: Apache-2.0
#include "env/value_parts.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sluice::env {

namespace {

constexpr std::size_t max_host_bytes = 253;
constexpr std::size_t max_hosts = 64;

bool
is_scheme(std::string_view text)
{
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || is_any_of(c, "+-.:_");
  });
}

/// Without a port; of "[::1]:80" what is in the brackets.
std::string_view
without_port(std::string_view place)
{
  if (place.starts_with('[')) {
    const std::size_t end = place.find(']');
    return end == std::string_view::npos ? std::string_view() : place.substr(1, end - 1);
  }
  return place.substr(0, place.find(':'));
}

void
add_hosts(std::string_view places, std::vector<std::string_view>& hosts)
{
  for (const std::string_view place : split(places, ',')) {
    const std::string_view host = without_port(place);
    if (!host.empty() && host.size() <= max_host_bytes && hosts.size() < max_hosts) {
      hosts.push_back(host);
    }
  }
}

bool
is_host_text(std::string_view text)
{
  return !text.empty() && text.size() <= max_host_bytes && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || is_any_of(c, "-._");
  });
}

bool
is_host_with_port(std::string_view text)
{
  const std::size_t colon = text.rfind(':');
  return colon != std::string_view::npos && number_of<std::uint16_t>(text.substr(colon + 1)).has_value()
         && (is_host_text(text.substr(0, colon)) || (text.starts_with('[') && text.find(']') == colon - 1));
}

using Address = std::array<std::uint8_t, 4>;

std::optional<Address>
ipv4(std::string_view host)
{
  const std::vector<std::string_view> parts = split(host, '.');
  Address address{};
  if (parts.size() != address.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < address.size(); ++i) {
    const auto number = number_of<std::uint8_t>(parts[i]);
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

std::optional<UrlParts>
url_parts(std::string_view value)
{
  const std::size_t mark = value.find("://");
  if (mark == std::string_view::npos || !is_scheme(value.substr(0, mark))
      || std::any_of(value.begin(), value.end(), is_blank)) {
    return std::nullopt;
  }
  UrlParts parts;
  parts.scheme = to_lower(value.substr(0, mark));
  if (parts.scheme.starts_with("jdbc:")) {
    parts.scheme.erase(0, std::string_view("jdbc:").size());
  }
  std::string_view rest = value.substr(mark + 3);
  // A password may hold any of these if nobody escaped it, and what reads it then goes by the last "@".
  const std::size_t end = rest.find_first_of("/?#", rest.find('@') == std::string_view::npos ? 0 : rest.find('@'));
  std::string_view authority = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view who = authority.substr(0, at);
    const std::size_t colon = who.find(':');
    parts.has_user = true;
    parts.user = who.substr(0, colon);
    parts.password = colon == std::string_view::npos ? std::string_view() : who.substr(colon + 1);
    authority.remove_prefix(at + 1);
  }
  add_hosts(authority, parts.hosts);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t question = rest.find('?');
  parts.path = rest.substr(0, question);
  parts.query = question == std::string_view::npos ? std::string_view() : rest.substr(question + 1);
  return parts;
}

std::optional<std::string_view>
query_value(std::string_view query, std::string_view name)
{
  for (const std::string_view pair : split(query, '&')) {
    const std::size_t equals = pair.find('=');
    if (to_lower(pair.substr(0, equals)) == to_lower(name)) {
      return equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

std::vector<std::string_view>
hosts_of(std::string_view value, Bare bare)
{
  if (const auto url = url_parts(value); url && value.find("://") == value.rfind("://")) {
    return url->hosts;
  }
  std::vector<std::string_view> hosts;
  for (const std::string_view part : split(value, ',')) {
    const std::string_view text = trim(part);
    if (const auto url = url_parts(text)) {
      hosts.insert(hosts.end(), url->hosts.begin(), url->hosts.end());
    } else if (is_host_with_port(text) || (bare == Bare::yes && (is_host_text(text) || text == "::1"))) {
      hosts.push_back(text == "::1" ? text : without_port(text));
    }
    if (hosts.size() >= max_hosts) {
      break;
    }
  }
  return hosts;
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

DatabaseKind
database_kind(std::string_view scheme)
{
  const std::string_view base = scheme.substr(0, scheme.find('+'));
  struct Row
  {
    std::string_view scheme;
    DatabaseKind kind;
  };
  constexpr std::array<Row, 13> rows{{{"postgres", DatabaseKind::postgres},
                                      {"postgresql", DatabaseKind::postgres},
                                      {"postgis", DatabaseKind::postgres},
                                      {"cockroachdb", DatabaseKind::postgres},
                                      {"mysql", DatabaseKind::mysql},
                                      {"mysql2", DatabaseKind::mysql},
                                      {"mariadb", DatabaseKind::mysql},
                                      {"mongodb", DatabaseKind::mongodb},
                                      {"redis", DatabaseKind::redis},
                                      {"rediss", DatabaseKind::redis},
                                      {"mssql", DatabaseKind::other},
                                      {"sqlserver", DatabaseKind::other},
                                      {"amqp", DatabaseKind::other}}};
  for (const Row& row : rows) {
    if (row.scheme == base) {
      return row.kind;
    }
  }
  return DatabaseKind::none;
}

}  // namespace sluice::env
