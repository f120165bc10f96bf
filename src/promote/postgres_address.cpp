// SPDX-License-Identifier: Apache-2.0
#include "promote/postgres_address.hpp"

#include "base/hash.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace sluice::promote {

namespace {

using Parameters = std::map<std::string, std::string, std::less<>>;

/// Nothing if a percent sign is followed by no two digits, or they are those of NUL.
std::optional<std::string>
percent_decoded(std::string_view text)
{
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at];
      continue;
    }
    const auto byte = from_hex(text.substr(at + 1, 2));
    if (!byte || byte->size() != 1 || byte->front() == '\0') {
      return std::nullopt;
    }
    decoded += *byte;
    at += 2;
  }
  return decoded;
}

bool
put_decoded(Parameters& parameters, std::string_view keyword, std::string_view text)
{
  const auto decoded = percent_decoded(text);
  if (decoded && !decoded->empty()) {
    parameters.insert_or_assign(std::string(keyword), *decoded);
  }
  return decoded.has_value();
}

/// One of several "host:port", "[v6]:port", separated by commas.
bool
add_host(std::string_view text, std::string& hosts, std::string& ports)
{
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
  if (bracket == std::string_view::npos) {
    return false;
  }
  const std::size_t colon = text.find(':', bracket);
  std::string_view host = text.substr(0, colon);
  if (bracket > 0) {
    host = host.substr(1, bracket - 1);
  }
  const std::string_view port = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (!port.empty() && !number_of<std::uint16_t>(port)) {
    return false;
  }
  hosts += host;
  ports += port;
  return true;
}

bool
read_hosts(Parameters& parameters, std::string_view text)
{
  std::string hosts;
  std::string ports;
  bool is_first = true;
  for (const std::string_view one : split(text, ',')) {
    if (!is_first) {
      hosts += ',';
      ports += ',';
    }
    is_first = false;
    if (!add_host(one, hosts, ports)) {
      return false;
    }
  }
  if (ports.find_first_not_of(',') != std::string::npos) {
    parameters.insert_or_assign("port", ports);
  }
  return put_decoded(parameters, "host", hosts);
}

bool
read_query(Parameters& parameters, std::string_view text)
{
  for (const std::string_view pair : split(text, '&')) {
    const std::size_t equals = pair.find('=');
    const auto keyword = percent_decoded(pair.substr(0, equals));
    if (equals == std::string_view::npos || !keyword || !put_decoded(parameters, *keyword, pair.substr(equals + 1))) {
      return false;
    }
  }
  return true;
}

/// What follows "postgresql://". A password with a bare '/' or '@' would be taken for a host or a name, and be told as
/// such: then this is no address.
std::optional<Parameters>
read_uri(std::string_view text)
{
  Parameters parameters;
  const std::size_t question = text.find('?');
  if (question != std::string_view::npos && !read_query(parameters, text.substr(question + 1))) {
    return std::nullopt;
  }
  text = text.substr(0, question);
  const std::size_t slash = text.find('/');
  const std::string_view database = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  std::string_view hosts = text.substr(0, slash);
  if (const std::size_t at = hosts.find('@'); at != std::string_view::npos) {
    const std::string_view person = hosts.substr(0, at);
    const std::size_t colon = person.find(':');
    hosts.remove_prefix(at + 1);
    if (!put_decoded(parameters, "user", person.substr(0, colon))
        || (colon != std::string_view::npos && !put_decoded(parameters, "password", person.substr(colon + 1)))) {
      return std::nullopt;
    }
  }
  const bool is_torn =
      database.find_first_of("@/") != std::string_view::npos || hosts.find('@') != std::string_view::npos;
  if (is_torn || !read_hosts(parameters, hosts) || !put_decoded(parameters, "dbname", database)) {
    return std::nullopt;
  }
  return parameters;
}

std::string_view
take_blanks(std::string_view text)
{
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_blank);
  return text.substr(static_cast<std::size_t>(end - text.begin()));
}

/// A value of pairs, in single quotes or not, with backslashes before what is special; takes it off the text.
std::optional<std::string>
take_value(std::string_view& text)
{
  const bool is_quoted = text.starts_with('\'');
  std::string value;
  std::size_t at = is_quoted ? 1 : 0;
  while (at < text.size() && (is_quoted ? text[at] != '\'' : !is_blank(text[at]))) {
    at += text[at] == '\\' ? 1U : 0U;
    if (at < text.size()) {
      value += text[at++];
    }
  }
  if (is_quoted && at >= text.size()) {
    return std::nullopt;
  }
  text.remove_prefix(std::min(text.size(), at + (is_quoted ? 1U : 0U)));
  return value;
}

