// SPDX-License-Identifier: Apache-2.0
#include "base/signature.hpp"

#include "base/crypto_library.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

#include <memory>

namespace sluice {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Input = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

constexpr std::size_t signature_bytes = 64;

const unsigned char*
bytes_of(std::string_view text)
{
  return reinterpret_cast<const unsigned char*>(text.data());
}

Input
reader_of(const CryptoLibrary& crypto, std::string_view text)
{
  return {crypto.bio_new_mem_buf(text.data(), static_cast<int>(text.size())), crypto.bio_free};
}

/// Without this OpenSSL asks whoever sits at the terminal.
int
no_passphrase(char* /*buffer*/, int /*size*/, int /*is_writing*/, void* /*data*/)
{
  return -1;
}

bool
is_ed25519(const CryptoLibrary& crypto, const Key& key)
{
  return key != nullptr && crypto.pkey_get_id(key.get()) == EVP_PKEY_ED25519;
}

/// Of PEM, or of its one line. Errors (ErrorKind::usage): it is not one of Ed25519.
Result<Key>
public_key_of(const CryptoLibrary& crypto, std::string_view text)
{
  Key key(nullptr, crypto.pkey_free);
  if (text.starts_with("-----")) {
    const Input input = reader_of(crypto, text);
    key.reset(crypto.pem_read_bio_public(input.get(), nullptr, &no_passphrase, nullptr));
  } else {
    const std::string der = from_base64(text).value_or(std::string());
    const unsigned char* at = bytes_of(der);
    key.reset(crypto.d2i_public(nullptr, &at, static_cast<long>(der.size())));
  }
  if (!is_ed25519(crypto, key)) {
    return fail(ErrorKind::usage, "not a public key of Ed25519; `openssl pkey -in KEY -pubout` prints one");
  }
  return key;
}

}  // namespace

Result<std::string>
sign_ed25519(std::string_view private_pem, std::string_view text)
{
  TRY_ASSIGN(const CryptoLibrary* const crypto, crypto_library());
  const Input input = reader_of(*crypto, private_pem);
  const Key key(crypto->pem_read_bio_private(input.get(), nullptr, &no_passphrase, nullptr), crypto->pkey_free);
  if (!is_ed25519(*crypto, key)) {
    return fail(ErrorKind::usage, "not a private key of Ed25519 in PEM without a passphrase; make one with "
                                  "`openssl genpkey -algorithm ed25519 -out KEY`");
  }
  const Context context(crypto->context_new(), crypto->context_free);
  std::string signature(signature_bytes, '\0');
  std::size_t length = signature.size();
  const bool is_done = crypto->sign_init(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
                       && crypto->sign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                                       bytes_of(text), text.size())
                              == 1;
  if (!is_done || length != signature.size()) {
    return fail(ErrorKind::environment, "OpenSSL cannot sign with this key");
  }
  return signature;
}

Result<>
check_public_key(std::string_view public_key)
{
  TRY_ASSIGN(const CryptoLibrary* const crypto, crypto_library());
  TRY(public_key_of(*crypto, trim(public_key)));
  return {};
}

Result<bool>
is_signed_by(std::string_view public_key, std::string_view text, std::string_view signature)
{
  TRY_ASSIGN(const CryptoLibrary* const crypto, crypto_library());
  TRY_ASSIGN(const Key key, public_key_of(*crypto, trim(public_key)));
  const Context context(crypto->context_new(), crypto->context_free);
  return crypto->verify_init(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
         && crypto->verify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

}  // namespace sluice
