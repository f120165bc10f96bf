// SPDX-License-Identifier: Apache-2.0
//
// Text that stands for a value until somebody replaces it. What is random is never taken for it, and neither is a host
// below example.com, for too many tests and documents have one that is right where it is.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/names.hpp"
#include "env/value_rules.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::size_t most_looked_at = 512;

constexpr std::array<std::string_view, 24> whole{
    "changeme",  "change-me",   "change_me",  "changethis",   "change-this", "change_this",
    "replaceme", "replace-me",  "replace_me", "replacethis",  "todo",        "tbd",
    "fixme",     "placeholder", "...",        "\xe2\x80\xa6", "xxx",         "new-key",
    "key-here",  "secret-here", "!changeme!", "fill-me-in",   "fillmein",    "to-be-defined"};

/// At the beginning, or behind something that is neither letter nor digit.
constexpr std::array<std::string_view, 26> marks{
    "your-",       "your_",       "your key",     "your api",     "your secret",  "your password", "your token",
    "yourdomain",  "yourproject", "yoursecret",   "yourpassword", "yourapp.",     "yourcompany",   "changeme",
    "change-me",   "change_me",   "replace-with", "replace_with", "replace-me",   "replace_me",    "insert-your",
    "insert_your", "enter-your",  "put-your",     "add-your",     "my-domain.com"};

bool
holds_mark(std::string_view lower)
{
  return std::any_of(marks.begin(), marks.end(), [lower](std::string_view mark) {
    for (std::size_t at = lower.find(mark); at != std::string_view::npos; at = lower.find(mark, at + 1)) {
      if (at == 0 || (!is_letter(lower[at - 1]) && !is_digit(lower[at - 1]))) {
        return true;
      }
    }
    return false;
  });
}

/// "<32+ random characters>", "postgres://app:<password>@db": a description between angle brackets.
bool
holds_description(std::string_view text)
{
  const std::size_t open = text.find('<');
  const std::size_t close = text.find('>', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos || close < open + 3) {
    return false;
  }
  const std::string_view inner = text.substr(open + 1, close - open - 1);
  const bool is_words = std::all_of(inner.begin(), inner.end(),
                                    [](char c) { return is_letter(c) || is_digit(c) || is_any_of(c, " -_+.:"); });
  // "Shop <noreply@shop.io>" is an address, `<b>x</b>` is markup.
  const bool is_of_markup = close + 1 < text.size();
  const bool is_in_url = text.find("://") != std::string_view::npos;
  return is_words && std::any_of(inner.begin(), inner.end(), is_letter) && (is_in_url || (open == 0 && !is_of_markup));
}

/// "xxxxx", "SG.xxxxx", "sk_live_xxxx", "sk_live_...", "****".
bool
ends_in_filler(std::string_view lower)
{
  const auto run = [lower](char c) {
    const std::size_t last = lower.find_last_not_of(c);
    return last == std::string_view::npos ? lower.size() : lower.size() - last - 1;
  };
  const std::size_t rest_of_x = run('x');
  const bool is_of_x =
      rest_of_x >= 4 && (rest_of_x == lower.size() || is_any_of(lower[lower.size() - rest_of_x - 1], "._-"));
  return is_of_x || run('*') >= 4 || (run('.') >= 3 && lower.size() > 3) || lower.ends_with("\xe2\x80\xa6");
}

/// "staging-anon-key": words of lower case and nothing else, of which the last says what should be there.
bool
is_name_shaped(std::string_view value)
{
  const bool is_plain =
      std::all_of(value.begin(), value.end(), [](char c) { return is_lower(c) || c == '-' || c == '_'; });
  const std::vector<std::string> words = words_of_name(value);
  constexpr std::array<std::string_view, 6> things{"key", "secret", "token", "password", "apikey", "credential"};
  return is_plain && words.size() >= 2 && words.size() <= 5
         && std::find(things.begin(), things.end(), words.back()) != things.end();
}

bool
leads_to_nobody(std::string_view value)
{
  for (const std::string_view host : hosts_of(value, Bare::no)) {
    const std::string lower = to_lower(host);
    const std::string_view label = std::string_view(lower).substr(0, lower.find('.'));
    const bool is_filled = label.size() >= 4 && label.find_first_not_of('x') == std::string_view::npos;
    if (is_filled || lower == "example.com" || lower == "www.example.com" || lower.ends_with("yourdomain.com")
        || lower.ends_with("your-domain.com")) {
      return true;
    }
  }
  return false;
}

