// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "credentials/stand_in.hpp"
#include "credentials/strength.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::size_t least_length = 32;  // RFC 7518, 3.2: a key as long as the digest of HS256
constexpr std::size_t least_password = 8;
constexpr std::uint32_t least_password_bits = 30;

/// What the program's owner makes and signs or encrypts with; what a vendor gives out is as long as the vendor likes.
bool
is_own_key(std::string_view name)
{
  return has_word(name, {"jwt", "session", "cookie", "nextauth", "signing", "encryption", "csrf", "base"})
         && has_word(name, {"secret", "key", "password", "passphrase"});
}

std::optional<std::string_view>
weakness_of(const ValueContext& value)
{
  const std::uint32_t bits = credentials::strength_bits_v1(value.value);
  if (is_own_key(value.key)) {
    if (value.value.size() < least_length) {
      return "is shorter than the 32 characters that signing and encrypting need";
    }
    return bits < credentials::weak_bits ? std::optional<std::string_view>("is long and can be guessed all the same")
                                         : std::nullopt;
  }
  const bool is_weak = value.value.size() < least_password || bits < least_password_bits;
  return is_weak ? std::optional<std::string_view>("can be found by trying what people choose") : std::nullopt;
}

bool
is_switch(std::string_view value)
{
  const std::string lower = to_lower(value);
  return lower == "true" || lower == "false" || lower == "none" || lower == "null"
         || std::all_of(value.begin(), value.end(), [](char c) { return is_digit(c); });
}

bool
is_password(std::string_view name)
{
  return has_word(name, {"password", "passwd", "passphrase", "pwd", "secret"});
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const bool is_judged =
      is_deployed(value.stage) && is_secret(value) && (is_own_key(value.key) || is_password(value.key));
  const bool is_number_of_something = is_switch(value.value) && !is_password(value.key);
  if (!is_judged || is_number_of_something || is_no_real_value(value) || url_of(value.value)
      || credentials::is_stand_in(value.value)) {
    return;
  }
  if (const auto weakness = weakness_of(value)) {
    reporter.report(value.file, value.entry,
                    {.message = fmt::format("{} {}", title_of(value), *weakness),
                     .help = fmt::format("Make another one for {} of random bytes", printable(value.key))});
  }
}

constexpr std::array<std::string_view, 2> references{
    "https://www.rfc-editor.org/rfc/rfc7518#section-3.2",
    "https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html"};
constexpr std::array<std::string_view, 1> tags{"secret"};

}  // namespace

extern const Rule rule_weak_secret{
    .meta = {.id = "weak-secret",
             .title = "A secret can be guessed",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Measures secrets of deployed environments, by their names or by the schema. What a program
signs or encrypts with must have 32 characters and could not be found by trying; a password must not be short or made of
a word and a number.)",
                     .why = R"(A token that is signed with a weak secret gives the secret away to whoever tries words
against it, without asking the server.)",
                     .instead = R"(Make it of random bytes: `openssl rand -base64 48`.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::medium,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
