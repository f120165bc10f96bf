// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

enum class Tls { on, off, unsaid };

bool
says(std::string_view query, std::string_view name, std::initializer_list<std::string_view> values)
{
  const auto found = query_value(query, name);
  return found && std::find(values.begin(), values.end(), std::string_view(to_lower(*found))) != values.end();
}

Tls
tls_of(std::string_view query)
{
  const bool is_on = says(query, "sslmode", {"require", "verify-ca", "verify-full", "no-verify"})
                     || says(query, "ssl", {"true", "1", "require", "verify-full"})
                     || says(query, "ssl_mode", {"require"}) || says(query, "tls", {"true"})
                     || query_value(query, "sslrootcert") || query_value(query, "sslaccept");
  if (is_on) {
    return Tls::on;
  }
  const bool is_off = says(query, "sslmode", {"disable", "disabled", "allow", "prefer"})
                      || says(query, "ssl", {"false", "0"}) || says(query, "tls", {"false"})
                      || says(query, "ssl-mode", {"disabled"}) || says(query, "usessl", {"false"});
  return is_off ? Tls::off : Tls::unsaid;
}

bool
is_of_inner_network(const Url& url)
{
  const bool is_socket = query_value(url.query, "host").value_or("").starts_with('/') || url.hosts.empty();
  return is_socket || std::all_of(url.hosts.begin(), url.hosts.end(), [](std::string_view host) {
           return is_inner(host_kind(host));
         });
}

bool
is_said_beside(const DotenvFile& file)
{
  for (const std::string_view key :
       {"PGSSLMODE", "DB_SSLMODE", "DATABASE_SSLMODE", "DB_SSL", "DATABASE_SSL", "PGSSLROOTCERT"}) {
    const auto value = value_beside(file, key);
    if (value && to_lower(*value) != "disable" && to_lower(*value) != "prefer" && to_lower(*value) != "false") {
      return true;
    }
  }
  return false;
}

void
check_url(const ValueContext& value, const Url& url, Reporter& reporter)
{
  const DatabaseKind kind = database_kind(url.scheme);
  const bool is_sql = kind == DatabaseKind::postgres || kind == DatabaseKind::mysql || kind == DatabaseKind::mongodb;
  const Tls tls = tls_of(url.query);
  const bool is_open = tls == Tls::off || (tls == Tls::unsaid && kind == DatabaseKind::postgres);
  if (!is_sql || !is_open || is_of_inner_network(url) || (tls == Tls::unsaid && is_said_beside(value.file))) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} {}, so that what is asked and answered can be read on the way", title_of(value),
                              tls == Tls::off ? "lets the connection go unencrypted"
                                              : "does not say that the connection must be encrypted"),
       .help = kind == DatabaseKind::postgres ? "Add `sslmode=verify-full`, or at least `sslmode=require`"
                                              : "Switch TLS on in the URL",
       .severity = tls == Tls::off ? Severity::high : Severity::medium});
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  if (!is_deployed(value.stage) || is_placeholder(value)) {
    return;
  }
  if (const auto url = url_of(value.value)) {
    check_url(value, *url, reporter);
  } else if ((value.key == "PGSSLMODE" || value.key == "DB_SSLMODE" || value.key == "DATABASE_SSLMODE")
             && (value.value == "disable" || value.value == "allow" || value.value == "prefer")) {
    reporter.report(value.file, value.entry,
                    {.message = fmt::format("{} lets connections go unencrypted", title_of(value)),
                     .help = "Set `verify-full`, or at least `require`"});
  }
}

constexpr std::array<std::string_view, 1> references{"https://www.postgresql.org/docs/current/libpq-ssl.html"};
constexpr std::array<std::string_view, 1> tags{"transport"};

}  // namespace

extern const Rule rule_database_tls{
    .meta = {.id = "database-tls",
             .title = "A database connection may go unencrypted",
             .since = "0.1.0",
             .doc = {.what = R"(Finds URLs of PostgreSQL databases in files of staging and production without
`sslmode=require`, `verify-ca` or `verify-full`, and URLs of other databases that switch TLS off. Hosts of inner
networks are passed over.)",
                     .why = R"(Without it, and with `prefer`, the client goes on in plain text if whoever sits between
says that the server has no TLS: passwords and rows can be read.)",
                     .instead =
                         R"(Add `sslmode=verify-full` with the certificate of the provider. `require` encrypts and
does not tell who answers.)",
                     .known_problems = R"(A URL whose options are added in code looks as if it had none.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
