// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "finding/finding.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::credentials {

/// How a credential's own text tells whether it is one, without asking anybody. The names are those of `checksum:`
/// in a rule file. Each row's fact was recomputed on the provider's public samples before it was written down.
enum class Checksum {
  none,
  github,                   ///< prefix_ + 30 characters + base62(CRC-32 of these 30), six digits
  npm,                      ///< as GitHub's
  vercel,                   ///< prefix_ + body + base62(CRC-32 of the body), six digits
  gitlab_routable,          ///< …\.01\.LL + base36(CRC-32 of all before), seven digits; LL: payload's length, base36
  grafana_service_account,  ///< glsa_ + 32 + _ + hex of the little-endian CRC-32 of all before that _
  atlassian,                ///< all before + hex(CRC-32 of it), eight digits
  confluent,                ///< cflt + 54 + the first six of base64(little-endian CRC-32 of the 54)
  zuplo,                    ///< zpka_ + 32 + _ + hex(CRC-32 of the 32)
  age_bech32,               ///< BIP 173 with the human-readable part "age-secret-key-"
  pypi_macaroon,            ///< pypi- + base64 of a version 2 macaroon of pypi.org or test.pypi.org
  openai_infix,             ///< base64 of "OpenAI" in the middle
  jwt,                      ///< RFC 7519: header with "alg", payload an object
  jwt_supabase_service_role,  ///< the same, and "role" is "service_role"
  azure_account_key,          ///< base64 of exactly 64 bytes
  aws_access_key_id,          ///< four letters + 16 base32 digits, in which newer keys carry the account's number
  discord_bot,                ///< the first part is base64 of a snowflake of at least 1e16
  sentry_org,                 ///< sntrys_ + base64 of JSON with iat, url, region_url, org + _ + 43
  base64_json,                ///< holds base64 of a JSON object
  pem_private_key,            ///< RFC 7468 armour around DER, or around "openssh-key-v1"
};

}  // namespace sluice::credentials

template<> struct sluice::EnumNames<sluice::credentials::Checksum>
{
  static constexpr std::array<std::string_view, 20> names{"none",
                                                          "github",
                                                          "npm",
                                                          "vercel",
                                                          "gitlab-routable",
                                                          "grafana-service-account",
                                                          "atlassian",
                                                          "confluent",
                                                          "zuplo",
                                                          "age-bech32",
                                                          "pypi-macaroon",
                                                          "openai-infix",
                                                          "jwt",
                                                          "jwt-supabase-service-role",
                                                          "azure-account-key",
                                                          "aws-access-key-id",
                                                          "discord-bot",
                                                          "sentry-org",
                                                          "base64-json",
                                                          "pem-private-key"};
};

namespace sluice::credentials {

/// What the checksum says. `unknown`: the text has a form that the check does not know (an older or newer format).
enum class ChecksumVerdict { unknown, valid, invalid };

struct ChecksumResult
{
  ChecksumVerdict verdict = ChecksumVerdict::unknown;
  std::vector<Fact> facts;  ///< what the credential says of itself, never a part of it: an account, a role, an expiry
};

/// Judges one credential of any bytes; never fails, takes linear time.
[[nodiscard]] ChecksumResult check(Checksum checksum, std::string_view secret);

/// The characters that must follow `text` (prefix and body) to make `check` say valid. Nothing for checks that are
/// about structure. For tests and documentation, which must not hold a whole token.
[[nodiscard]] std::optional<std::string> check_characters(Checksum checksum, std::string_view text);

}  // namespace sluice::credentials
