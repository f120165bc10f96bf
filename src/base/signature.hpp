// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace sluice {

/// The Ed25519 signature (RFC 8032, 64 bytes) of a text. `private_pem` is what `openssl genpkey -algorithm ed25519`
/// writes. Errors (ErrorKind::usage): it is no such key, or is encrypted. For all of these, ErrorKind::environment:
/// libcrypto cannot be loaded.
[[nodiscard]] Result<std::string> sign_ed25519(std::string_view private_pem, std::string_view text);

/// Errors (ErrorKind::usage): it is no key that `is_signed_by` takes.
[[nodiscard]] Result<> check_public_key(std::string_view public_key);

/// Whether the signature is that key's. `public_key` is what `openssl pkey -pubout` writes, or its one line between the
/// dashes. Errors (ErrorKind::usage): it is no such key.
[[nodiscard]] Result<bool> is_signed_by(std::string_view public_key, std::string_view text, std::string_view signature);

}  // namespace sluice