std::optional<Parameters>
read_pairs(std::string_view text)
{
  Parameters parameters;
  for (text = take_blanks(text); !text.empty(); text = take_blanks(text)) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view keyword = trim(text.substr(0, equals));
    text = take_blanks(text.substr(equals + 1));
    auto value = take_value(text);
    if (!value) {
      return std::nullopt;
    }
    if (!value->empty()) {
      parameters.insert_or_assign(std::string(keyword), std::move(*value));
    }
  }
  return parameters;
}

/// A keyword of libpq is of these characters; what is not may be a piece of a password.
bool
has_odd_keyword(const Parameters& parameters)
{
  return std::any_of(parameters.begin(), parameters.end(), [](const auto& parameter) {
    const std::string& keyword = parameter.first;
    return keyword.empty() || !std::all_of(keyword.begin(), keyword.end(), [](char c) {
             return is_lower(c) || is_digit(c) || c == '_';
           });
  });
}

bool
is_secret(std::string_view keyword)
{
  return keyword == "password" || keyword == "sslpassword";
}

std::string
quoted_value(std::string_view value)
{
  std::string quoted = "'";
  for (const char c : value) {
    quoted += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string{c};
  }
  return quoted + "'";
}

}  // namespace

std::string_view
PostgresAddress::get(std::string_view keyword) const
{
  const auto found = parameters.find(keyword);
  return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

Result<PostgresAddress>
read_postgres_address(std::string_view text, std::string_view key, const Environment& process)
{
  if (text.starts_with('$')) {
    const std::string_view name = text.substr(1);
    text = value_of(process, name);
    if (text.empty()) {
      return fail(ErrorKind::config, "{}: the variable {} is not set", key, printable(name));
    }
  }
  std::optional<Parameters> parameters;
  for (const std::string_view scheme : {"postgresql://", "postgres://"}) {
    if (text.starts_with(scheme)) {
      parameters = read_uri(text.substr(scheme.size()));
    }
  }
  if (!parameters && text.find("://") == std::string_view::npos) {
    parameters = read_pairs(text);
  }
  if (!parameters || has_odd_keyword(*parameters) || text.find('\0') != std::string_view::npos) {
    return fail(
        ErrorKind::config,
        "{}: this is no address of PostgreSQL; it reads postgresql://USER@HOST/DATABASE, with %40 for an @ and %2F "
        "for a / of a password, or host=HOST dbname=DATABASE",
        key);
  }
  if (parameters->contains("sslpassword")) {
    return fail(ErrorKind::config, "{}: sslpassword cannot be given to a program unseen; use a key without one", key);
  }
  return PostgresAddress{std::move(*parameters)};
}

std::string
connection_words(const PostgresAddress& address)
{
  std::string words;
  for (const auto& [keyword, value] : address.parameters) {
    if (!is_secret(keyword)) {
      words += keyword + "=" + quoted_value(value) + " ";
    }
  }
  if (!address.parameters.contains("connect_timeout")) {
    words += "connect_timeout=10 ";
  }
  return words + "fallback_application_name=sluice";
}

Environment
connection_environment(const PostgresAddress& address, const Environment& process)
{
  Environment environment = process;
  if (const std::string_view password = address.get("password"); !password.empty()) {
    environment.insert_or_assign("PGPASSWORD", std::string(password));
  }
  // A host address wins over a host, and a service over every variable.
  if (!address.get("host").empty()) {
    for (const char* name : {"PGHOSTADDR", "PGSERVICE"}) {
      environment.erase(name);
    }
  }
  environment.erase("PGCLIENTENCODING");
  environment.insert_or_assign("LC_ALL", "C");
  environment.insert_or_assign("PG_COLOR", "never");
  return environment;
}

std::string
place_of(const PostgresAddress& address)
{
  const std::string_view database = address.get("dbname");
  const std::string_view host = address.get("host").empty() ? address.get("hostaddr") : address.get("host");
  const std::string_view port = address.get("port");
  std::string name = database.empty() ? "the database of its user" : printable(database);
  name += " at " + (host.empty() ? "this machine" : printable(host));
  return port.empty() ? name : name + ":" + printable(port);
}

std::string
without_secrets(std::string_view message, const PostgresAddress& address)
{
  std::string shown(message);
  for (const auto& [keyword, value] : address.parameters) {
    if (is_secret(keyword) && !value.empty()) {
      shown = replace_all(shown, value, "[password]");
    }
  }
  return shown;
}

}  // namespace sluice::promote
