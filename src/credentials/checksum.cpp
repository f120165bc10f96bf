// SPDX-License-Identifier: Apache-2.0
//
// Checks of the kind "a CRC-32 of the body is appended". The structural ones (JWT, PEM, macaroons …) are in
// credential_structure.cpp.
//
// A checksum is evidence, never a filter: documentation and test suites are full of tokens whose checksum was made
// up, and a provider may change its scheme on any day. What fits is reported as certain, what does not as unlikely.
#include "credentials/checksum.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "credentials/credential_structure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::credentials {

namespace {

constexpr std::string_view base62_digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view base36_digits = "0123456789abcdefghijklmnopqrstuvwxyz";

std::string
in_base(std::uint64_t value, std::string_view digits, std::size_t width)
{
  std::string text(width, '0');
  for (std::size_t i = width; i-- > 0 && value != 0; value /= digits.size()) {
    text[i] = digits[value % digits.size()];
  }
  return text;
}

std::string
hex_of(std::uint32_t value)
{
  return fmt::format("{:08x}", value);
}

std::uint32_t
swapped(std::uint32_t value)
{
  return value >> 24U | (value >> 8U & 0xff00U) | (value << 8U & 0xff0000U) | value << 24U;
}

std::string
little_endian_base64(std::uint32_t value)
{
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>(value >> shift & 0xffU);
  }
  return to_base64(bytes).substr(0, 6);
}

std::string_view
after_last(std::string_view text, char separator)
{
  const std::size_t at = text.rfind(separator);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
}

std::string_view
without_suffix(std::string_view text, std::size_t length)
{
  return text.substr(0, text.size() - std::min(length, text.size()));
}

std::optional<std::string>
underscored_base62(std::string_view text)
{
  // vca_, npm_, ghp_: the body itself has no underscore in the format that carries a checksum.
  const std::string_view body = after_last(text, '_');
  return body.empty() ? std::nullopt : std::optional(in_base(crc32(body), base62_digits, 6));
}

std::optional<std::string>
gitlab_check(std::string_view text)
{
  // The template gives `glpat-<payload>`; the version and the payload's length belong to the check characters then.
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) {
    return std::nullopt;
  }
  std::string whole(text);
  if (text.find(".01.") == std::string_view::npos) {
    whole += ".01." + in_base(text.size() - dash - 1, base36_digits, 2);
  }
  return whole.substr(text.size()) + in_base(crc32(whole), base36_digits, 7);
}

std::optional<std::string>
confluent_check(std::string_view text)
{
  constexpr std::string_view prefix = "cflt";
  return text.starts_with(prefix) ? std::optional(little_endian_base64(crc32(text.substr(prefix.size()))))
                                  : std::nullopt;
}

std::optional<std::string>
zuplo_check(std::string_view text)
{
  const bool separated = text.ends_with('_');
  const std::string_view body = after_last(without_suffix(text, separated ? 1 : 0), '_');
  return (separated ? "" : "_") + hex_of(crc32(body));
}

std::optional<std::string>
grafana_check(std::string_view text)
{
  const bool separated = text.ends_with('_');
  return (separated ? "" : "_") + hex_of(swapped(crc32(without_suffix(text, separated ? 1 : 0))));
}

ChecksumResult
verdict(bool fits)
{
  return {fits ? ChecksumVerdict::valid : ChecksumVerdict::invalid, {}};
}

/// Splits off the last `length` characters and compares them with what they should be.
ChecksumResult
compare_tail(Checksum checksum, std::string_view secret, std::size_t length)
{
  if (secret.size() <= length) {
    return {};
  }
  const auto expected = check_characters(checksum, without_suffix(secret, length));
  return expected ? verdict(to_lower(*expected) == to_lower(secret.substr(secret.size() - length))) : ChecksumResult{};
}

ChecksumResult
compare_exact_tail(Checksum checksum, std::string_view secret, std::size_t length)
{
  if (secret.size() <= length) {
    return {};
  }
  const auto expected = check_characters(checksum, without_suffix(secret, length));
  return expected ? verdict(secret.ends_with(*expected)) : ChecksumResult{};
}

