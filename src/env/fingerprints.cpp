// SPDX-License-Identifier: Apache-2.0
#include "env/fingerprints.hpp"

#include "base/hash.hpp"
#include "base/json_text.hpp"
#include "credentials/strength.hpp"
#include "env/url.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr std::uint64_t version = 1;
constexpr std::size_t digits_of_print = 64;
constexpr std::size_t digits_of_key = 16;

bool
is_hex(std::string_view text, std::size_t digits)
{
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) >= 0; });
}

/// Whoever tries values knows the host of a URL, and who logs in.
std::string_view
what_is_to_guess(std::string_view value)
{
  const auto url = url_of(value);
  if (!url) {
    return value;
  }
  const std::size_t path = url->path.empty() ? value.size() : static_cast<std::size_t>(url->path.data() - value.data());
  return url->password.empty() ? value.substr(path) : url->password;
}

Result<>
take_prints(const Json& json, FingerprintSet& set)
{
  for (const Json::Member& member : json["fingerprints"].members()) {
    if (!is_hex(text_of(member.value), digits_of_print)) {
      return fail(ErrorKind::input, "is no file of fingerprints: one is not 64 hexadecimal digits");
    }
    set.prints.emplace(member.key, text_of(member.value));
  }
  for (const Json& name : json["guessable"].items()) {
    set.guessable.insert(text_of(name));
  }
  return {};
}

}  // namespace

FingerprintSet
begin_fingerprints(std::string environment, std::string_view key)
{
  return {{}, std::move(environment), to_hex(hmac_sha256(key, "sluice key")).substr(0, digits_of_key), {}, {}};
}

void
add_fingerprint(FingerprintSet& set, std::string_view name, std::string_view value, std::string_view key)
{
  if (value.empty()) {
    return;
  }
  if (credentials::is_weak(what_is_to_guess(value))) {
    set.guessable.emplace(name);
  } else {
    set.prints.emplace(name, to_hex(hmac_sha256(key, value)));
  }
}

std::string
text_of(const FingerprintSet& set)
{
  Json prints = Json::object();
  for (const auto& [name, print] : set.prints) {
    prints.at(name) = print;
  }
  return json_text({{"version", version},
                    {"environment", set.environment},
                    {"key", set.key},
                    {"fingerprints", std::move(prints)},
                    {"guessable", Json::array_of(set.guessable)}});
}

Result<FingerprintSet>
parse_fingerprints(std::string_view text)
{
  TRY_ASSIGN(const Json json, Json::parse(text));
  if (json["version"].natural() != version || text_of(json["environment"]).empty()
      || !is_hex(text_of(json["key"]), digits_of_key) || !json["fingerprints"].is_object()) {
    return fail(ErrorKind::input, "is no file of fingerprints that this version knows");
  }
  FingerprintSet set{{}, text_of(json["environment"]), text_of(json["key"]), {}, {}};
  TRY(take_prints(json, set));
  return set;
}

}  // namespace sluice::env
