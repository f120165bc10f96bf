// SPDX-License-Identifier: Apache-2.0
//
// Read as libpq does it (conninfo_parse and conninfo_uri_parse of fe-connect.c, as the manual describes them): what
// libpq would take for a password must not be left in. A byte too many taken out only keeps a connection from being
// made.
#include "promote/probe_database.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

Failure
malformed()
{
  return fail(ErrorKind::config, "the database's address is not well formed");
}

std::string
percent_decoded(std::string_view text)
{
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (is_escape) {
      decoded += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

/// Notes a pair's password; whether it is to be left out.
Result<bool>
is_taken_out(std::string_view key, std::string value, DatabaseAddress& into)
{
  if (key == "sslpassword") {
    return fail(ErrorKind::config,
                "the database's address has sslpassword, which every user of the machine could read");
  }
  if (key != "password") {
    return false;
  }
  into.password = std::move(value);
  return true;
}

/// user:password@ before the hosts.
std::string
without_user_password(std::string_view rest, DatabaseAddress& into)
{
  const std::size_t at = rest.find('@');
  const std::string_view user = rest.substr(0, at);
  if (at == std::string_view::npos || user.find('/') != std::string_view::npos) {
    return std::string(rest);
  }
  const std::size_t colon = user.find(':');
  if (colon == std::string_view::npos) {
    return std::string(rest);
  }
  into.password = percent_decoded(user.substr(colon + 1));
  return std::string(user.substr(0, colon)) + std::string(rest.substr(at));
}

/// Whether more than one user stands before the hosts, and so, most likely, a piece of a password that nobody escaped.
bool
has_stray_at(std::string_view places)
{
  const std::size_t at = places.find('@');
  return at != std::string_view::npos && (places.find('/') < at || places.find('@', at + 1) != std::string_view::npos);
}

Result<DatabaseAddress>
of_uri(std::string_view uri)
{
  DatabaseAddress result;
  const std::size_t scheme = uri.find("://") + 3;
  const std::string rest = without_user_password(uri.substr(scheme), result);
  const std::size_t question = rest.find('?');
  result.address = std::string(uri.substr(0, scheme)) + rest.substr(0, question);
  if (has_stray_at(std::string_view(rest).substr(0, question))) {
    return fail(ErrorKind::config, "the database's address has an @ or a / that is not written as %40 or %2F");
  }
  if (question == std::string::npos) {
    return result;
  }
  std::vector<std::string> kept;
  for (const std::string_view pair : split(std::string_view(rest).substr(question + 1), '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::string value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
    TRY_ASSIGN(const bool is_out, is_taken_out(percent_decoded(pair.substr(0, equals)), std::move(value), result));
    if (!is_out) {
      kept.emplace_back(pair);
    }
  }
  result.address += kept.empty() ? "" : "?" + join(kept, "&");
  return result;
}

bool
is_space(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

void
skip_spaces(std::string_view text, std::size_t& at)
{
  while (at < text.size() && is_space(text[at])) {
    ++at;
  }
}

/// The value that begins at `at`, which is then behind it; nothing if its quotes never end.
std::optional<std::string>
take_value(std::string_view text, std::size_t& at)
{
  const bool is_quoted = at < text.size() && text[at] == '\'';
  at += is_quoted ? 1 : 0;
  std::string value;
  for (; at < text.size(); ++at) {
    if (is_quoted ? text[at] == '\'' : is_space(text[at])) {
      at += is_quoted ? 1 : 0;
      return value;
    }
    at += text[at] == '\\' && at + 1 < text.size() ? 1 : 0;
    value += text[at];
  }
  return is_quoted ? std::nullopt : std::optional(value);
}

Result<DatabaseAddress>
of_pairs(std::string_view text)
{
  DatabaseAddress result;
  std::size_t at = 0;
  for (skip_spaces(text, at); at < text.size(); skip_spaces(text, at)) {
    const std::size_t begin = at;
    const std::size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) {
      return malformed();
    }
    const std::string_view key = trim(text.substr(at, equals - at));
    at = equals + 1;
    skip_spaces(text, at);
    auto value = take_value(text, at);
    if (!value || key.find(' ') != std::string_view::npos) {
      return malformed();
    }
    TRY_ASSIGN(const bool is_out, is_taken_out(key, *std::move(value), result));
    if (!is_out) {
      result.address += (result.address.empty() ? "" : " ") + std::string(text.substr(begin, at - begin));
    }
  }
  return result;
}

}  // namespace

Result<DatabaseAddress>
without_password(std::string_view address)
{
  if (address.starts_with("postgresql://") || address.starts_with("postgres://")) {
    return of_uri(address);
  }
  if (address.find('=') == std::string_view::npos) {
    return DatabaseAddress{std::string(address), std::nullopt};
  }
  return of_pairs(address);
}

}  // namespace sluice::promote
