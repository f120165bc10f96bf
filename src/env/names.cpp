// SPDX-License-Identifier: Apache-2.0
#include "env/names.hpp"

#include "base/hash.hpp"
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "credentials/random_look.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 14> secret_words{
    "secret", "secrets",    "password",    "passwd", "passphrase", "pwd",       "token",
    "apikey", "credential", "credentials", "pass",   "privatekey", "secretkey", "salt"};

/// A key of these is a secret: API_KEY, PRIVATE_KEY, ENCRYPTION_KEY.
constexpr std::array<std::string_view, 12> key_words{"api",  "private", "access", "encryption", "signing", "service",
                                                     "role", "app",     "auth",   "account",    "jwt",     "license"};

/// What ends in these is about a secret and none: TOKEN_EXPIRY, PASSWORD_MIN_LENGTH, PASSWORD_RESET_URL.
constexpr std::array<std::string_view, 73> about{
    "id",       "ids",     "name",     "names",      "url",      "urls",     "uri",       "host",   "hosts",
    "port",     "expiry",  "expires",  "expiration", "ttl",      "lifetime", "length",    "size",   "path",
    "file",     "dir",     "enabled",  "disabled",   "allowed",  "required", "visible",   "type",   "mode",
    "format",   "method",  "strategy", "policy",     "count",    "limit",    "min",       "max",    "age",
    "interval", "window",  "timeout",  "rounds",     "attempts", "retries",  "algorithm", "alg",    "issuer",
    "audience", "scope",   "scopes",   "region",     "endpoint", "route",    "email",     "user",   "username",
    "prefix",   "header",  "hours",    "seconds",    "minutes",  "days",     "field",     "label",  "placeholder",
    "hint",     "pattern", "regex",    "strength",   "version",  "provider", "reset",     "signup", "login",
    "beta"};

/// A secret behind one of these is what a switch is for: DISABLE_EMAIL_PASSWORD_SIGNUP, REQUIRE_TOKEN.
constexpr std::array<std::string_view, 11> switches{"disable",  "disabled", "enable", "enabled", "allow", "require",
                                                    "required", "show",     "hide",   "skip",    "force"};

/// What nobody hands out on purpose, as tokens and keys of maps and metrics are.
constexpr std::array<std::string_view, 8> never_public{"secret",     "secrets", "password",   "passwd",
                                                       "passphrase", "private", "privatekey", "secretkey"};

constexpr std::array<std::string_view, 4> public_words{"public", "publishable", "anon", "publickey"};

/// As a digest or a key is written.
bool
is_long_hex(std::string_view text)
{
  constexpr std::size_t shortest = 12;
  constexpr std::ptrdiff_t digits = 3;  // FACADE2024 is a word
  return text.size() >= shortest && std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) >= 0; })
         && std::count_if(text.begin(), text.end(), is_digit) >= digits;
}

}  // namespace

std::vector<std::string>
words_of_name(std::string_view name)
{
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool is_break = !is_letter(name[i]) && !is_digit(name[i]);
    const bool is_hump = i > 0 && is_upper(name[i]) && is_lower(name[i - 1]);
    if ((is_break || is_hump) && !words.back().empty()) {
      words.emplace_back();
    }
    if (!is_break) {
      words.back() += to_lower(name.substr(i, 1));
    }
  }
  if (words.back().empty()) {
    words.pop_back();
  }
  return words;
}

bool
is_secret_name(std::string_view name)
{
  const std::vector<std::string> words = words_of_name(name);
  if (words.empty() || is_one_of(words.back(), about)) {
    return false;
  }
  for (std::size_t i = 0; i < words.size() && !is_one_of(words[i], switches); ++i) {
    const bool is_key = words[i] == "key" && i > 0 && is_one_of(words[i - 1], key_words);
    if (is_key || is_one_of(words[i], secret_words)) {
      return true;
    }
  }
  return false;
}

bool
is_variable_name(std::string_view key)
{
  constexpr std::size_t longest = 128;
  const bool begins = !key.empty() && (is_letter(key.front()) || key.front() == '_');
  const bool is_word = begins && key.size() <= longest && std::all_of(key.begin(), key.end(), [](char c) {
                         return is_letter(c) || is_digit(c) || is_any_of(c, "_.-");
                       });
  if (!is_word) {
    return false;
  }
  const std::vector<std::string_view> pieces = split(key, '_');
  return std::none_of(pieces.begin(), pieces.end(), [](std::string_view piece) {
    const Span random = credentials::random_piece(piece);
    return random.end > random.begin || is_long_hex(piece);
  });
}

bool
is_bare_variable_name(std::string_view key)
{
  constexpr std::size_t longest_word = 12;  // of which letters and digits stand together
  const std::vector<std::string_view> pieces = split(key, '_');
  return is_variable_name(key) && std::none_of(key.begin(), key.end(), is_lower)
         && std::none_of(pieces.begin(), pieces.end(), [](std::string_view piece) {
              return piece.size() > longest_word && std::any_of(piece.begin(), piece.end(), is_digit);
            });
}

bool
is_never_public_name(std::string_view name)
{
  const std::vector<std::string> words = words_of_name(name);
  const auto has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  if (words.empty() || is_one_of(words.back(), about) || has("publishable") || has("anon")) {
    return false;
  }
  const bool is_of_all = has("service") && has("role");
  return is_of_all || (is_secret_name(name) && std::any_of(words.begin(), words.end(), [](const std::string& word) {
                         return is_one_of(word, never_public);
                       }));
}

bool
is_public_name(std::string_view name)
{
  const std::vector<std::string> words = words_of_name(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) { return is_one_of(word, public_words); });
}

}  // namespace sluice::env
