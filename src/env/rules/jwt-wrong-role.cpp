// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

enum class Role { unsaid, open, service };

Role
role_of_value(std::string_view value)
{
  if (value.starts_with("sb_secret_")) {
    return Role::service;
  }
  if (value.starts_with("sb_publishable_")) {
    return Role::open;
  }
  const auto jwt = read_jwt(value);
  if (!jwt) {
    return Role::unsaid;
  }
  return jwt->role == "service_role" ? Role::service : (jwt->role == "anon" ? Role::open : Role::unsaid);
}

Role
role_of_name(std::string_view name)
{
  if (has_word(name, {"anon", "publishable"})) {
    return Role::open;
  }
  const bool is_service = has_word(name, {"service"}) && has_word(name, {"role", "key"});
  const bool is_secret = has_word(name, {"supabase"}) && has_word(name, {"secret"}) && has_word(name, {"key"});
  return is_service || is_secret ? Role::service : Role::unsaid;
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const Role wanted = role_of_name(value.key);
  const Role is = role_of_value(value.value);
  if (wanted == Role::unsaid || is == Role::unsaid || wanted == is) {
    return;
  }
  const bool is_open_name = wanted == Role::open;
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format(
           "{} is {}", title_of(value),
           is_open_name ? "the service role, which goes past every policy, and its name says that everybody may know it"
                        : "the public key, and its name says that it is the service role"),
       .help = fmt::format("Set the key in {} that its name says", printable(value.key)),
       .severity = is_open_name ? Severity::critical : Severity::medium});
}

constexpr std::array<std::string_view, 1> references{"https://supabase.com/docs/guides/api/api-keys"};
constexpr std::array<std::string_view, 1> tags{"jwt"};

}  // namespace

extern const Rule rule_jwt_wrong_role{
    .meta = {.id = "jwt-wrong-role",
             .title = "A key has another role than its name says",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Compares the `role` claim of Supabase's legacy keys (and the prefix of the new ones) with
the name of the variable: a public key that is the service role, a service key that is the public one.)",
                     .why = R"(With the service role where the public key belongs, every visitor goes past all policies.
The other way round, the server sees empty tables and no error.)",
                     .instead = R"(Set the key that the name says.)",
                     .references = references},
             .severity = Severity::critical,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
