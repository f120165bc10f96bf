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
      {"Summer2024!", 34},
      {"Summer2024Summer2024", 34},
      {"correct-horse-battery-staple", 79},
      {"1234567890123456", 12},
      {"qwertyuiopasdfgh", 68},
      {"k9X2", 23},
      {"S3cr3tP@ssw0rd!", 41},
      {"P@$$w0rd!2024", 39},
      {"1l0v3y0uf0r3v3r", 40},
      {"c0ffeec0ffeebabe", 42},
      {"0f1e2d3c4b5a69788796a5b4c3d2e1f0", 122},
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
  // A few in a hundred random values of twenty characters look like words here and there, and are taken for weak.
  for (const char* made : {"{{base62:24}}", "{{base62:36}}", "{{hex:32}}", "{{base64:40}}", "{{alnum-lower:36}}",
                           "{{base32:32}}", "{{uuid}}"}) {
    for (int i = 0; i < 50; ++i) {
      const std::string value = expand_template(made, std::to_string(i), Checksum::none);
      CAPTURE(value);
      CHECK_FALSE(is_weak(value));
    }
  }
}

TEST_CASE("a word stays one when digits and signs stand for its letters")
{
  for (const char* value : {"S3cr3tP@ssw0rd!",   "P@$$w0rd!2024",        "C0rrectH0rseB4ttery", "Adm1nistrat0r!2023",
                            "W3lc0me2C0mp4ny!",  "S3cr3t_P@ssw0rd_2024", "MyD0g$N4me1sR3x",     "L3tM31nPl3@se!!",
                            "@dm1n@dm1n2024!",   "Sup3rS3cur3P4ss!",     "ch4ng3m3n0w!!",       "P4SSW0RD_PR0D_1",
                            "d3v3l0p3r$2024!!",  "my-s3cr3t-p@ssw0rd",   "D4tab4seR00tUser!",   "1l0v3y0uf0r3v3r",
                            "M0nd4yM0rn1ng2025", "Pr0duct10n-DB-2024!",  "Company@2024#Prod",   "password_2024_prod"}) {
    CAPTURE(value);
    CHECK(is_weak(value));
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
