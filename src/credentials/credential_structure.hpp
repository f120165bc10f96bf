// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/checksum.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sluice::credentials {

/// Credentials that carry a structure instead of an appended CRC: each function reads one kind, of any bytes.

/// The six characters that complete `AGE-SECRET-KEY-1` + 52 digits (BIP 173).
[[nodiscard]] std::optional<std::string> age_check_characters(std::string_view text);
[[nodiscard]] bool is_age_secret_key(std::string_view secret);

[[nodiscard]] bool is_pypi_macaroon(std::string_view secret);
[[nodiscard]] bool is_azure_account_key(std::string_view secret);
[[nodiscard]] bool is_discord_bot_token(std::string_view secret);
[[nodiscard]] bool holds_base64_json(std::string_view secret);

/// Facts: algorithm, role, expiry.
[[nodiscard]] ChecksumResult check_jwt(std::string_view secret);
[[nodiscard]] ChecksumResult check_supabase_jwt(std::string_view secret);
/// Facts: organisation.
[[nodiscard]] ChecksumResult check_sentry_org(std::string_view secret);
/// Facts: the account's number, where the key is of the generation that carries it.
[[nodiscard]] ChecksumResult check_aws_key_id(std::string_view secret);
/// Facts: whether a passphrase protects the key.
[[nodiscard]] ChecksumResult check_pem(std::string_view secret);

}  // namespace sluice::credentials
