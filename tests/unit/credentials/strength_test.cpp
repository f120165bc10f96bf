// SPDX-License-Identifier: Apache-2.0
#include "credentials/strength.hpp"
#include "credentials/template.hpp"

#include <doctest/doctest.h>

namespace sluice::credentials {
namespace {

// A number that changes here changes fingerprints, and with them what people accepted: see strength_bits_v1.
TEST_CASE("version 1 of the estimate is frozen")
{
  struct Row
  {
    const char* value;
    std::uint32_t bits;
  };
  constexpr Row rows[]{
      {"", 0},
      {"a", 4},
      {"aaaaaaaaaaaaaaaaaaaaaaaa", 7},
      {"password", 19},
      {"hunter2", 20},
      {"Summer2024!", 47},
      {"Summer2024Summer2024", 44},
      {"correct-horse-battery-staple", 79},
      {"1234567890123456", 12},
      {"qwertyuiopasdfgh", 68},
      {"k9X2", 23},
      {"0f1e2d3c4b5a69788796a5b4c3d2e1f0", 128},
      {"\xc3\xa4\xc3\xb6\xc3\xbc", 30},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(strength_bits_v1(row.value) == row.bits);
  }
}

TEST_CASE("what people make up is weak, what machines make is not")
{
  for (const char* value : {"hunter2", "Summer2024Summer2024Summer2024", "P@ssw0rd123!", "12345678901234567890",
                            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrstuvwxyz0123456789"}) {
    CAPTURE(value);
    CHECK(is_weak(value));
  }
  for (const char* made : {"{{base62:20}}", "{{base62:36}}", "{{hex:32}}", "{{base64:40}}", "{{alnum-lower:36}}",
                           "{{base32:32}}", "{{uuid}}"}) {
    for (int i = 0; i < 50; ++i) {
      const std::string value = expand_template(made, std::to_string(i), Checksum::none);
      CAPTURE(value);
      CHECK_FALSE(is_weak(value));
    }
  }
}

TEST_CASE("the length of a weak value is told as a class")
{
  CHECK(length_text("hunter2") == "fewer than 8 characters");
  CHECK(length_text("hunter22") == "8 to 15 characters");
  CHECK(length_text("Summer2024Summer2024") == "16 to 31 characters");
  CHECK(length_text(std::string(100, 'a')) == "32 or more characters");
  CHECK(length_text(expand_template("{{base62:36}}", "a", Checksum::none)) == "36 characters");
}

TEST_CASE("a value of any size costs little")
{
  CHECK(strength_bits_v1(std::string(1U << 20U, 'a')) < weak_bits);
}

}  // namespace
}  // namespace sluice::credentials
