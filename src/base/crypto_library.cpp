// SPDX-License-Identifier: Apache-2.0
#include "base/crypto_library.hpp"

#include "base/shared_library.hpp"

namespace sluice {

namespace {

Result<CryptoLibrary>
load()
{
  TRY_ASSIGN(const SharedLibrary library, SharedLibrary::load(SLUICE_SONAME_CRYPTO));
  CryptoLibrary crypto;
  TRY(library.bind("BIO_new_mem_buf", crypto.bio_new_mem_buf));
  TRY(library.bind("BIO_free", crypto.bio_free));
  TRY(library.bind("PEM_read_bio_PUBKEY", crypto.pem_read_bio_public));
  TRY(library.bind("PEM_read_bio_PrivateKey", crypto.pem_read_bio_private));
  TRY(library.bind("d2i_PUBKEY", crypto.d2i_public));
  TRY(library.bind("EVP_PKEY_get_id", crypto.pkey_get_id));
  TRY(library.bind("EVP_PKEY_free", crypto.pkey_free));
  TRY(library.bind("EVP_MD_CTX_new", crypto.context_new));
  TRY(library.bind("EVP_MD_CTX_free", crypto.context_free));
  TRY(library.bind("EVP_DigestSignInit", crypto.sign_init));
  TRY(library.bind("EVP_DigestSign", crypto.sign));
  TRY(library.bind("EVP_DigestVerifyInit", crypto.verify_init));
  TRY(library.bind("EVP_DigestVerify", crypto.verify));
  return crypto;
}

}  // namespace

Result<const CryptoLibrary*>
crypto_library()
{
  static const Result<CryptoLibrary> loaded = load();
  if (!loaded) {
    return Failure(loaded.error());
  }
  return &*loaded;
}

}  // namespace sluice
