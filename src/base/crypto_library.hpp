// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace sluice {

/// What is used of libcrypto for signatures, by names like those there. Digests are linked from its archive instead:
/// every run needs them, and loading all of libcrypto took two fifths of the instructions of a start.
struct CryptoLibrary
{
  decltype(&::BIO_new_mem_buf) bio_new_mem_buf = nullptr;
  decltype(&::BIO_free) bio_free = nullptr;
  decltype(&::PEM_read_bio_PUBKEY) pem_read_bio_public = nullptr;
  decltype(&::PEM_read_bio_PrivateKey) pem_read_bio_private = nullptr;
  decltype(&::d2i_PUBKEY) d2i_public = nullptr;
  decltype(&::EVP_PKEY_get_id) pkey_get_id = nullptr;
  decltype(&::EVP_PKEY_free) pkey_free = nullptr;
  decltype(&::EVP_MD_CTX_new) context_new = nullptr;
  decltype(&::EVP_MD_CTX_free) context_free = nullptr;
  decltype(&::EVP_DigestSignInit) sign_init = nullptr;
  decltype(&::EVP_DigestSign) sign = nullptr;
  decltype(&::EVP_DigestVerifyInit) verify_init = nullptr;
  decltype(&::EVP_DigestVerify) verify = nullptr;
};

/// Loads it once for the process. Errors (ErrorKind::environment): it cannot be.
[[nodiscard]] Result<const CryptoLibrary*> crypto_library();

}  // namespace sluice
