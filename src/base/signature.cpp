// SPDX-License-Identifier: Apache-2.0
#include "base/signature.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

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
reader_of(std::string_view text)
{
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

/// Without this OpenSSL asks whoever sits at the terminal.
int
no_passphrase(char* /*buffer*/, int /*size*/, int /*is_writing*/, void* /*data*/)
{
  return -1;
}

bool
is_ed25519(const Key& key)
{
  return key != nullptr && EVP_PKEY_get_id(key.get()) == EVP_PKEY_ED25519;
}

/// Of PEM, or of its one line.
Key
public_key_of(std::string_view text)
{
  if (text.starts_with("-----")) {
    const Input input = reader_of(text);
    return {PEM_read_bio_PUBKEY(input.get(), nullptr, &no_passphrase, nullptr), &EVP_PKEY_free};
  }
  const std::string der = from_base64(text).value_or(std::string());
  const unsigned char* at = bytes_of(der);
  return {d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())), &EVP_PKEY_free};
}

}  // namespace

Result<std::string>
sign_ed25519(std::string_view private_pem, std::string_view text)
{
  const Input input = reader_of(private_pem);
  const Key key(PEM_read_bio_PrivateKey(input.get(), nullptr, &no_passphrase, nullptr), &EVP_PKEY_free);
  if (!is_ed25519(key)) {
    return fail(ErrorKind::usage, "not a private key of Ed25519 in PEM without a passphrase; make one with "
                                  "`openssl genpkey -algorithm ed25519 -out KEY`");
  }
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string signature(signature_bytes, '\0');
  std::size_t length = signature.size();
  const bool is_done = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
                       && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
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
  if (!is_ed25519(public_key_of(trim(public_key)))) {
    return fail(ErrorKind::usage, "not a public key of Ed25519; `openssl pkey -in KEY -pubout` prints one");
  }
  return {};
}

Result<bool>
is_signed_by(std::string_view public_key, std::string_view text, std::string_view signature)
{
  TRY(check_public_key(public_key));
  const Key key = public_key_of(trim(public_key));
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
         && EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

}  // namespace sluice
