// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/signature.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;

namespace {

// RFC 8410: what comes before the 32 bytes of a key in DER.
constexpr std::string_view private_head = "302e020100300506032b657004220420";
constexpr std::string_view public_head = "302a300506032b6570032100";

std::string
pem(std::string_view label, std::string_view der)
{
  return fmt::format("-----BEGIN {0}-----\n{1}\n-----END {0}-----\n", label, to_base64(der));
}

/// A private key of nobody.
std::string
some_key(std::string_view seed)
{
  const Sha256 bytes = sha256(seed);
  const std::string head = from_hex(private_head).value();
  return pem("PRIVATE KEY", head + std::string(bytes.begin(), bytes.end()));
}

std::string
public_line(std::string_view hex)
{
  return to_base64(from_hex(std::string(public_head) + std::string(hex)).value());
}

}  // namespace

TEST_CASE("a signature of RFC 8032 is known, with the key as PEM or as its line, and no changed byte is")
{
  // Section 7.1, test 2.
  const std::string key = public_line("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const std::string signature = from_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
                                    .value();
  CHECK(is_signed_by(key, "\x72", signature).value());
  CHECK(is_signed_by(" " + key + "\n", "\x72", signature).value());
  CHECK(is_signed_by(pem("PUBLIC KEY", from_base64(key).value()), "\x72", signature).value());
  CHECK_FALSE(is_signed_by(key, "\x73", signature).value());
  CHECK_FALSE(is_signed_by(key, "", signature).value());
  CHECK_FALSE(is_signed_by(key, "\x72", "").value());
  CHECK_FALSE(is_signed_by(key, "\x72", signature + "x").value());
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string changed = signature;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(is_signed_by(key, "\x72", changed).value());
  }
}

TEST_CASE("what one key signs is not another's")
{
  const std::string text = "a text";
  const auto one = sign_ed25519(some_key("one"), text);
  REQUIRE(one);
  CHECK(one->size() == 64);
  CHECK(sign_ed25519(some_key("one"), text).value() == *one);
  CHECK(sign_ed25519(some_key("two"), text).value() != *one);
}

TEST_CASE("what is no key is told, and nobody is asked for a passphrase")
{
  CHECK(sign_ed25519("", "x").error().kind == ErrorKind::usage);
  CHECK(sign_ed25519(pem("ENCRYPTED PRIVATE KEY", "abc"), "x").error().kind == ErrorKind::usage);
  CHECK(sign_ed25519(pem("PUBLIC KEY", "abc"), "x").error().kind == ErrorKind::usage);
  CHECK(is_signed_by("", "x", "").error().kind == ErrorKind::usage);
  CHECK(is_signed_by("not base64 !", "x", "").error().kind == ErrorKind::usage);
  CHECK(is_signed_by(to_base64("not DER"), "x", "").error().kind == ErrorKind::usage);
  CHECK(is_signed_by(pem("PUBLIC KEY", "not DER"), "x", "").error().kind == ErrorKind::usage);
}
