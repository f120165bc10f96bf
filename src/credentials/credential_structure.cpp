// SPDX-License-Identifier: Apache-2.0
#include "credentials/credential_structure.hpp"

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace sluice::credentials {

namespace {

constexpr std::string_view bech32_digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::string_view age_prefix = "age-secret-key-";

std::uint32_t
bech32_polymod(std::string_view prefix, const std::vector<std::uint8_t>& values)
{
  constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  std::uint32_t sum = 1;
  const auto add = [&](std::uint32_t value) {
    const std::uint32_t top = sum >> 25U;
    sum = (sum & 0x1ffffffU) << 5U ^ value;
    for (std::size_t i = 0; i < generator.size(); ++i) {
      sum ^= (top >> i & 1U) != 0 ? generator[i] : 0;
    }
  };
  for (const char c : prefix) {
    add(static_cast<unsigned char>(c) >> 5U);
  }
  add(0);
  for (const char c : prefix) {
    add(static_cast<unsigned char>(c) & 31U);
  }
  std::for_each(values.begin(), values.end(), add);
  return sum;
}

/// The values of the digits after `AGE-SECRET-KEY-1`; nothing if it is not that.
std::optional<std::vector<std::uint8_t>>
age_digits(std::string_view text)
{
  const std::string lower = to_lower(text);
  if (!lower.starts_with(fmt::format("{}1", age_prefix))) {
    return std::nullopt;
  }
  std::vector<std::uint8_t> values;
  for (const char c : std::string_view(lower).substr(age_prefix.size() + 1)) {
    const std::size_t digit = bech32_digits.find(c);
    if (digit == std::string_view::npos) {
      return std::nullopt;
    }
    values.push_back(static_cast<std::uint8_t>(digit));
  }
  return values;
}

/// The object that base64 (either alphabet, padding optional) of JSON holds. Bounded, as the text is anybody's.
std::optional<Json>
json_of(std::string_view base64)
{
  const auto text = from_base64(base64);
  if (!text) {
    return std::nullopt;
  }
  auto value = Json::parse(*text, {.bytes = 16384, .duplicates = JsonLimits::Duplicates::last_wins});
  return value && value->is_object() ? std::optional(*std::move(value)) : std::nullopt;
}

std::string
text_at(const Json& object, std::string_view key)
{
  const std::string* text = object[key].text();
  return text == nullptr ? std::string() : printable(ellipsis(*text, 80));
}

void
add_fact(std::vector<Fact>& facts, std::string_view key, std::string value)
{
  if (!value.empty()) {
    facts.push_back({std::string(key), std::string(key), std::move(value)});
  }
}

std::string
time_at(const Json& object, std::string_view key)
{
  constexpr std::uint64_t year_3000 = 32'503'680'000;
  const auto seconds = object[key].natural();
  return seconds && *seconds <= year_3000
             ? rfc3339(std::chrono::system_clock::time_point(std::chrono::seconds(*seconds)))
             : std::string();
}

}  // namespace

std::optional<std::string>
age_check_characters(std::string_view text)
{
  auto values = age_digits(text);
  if (!values) {
    return std::nullopt;
  }
  values->insert(values->end(), 6, 0);
  const std::uint32_t sum = bech32_polymod(age_prefix, *values) ^ 1U;
  std::string characters;
  for (unsigned i = 0; i < 6; ++i) {
    characters += bech32_digits[sum >> 5U * (5U - i) & 31U];
  }
  std::transform(characters.begin(), characters.end(), characters.begin(),
                 [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); });
  return characters;
}

bool
is_age_secret_key(std::string_view secret)
{
  const auto values = age_digits(secret);
  return values && values->size() == 58 && bech32_polymod(age_prefix, *values) == 1;
}

bool
is_pypi_macaroon(std::string_view secret)
{
  constexpr std::string_view prefix = "pypi-";
  if (!secret.starts_with(prefix)) {
    return false;
  }
  // Format version 2, then the field "location" (1) with its length.
  using std::string_view_literals::operator""sv;
  const auto bytes = from_base64(secret.substr(prefix.size()));
  return bytes && (bytes->starts_with("\x02\x01\x08pypi.org"sv) || bytes->starts_with("\x02\x01\x0dtest.pypi.org"sv));
}

bool
is_azure_account_key(std::string_view secret)
{
  const auto bytes = from_base64(secret);
  return bytes && bytes->size() == 64;
}

