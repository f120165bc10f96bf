// SPDX-License-Identifier: Apache-2.0
#include "env/url.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "env/host.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sluice::env {

namespace {

constexpr std::size_t max_hosts = 64;
constexpr std::string_view jdbc = "jdbc:";

bool
is_scheme(std::string_view text)
{
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || is_any_of(c, "+-.:_");
  });
}

struct Place
{
  std::string_view host;  ///< of "[::1]:80" what is in the brackets
  std::string_view port;  ///< what follows the first colon
  bool is_bracketed = false;
  bool is_whole = true;  ///< the bracket closes, and a port or nothing follows it
};

Place
place_of(std::string_view text)
{
  const bool is_bracketed = text.starts_with('[');
  const std::size_t end = is_bracketed ? text.find(']') : text.find(':');
  if (is_bracketed && end == std::string_view::npos) {
    return {.is_bracketed = true, .is_whole = false};
  }
  const std::string_view host = is_bracketed ? text.substr(1, end - 1) : text.substr(0, end);
  const std::string_view rest = text.substr(std::min(text.size(), is_bracketed ? end + 1 : end));
  return {.host = host,
          .port = rest.substr(std::min<std::size_t>(rest.size(), 1)),
          .is_bracketed = is_bracketed,
          .is_whole = rest.empty() || rest.front() == ':'};
}

bool
has_valid_port(const Place& place)
{
  return place.is_whole && (place.port.empty() || number_of<std::uint16_t>(place.port));
}

bool
have_valid_ports(std::string_view places)
{
  const auto all = split(places, ',');
  return std::all_of(all.begin(), all.end(), [](std::string_view each) { return has_valid_port(place_of(each)); });
}

void
add_hosts(std::string_view places, std::vector<std::string_view>& hosts)
{
  for (const std::string_view each : split(places, ',')) {
    const std::string_view host = place_of(each).host;
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

/// Where user and hosts end. A slash, a question mark or a hash sign ends them, but for one in a password that nobody
/// escaped: what is in front of it is then no host with a port, and an "@" follows.
std::size_t
authority_end(std::string_view rest)
{
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::size_t at = rest.find('@', end);
  return at == std::string_view::npos || rest.substr(0, end).find('@') != std::string_view::npos
                 || have_valid_ports(rest.substr(0, end))
             ? end
             : std::min(rest.find_first_of("/?#", at), rest.size());
}

}  // namespace

std::optional<Url>
url_of(std::string_view value)
{
  const std::size_t mark = value.find("://");
  const bool has_blank = std::any_of(value.begin(), value.end(), [](char c) { return is_blank(c) || c == '\x7f'; });
  if (mark == std::string_view::npos || has_blank || !is_scheme(value.substr(0, mark))) {
    return std::nullopt;
  }
  Url url;
  url.scheme = to_lower(value.substr(0, mark));
  std::string_view rest = value.substr(mark + 3);
  url.places = rest.substr(0, authority_end(rest));
  rest.remove_prefix(url.places.size());
  if (const std::size_t at = url.places.rfind('@'); at != std::string_view::npos) {
    const std::string_view who = url.places.substr(0, at);
    const std::size_t colon = who.find(':');
    url.has_user = true;
    url.user = who.substr(0, colon);
    url.password = colon == std::string_view::npos ? std::string_view() : who.substr(colon + 1);
    url.places.remove_prefix(at + 1);
  }
  add_hosts(url.places, url.hosts);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t question = rest.find('?');
  url.path = rest.substr(0, question);
  url.query = question == std::string_view::npos ? std::string_view() : rest.substr(question + 1);
  return url;
}

bool
is_well_formed(const Url& url)
{
  return url.scheme.find('_') == std::string::npos && have_valid_ports(url.places);
}

bool
has_valid_hosts(const Url& url)
{
  const auto all = split(url.places, ',');
  return std::all_of(all.begin(), all.end(), [](std::string_view each) {
    const Place place = place_of(each);
    return place.is_bracketed ? is_ipv6(place.host) : is_host(place.host);
  });
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
  if (const auto url = url_of(value); url && value.find("://") == value.rfind("://")) {
    return url->hosts;
  }
  std::vector<std::string_view> hosts;
  for (const std::string_view part : split(value, ',')) {
    const std::string_view text = trim(part);
    if (const auto url = url_of(text)) {
      hosts.insert(hosts.end(), url->hosts.begin(), url->hosts.end());
    } else if (is_host_with_port(text) || (bare == Bare::yes && (is_host_text(text) || text == "::1"))) {
      hosts.push_back(text == "::1" ? text : place_of(text).host);
    }
    if (hosts.size() >= max_hosts) {
      break;
    }
  }
  return hosts;
}

DatabaseKind
database_kind(std::string_view scheme)
{
  const std::string_view engine = scheme.starts_with(jdbc) ? scheme.substr(jdbc.size()) : scheme;
  const std::string_view base = engine.substr(0, engine.find('+'));
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