struct Published
{
  std::string_view value;
  std::string_view who;
};

constexpr std::array<Published, 22> published{
    {{"super-secret-jwt-token-with-at-least-32-characters-long", "Supabase's local stack has"},
     {"your-super-secret-jwt-token-with-at-least-32-characters-long", "Supabase's example for self-hosting has"},
     {"your-super-secret-and-long-postgres-password", "Supabase's example for self-hosting has"},
     {"this_password_is_insecure_and_should_be_updated", "Supabase's example for self-hosting has"},
     {"minioadmin", "MinIO has where nobody sets one"},
     {"ThisTokenIsNotSoSecretChangeIt", "Symfony's template has"},
     {"!ChangeThisMercureHubJWTSecretKey!", "Mercure's template has"},
     {"SomeRandomString", "Laravel's first template had"},
     {"keyboard cat", "the documentation of Express sessions has"},
     {"shhhhh", "the documentation of jsonwebtoken has"},
     {"yourStrong(!)Password", "the documentation of SQL Server has"},
     {"postgres", "every PostgreSQL of a tutorial has"},
     {"admin", "every list of guesses begins with"},
     {"root", "every list of guesses begins with"},
     {"guest", "RabbitMQ has where nobody sets one"},
     {"password", "every list of guesses begins with"},
     {"secret", "every list of guesses begins with"},
     {"123456", "every list of guesses begins with"},
     {"12345678", "every list of guesses begins with"},
     {"letmein", "every list of guesses begins with"},
     {"qwerty", "every list of guesses begins with"},
     {"example", "the images of databases have in their documentation"}}};

/// Digests of keys that a scanner would take for real ones: of Supabase's local stack, the secret and the publishable.
constexpr std::array<std::string_view, 2> published_digests{
    "c85debb55f2f204d868cc1552c42faa143b4c675f61363ab040dd50b5b5304cd",
    "9705102db0d5f99ee08daa19a73e510d9877a2a9add9369da247cbbe6c2a0140"};

std::optional<std::string_view>
publisher_of_text(std::string_view text)
{
  for (const Published& each : published) {
    if (each.value == text) {
      return each.who;
    }
  }
  return std::nullopt;
}

std::optional<std::string_view>
publisher_of_key(std::string_view value)
{
  constexpr std::string_view local = "Supabase's local stack has";
  if (value.starts_with("sb_")) {
    const std::string digest = to_hex(sha256(value));
    const bool is_known =
        std::find(published_digests.begin(), published_digests.end(), digest) != published_digests.end();
    return is_known ? std::optional(local) : std::nullopt;
  }
  if (const auto jwt = read_jwt(value); jwt && jwt->issuer == "supabase-demo") {
    return local;
  }
  if (value.starts_with("django-insecure-")) {
    return "Django made for development, and the repository of the template may have";
  }
  return std::nullopt;
}

}  // namespace

bool
is_placeholder(const ValueContext& value)
{
  return !publisher_of(value) && is_placeholder(value.key, value.value);
}

bool
is_placeholder(std::string_view name, std::string_view text)
{
  if (text.size() > most_looked_at) {
    return false;
  }
  const std::string lower = to_lower(trim(text));
  const bool is_key = is_secret_name(name) || is_public_name(name);
  const bool is_own_name = is_key && lower == to_lower(name);
  const bool is_of_aws = lower.ends_with("example") && text.starts_with("AKIA");
  return std::find(whole.begin(), whole.end(), lower) != whole.end() || is_own_name || is_of_aws || holds_mark(lower)
         || holds_description(lower) || ends_in_filler(lower) || (is_key && is_name_shaped(text))
         || lower.ends_with("examplekey") || leads_to_nobody(text);
}

std::optional<std::string_view>
publisher_of(const ValueContext& value)
{
  if (const auto url = url_of(value.value)) {
    return url->password.empty() ? std::nullopt : publisher_of_text(url->password);
  }
  if (const auto who = publisher_of_key(value.value)) {
    return who;
  }
  // As a user's name they are no secret.
  return is_secret(value) ? publisher_of_text(value.value) : std::nullopt;
}

}  // namespace sluice::env