bool
is_discord_bot_token(std::string_view secret)
{
  const auto number = from_base64(split(secret, '.').front());
  return number && number->size() >= 17 && number->size() <= 20 && number->front() != '0'
         && std::all_of(number->begin(), number->end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool
holds_base64_json(std::string_view secret)
{
  // Base64 of `{"` begins with "eyJ" wherever it stands in the token.
  const std::size_t begin = secret.find("eyJ");
  if (begin == std::string_view::npos) {
    return false;
  }
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=";
  const std::string_view rest = secret.substr(begin);
  return json_of(rest.substr(0, rest.find_first_not_of(alphabet))).has_value();
}

ChecksumResult
check_jwt(std::string_view secret)
{
  const auto parts = split(secret, '.');
  if (parts.size() < 2) {
    return {ChecksumVerdict::invalid, {}};
  }
  const auto header = json_of(parts[0]);
  const auto payload = json_of(parts[1]);
  ChecksumResult result;
  result.verdict =
      header && header->find("alg") != nullptr && payload ? ChecksumVerdict::valid : ChecksumVerdict::invalid;
  if (result.verdict == ChecksumVerdict::valid) {
    add_fact(result.facts, "algorithm", text_at(*header, "alg"));
    add_fact(result.facts, "role", text_at(*payload, "role"));
    add_fact(result.facts, "expires", time_at(*payload, "exp"));
  }
  return result;
}

ChecksumResult
check_supabase_jwt(std::string_view secret)
{
  ChecksumResult result = check_jwt(secret);
  const bool service = std::any_of(result.facts.begin(), result.facts.end(),
                                   [](const Fact& fact) { return fact.key == "role" && fact.value == "service_role"; });
  result.verdict = service ? ChecksumVerdict::valid : ChecksumVerdict::invalid;
  return result;
}

ChecksumResult
check_sentry_org(std::string_view secret)
{
  constexpr std::string_view prefix = "sntrys_";
  const std::size_t end = secret.rfind('_');
  if (!secret.starts_with(prefix) || end < prefix.size()) {
    return {ChecksumVerdict::invalid, {}};
  }
  const auto payload = json_of(secret.substr(prefix.size(), end - prefix.size()));
  const bool fits =
      payload && payload->find("iat") != nullptr && payload->find("url") != nullptr && payload->find("org") != nullptr;
  ChecksumResult result{fits ? ChecksumVerdict::valid : ChecksumVerdict::invalid, {}};
  if (fits) {
    add_fact(result.facts, "organisation", text_at(*payload, "org"));
  }
  return result;
}

ChecksumResult
check_aws_key_id(std::string_view secret)
{
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  if (secret.size() != 20) {
    return {ChecksumVerdict::invalid, {}};
  }
  std::uint64_t first_bytes = 0;  // 10 digits of 5 bits: more than the 48 bits that hold the account
  for (std::size_t i = 4; i < 20; ++i) {
    const std::size_t digit = digits.find(secret[i]);
    if (digit == std::string_view::npos) {
      return {ChecksumVerdict::invalid, {}};
    }
    first_bytes = i < 14 ? first_bytes << 5U | digit : first_bytes;
  }
  ChecksumResult result;
  // Keys of the older generation begin with I or J after the type and do not carry the account.
  if (secret[4] > 'J') {
    const std::uint64_t account = (first_bytes >> 2U & 0x7fffffffff80U) >> 7U;
    result.facts.push_back({"aws-account", "AWS account", fmt::format("{:012}", account)});
  }
  return result;
}

ChecksumResult
check_pem(std::string_view secret)
{
  const std::size_t first_line = secret.find("-----", secret.find("-----BEGIN") + 10);
  const std::size_t footer = secret.find("-----END");
  if (!secret.starts_with("-----BEGIN") || first_line == std::string_view::npos || footer == std::string_view::npos
      || footer < first_line + 5) {
    return {ChecksumVerdict::invalid, {}};
  }
  std::string body;
  bool encrypted = secret.substr(0, first_line).find("ENCRYPTED") != std::string_view::npos;
  // A key inside a JSON or shell string has its line ends written as \n.
  const std::string armour =
      replace_all(replace_all(secret.substr(first_line + 5, footer - first_line - 5), "\\n", "\n"), "\\r", "");
  for (const std::string_view line : lines_of(armour)) {
    if (line.find(':') != std::string_view::npos) {  // RFC 1421 headers: Proc-Type, DEK-Info
      encrypted = encrypted || line.find("ENCRYPTED") != std::string_view::npos;
    } else {
      body += trim(line);
    }
  }
  using std::string_view_literals::operator""sv;
  const auto bytes = from_base64(body);
  const bool der = bytes && (bytes->starts_with('\x30') || (encrypted && bytes->size() >= 64));
  const bool openssh = bytes && bytes->starts_with("openssh-key-v1\0"sv);
  ChecksumResult result{der || openssh ? ChecksumVerdict::valid : ChecksumVerdict::invalid, {}};
  // In OpenSSH's format the cipher's name follows the magic, with its length.
  encrypted = encrypted || (openssh && bytes->size() > 23 && std::string_view(*bytes).substr(19, 4) != "none");
  result.facts.push_back({"passphrase", "passphrase", encrypted ? "protects the key" : "none"});
  return result;
}

}  // namespace sluice::credentials
