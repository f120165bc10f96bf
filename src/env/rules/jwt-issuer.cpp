// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

std::string_view
without_slash(std::string_view url)
{
  return url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
}

/// Whether the file names issuers of tokens and the given one is none of them. An issuer for sign-in (`OIDC_ISSUER`)
/// has nothing to do with keys that Supabase makes.
bool
is_other_than_named(const ValueContext& value, std::string_view issuer)
{
  bool is_named = false;
  for (const Entry& entry : value.file.reading().entries) {
    if (!has_word(entry.key, {"issuer"}) || !has_word(entry.key, {"jwt", "auth", "token"}) || !entry.value
        || entry.value->empty()) {
      continue;
    }
    if (without_slash(*entry.value) == without_slash(issuer)) {
      return false;
    }
    is_named = true;
  }
  return is_named;
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const auto jwt = read_jwt(value.value);
  if (!jwt || jwt->issuer.empty() || jwt->issuer == "supabase" || publisher_of(value)) {
    return;
  }
  const std::vector<std::string_view> hosts = hosts_of(jwt->issuer, Bare::no);
  const bool is_local = is_deployed(value.stage) && !hosts.empty() && host_kind(hosts.front()) == HostKind::loopback;
  if (!is_local && !is_other_than_named(value, jwt->issuer)) {
    return;
  }
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} is a token that {}", title_of(value),
                                          is_local ? "a server on the machine of a developer issued"
                                                   : "another server issued than the issuer that this file names"),
                   .help = "Take the token from the server of this environment"});
}

constexpr std::array<std::string_view, 1> references{"https://www.rfc-editor.org/rfc/rfc7519#section-4.1.1"};
constexpr std::array<std::string_view, 1> tags{"jwt"};

}  // namespace

extern const Rule rule_jwt_issuer{
    .meta = {.id = "jwt-issuer",
             .title = "A token was issued by somebody else",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Compares the `iss` claim of values that are JSON Web Tokens with the issuer that the same
file names (`JWT_ISSUER`, `AUTH_ISSUER`), and finds tokens in files of staging and production that a server on the
machine of a developer issued.)",
                     .why = R"(Whoever checks the issuer refuses the token; whoever does not check it should.)",
                     .instead = R"(Take the token from the server of this environment.)",
                     .references = references},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
