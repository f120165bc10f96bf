// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/process.hpp"

#include <doctest/doctest.h>

#include <pthread.h>
#include <thread>

using namespace sluice;

namespace {

/// Leaves no key for thread-specific data to anybody who comes later in this process.
void
take_all_keys()
{
  for (pthread_key_t key{}; pthread_key_create(&key, nullptr) == 0;) {
  }
}

}  // namespace

TEST_CASE("digests of published vectors")
{
  // FIPS 180-2 appendix, RFC 4231 case 2, and the check value of CRC-32/ISO-HDLC.
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha1("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?"))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // RFC 4231 case 6: a key longer than a block.
  CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"))
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(crc32("123456789") == 0xCBF43926U);
}

TEST_CASE("hexadecimal both ways")
{
  CHECK(from_hex("00ffA1") == std::string("\x00\xff\xa1", 3));
  CHECK_FALSE(from_hex("0"));
  CHECK_FALSE(from_hex("0g"));
}

TEST_CASE("base64 in both alphabets, padded or not")
{
  CHECK(from_base64("Zm9vYg==") == "foob");
  CHECK(from_base64("Zm9vYg") == "foob");
  CHECK(from_base64("-_-_") == from_base64("+/+/"));
  CHECK_FALSE(from_base64("Zm9v Yg"));
  CHECK_FALSE(from_base64("Z"));
  CHECK(to_base64("foob") == "Zm9vYg==");
  CHECK(to_base64("foo") == "Zm9v");
  CHECK(to_base64("fooba") == "Zm9vYmE=");
  CHECK(to_base64("").empty());
  CHECK(to_base64("\xFB\xFF\xFE") == "+//+");
}

TEST_CASE("a process of its own: digests where no key for thread-specific data is left" * doctest::skip())
{
  take_all_keys();
  const auto check = [] {
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha1("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?"))
          == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  };
  check();
  std::thread(check).join();
}

TEST_CASE("hashing that has begun needs nothing that other libraries may have used up")
{
  // OpenSSL is set up once per process, and other tests have hashed in this one.
  const auto result =
      run_process({.argv = {"/proc/self/exe", "--no-skip", "--test-case=a process of its own: digests*"},
                   .input = "",
                   .directory = ""});
  REQUIRE(result);
  CHECK_MESSAGE(result->exit_status == 0, result->output, result->error_output);
  CHECK(result->output.find("1 passed") != std::string::npos);
}