/// Only the format of 36 characters after the prefix has the check: newer `ghs_` tokens are longer.
ChecksumResult
check_github(Checksum checksum, std::string_view secret)
{
  return after_last(secret, '_').size() == 36 ? compare_exact_tail(checksum, secret, 6) : ChecksumResult{};
}

ChecksumResult
check_gitlab(std::string_view secret)
{
  const std::size_t version = secret.rfind(".01.");
  const std::size_t dash = secret.find('-');
  if (version == std::string_view::npos || dash == std::string_view::npos || dash > version
      || secret.size() != version + 4 + 2 + 7) {
    return {};
  }
  const bool length_fits = secret.substr(version + 4, 2) == in_base(version - dash - 1, base36_digits, 2);
  return verdict(length_fits && secret.ends_with(in_base(crc32(without_suffix(secret, 7)), base36_digits, 7)));
}

ChecksumResult
check_zuplo(std::string_view secret)
{
  // Public samples have the check over the body; the prefix is accepted as part of it too.
  ChecksumResult result = compare_tail(Checksum::zuplo, secret, 9);
  if (result.verdict == ChecksumVerdict::invalid && secret.size() > 9
      && secret.ends_with(hex_of(crc32(without_suffix(secret, 9))))) {
    return verdict(true);
  }
  return result;
}

ChecksumResult
check_confluent(std::string_view secret)
{
  ChecksumResult result = compare_exact_tail(Checksum::confluent, secret, 6);
  if (result.verdict == ChecksumVerdict::invalid
      && secret.ends_with(little_endian_base64(crc32(without_suffix(secret, 6))))) {
    return verdict(true);
  }
  return result;
}

}  // namespace

std::optional<std::string>
check_characters(Checksum checksum, std::string_view text)
{
  switch (checksum) {
  case Checksum::github:
  case Checksum::npm:
  case Checksum::vercel:
    return underscored_base62(text);
  case Checksum::gitlab_routable:
    return gitlab_check(text);
  case Checksum::grafana_service_account:
    return grafana_check(text);
  case Checksum::atlassian:
    return fmt::format("{:08X}", crc32(text));
  case Checksum::confluent:
    return confluent_check(text);
  case Checksum::zuplo:
    return zuplo_check(text);
  case Checksum::age_bech32:
    return age_check_characters(text);
  default:
    return std::nullopt;
  }
}

ChecksumResult
check(Checksum checksum, std::string_view secret)
{
  switch (checksum) {
  case Checksum::none:
    return {};
  case Checksum::github:
  case Checksum::npm:
    return check_github(checksum, secret);
  case Checksum::vercel:
    return compare_exact_tail(checksum, secret, 6);
  case Checksum::gitlab_routable:
    return check_gitlab(secret);
  case Checksum::grafana_service_account:
    return compare_tail(checksum, secret, 9);
  case Checksum::atlassian:
    return compare_tail(checksum, secret, 8);
  case Checksum::confluent:
    return check_confluent(secret);
  case Checksum::zuplo:
    return check_zuplo(secret);
  case Checksum::age_bech32:
    return verdict(is_age_secret_key(secret));
  case Checksum::pypi_macaroon:
    return verdict(is_pypi_macaroon(secret));
  case Checksum::openai_infix:
    return verdict(secret.find("T3BlbkFJ") != std::string_view::npos);
  case Checksum::jwt:
    return check_jwt(secret);
  case Checksum::jwt_supabase_service_role:
    return check_supabase_jwt(secret);
  case Checksum::azure_account_key:
    return verdict(is_azure_account_key(secret));
  case Checksum::aws_access_key_id:
    return check_aws_key_id(secret);
  case Checksum::discord_bot:
    return verdict(is_discord_bot_token(secret));
  case Checksum::sentry_org:
    return check_sentry_org(secret);
  case Checksum::base64_json:
    return verdict(holds_base64_json(secret));
  case Checksum::pem_private_key:
    return check_pem(secret);
  }
  return {};
}

}  // namespace sluice::credentials
