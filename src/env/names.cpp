// SPDX-License-Identifier: Apache-2.0
#include "env/names.hpp"

#include "base/one_of.hpp"
#include "base/text.hpp"

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

/// What ends in these is about a secret and none: TOKEN_EXPIRY, PASSWORD_MIN_LENGTH, SECRET_NAME.
constexpr std::array<std::string_view, 33> about{
    "id",     "name",      "url",     "uri",     "host",   "port",     "expiry", "expires", "ttl",
    "length", "size",      "path",    "file",    "dir",    "enabled",  "type",   "count",   "limit",
    "age",    "algorithm", "alg",     "issuer",  "region", "endpoint", "email",  "user",    "username",
    "prefix", "header",    "seconds", "minutes", "days",   "field"};

constexpr std::array<std::string_view, 4> public_words{"public", "publishable", "anon", "publickey"};

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
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_key = words[i] == "key" && i > 0 && is_one_of(words[i - 1], key_words);
    if (is_key || is_one_of(words[i], secret_words)) {
      return true;
    }
  }
  return false;
}

bool
is_public_name(std::string_view name)
{
  const std::vector<std::string> words = words_of_name(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) { return is_one_of(word, public_words); });
}

}  // namespace sluice::env
