// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/text.hpp"
#include "credentials/checksum.hpp"
#include "credentials/template.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace sluice::credentials {
namespace {

std::string
make(std::string_view text, Checksum checksum)
{
  return expand_template(text, "checksum test", checksum);
}

/// The same text with one character of its body exchanged.
std::string
spoiled(std::string text, std::size_t at)
{
  text[at] = text[at] == 'a' ? 'b' : 'a';
  return text;
}

std::string
fact(const ChecksumResult& result, std::string_view key)
{
  for (const Fact& each : result.facts) {
    if (each.key == key) {
      return each.value;
    }
  }
  return {};
}

TEST_CASE("an appended check tells a token from one with a character exchanged")
{
  struct Row
  {
    Checksum checksum;
    std::string_view text;
  };
  const Row rows[] = {
      {Checksum::github, "ghp_{{base62:30}}{{checksum}}"},
      {Checksum::npm, "npm_{{base62:30}}{{checksum}}"},
      {Checksum::vercel, "vcp_{{base62:50}}{{checksum}}"},
      {Checksum::gitlab_routable, "glpat-{{base64url:40}}{{checksum}}"},
      {Checksum::grafana_service_account, "glsa_{{base62:32}}{{checksum}}"},
      {Checksum::atlassian, "ATATT3{{base62:180}}{{checksum}}"},
      {Checksum::confluent, "cflt{{base62:54}}{{checksum}}"},
      {Checksum::zuplo, "zpka_{{hex:32}}{{checksum}}"},
  };
  for (const Row& row : rows) {
    CAPTURE(name_of(row.checksum));
    const std::string token = make(row.text, row.checksum);
    CHECK(check(row.checksum, token).verdict == ChecksumVerdict::valid);
    CHECK(check(row.checksum, spoiled(token, 20)).verdict == ChecksumVerdict::invalid);
    CHECK(check(row.checksum, "").verdict != ChecksumVerdict::valid);
  }
}

TEST_CASE("the CRC is written as its provider writes it")
{
  // CRC-32 of "123456789" is cbf43926, the check value of every catalogue of CRCs; 0xcbf43926 is 3,421,780,262.
  CHECK(crc32("123456789") == 0xcbf43926U);
  CHECK(check_characters(Checksum::github, "ghp_123456789") == "3jZRME");
  CHECK(check_characters(Checksum::atlassian, "123456789") == "CBF43926");
  CHECK(check_characters(Checksum::zuplo, "zpka_123456789_") == "cbf43926");
  CHECK(check_characters(Checksum::confluent, "cflt123456789") == "Jjn0yw");
  CHECK(check_characters(Checksum::grafana_service_account, "123456789_") == "2639f4cb");
  CHECK_FALSE(check_characters(Checksum::jwt, "x").has_value());
}

TEST_CASE("a GitHub token of another length has a check that nobody knows")
{
  CHECK(check(Checksum::github, make("ghs_{{base62:100}}", Checksum::none)).verdict == ChecksumVerdict::unknown);
}

TEST_CASE("a routable GitLab token says how long its payload is")
{
  const std::string token = make("glpat-{{base64url:40}}{{checksum}}", Checksum::gitlab_routable);
  CHECK(token.substr(46, 6) == ".01.14");
  CHECK(token.size() == 6 + 40 + 4 + 2 + 7);
  CHECK(check(Checksum::gitlab_routable, make("glpat-{{base64url:20}}", Checksum::none)).verdict
        == ChecksumVerdict::unknown);
}

TEST_CASE("age keys follow BIP 173")
{
  const std::string body = make("{{upper:52}}", Checksum::none);
  std::string digits;
  for (const char c : body) {
    digits += std::string_view("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")[static_cast<std::size_t>(c - 'A')];
  }
  const std::string start = "AGE-SECRET-" + ("KEY-1" + digits);
  const std::string key = start + *check_characters(Checksum::age_bech32, start);
  CHECK(key.size() == 74);
  CHECK(check(Checksum::age_bech32, key).verdict == ChecksumVerdict::valid);
  std::swap(key[30] == key[31] ? const_cast<char&>(key[32]) : const_cast<char&>(key[31]), const_cast<char&>(key[30]));
  CHECK(check(Checksum::age_bech32, key).verdict == ChecksumVerdict::invalid);
  CHECK(check(Checksum::age_bech32, "AGE-SECRET-KEY-1").verdict == ChecksumVerdict::invalid);
}

TEST_CASE("a JSON web token tells its algorithm, role and expiry")
{
  const std::string token =
      make(R"({{b64json:{"alg":"HS256","typ":"JWT"}}}.{{b64json:{"role":"service_role","exp":0}}}.)"
           "{{base64url:43}}",
           Checksum::none);
  const ChecksumResult result = check(Checksum::jwt, token);
  CHECK(result.verdict == ChecksumVerdict::valid);
  CHECK(fact(result, "algorithm") == "HS256");
  CHECK(fact(result, "role") == "service_role");
  CHECK(fact(result, "expires") == "1970-01-01T00:00:00Z");
  CHECK(check(Checksum::jwt_supabase_service_role, token).verdict == ChecksumVerdict::valid);

  const std::string anon =
      make(R"({{b64json:{"alg":"HS256"}}}.{{b64json:{"role":"anon"}}}.{{base64url:43}})", Checksum::none);
  CHECK(check(Checksum::jwt, anon).verdict == ChecksumVerdict::valid);
  CHECK(check(Checksum::jwt_supabase_service_role, anon).verdict == ChecksumVerdict::invalid);
  CHECK(check(Checksum::jwt, "eyJhbGciOiJub25l.x.y").verdict == ChecksumVerdict::invalid);
  CHECK(check(Checksum::jwt, make(R"({{b64json:{"typ":"JWT"}}}.{{b64json:{}}}.x)", Checksum::none)).verdict
        == ChecksumVerdict::invalid);
}

TEST_CASE("JSON of any depth is judged without recursion")
{
  const std::string deep = to_base64(R"({"a":)" + std::string(12000, '['));
  CHECK(check(Checksum::base64_json, deep).verdict == ChecksumVerdict::invalid);
}

TEST_CASE("structures are recognised and others are not")
{
  const auto valid = [](Checksum checksum, std::string_view text) {
    return check(checksum, make(text, Checksum::none)).verdict == ChecksumVerdict::valid;
  };
  CHECK(valid(Checksum::openai_infix, "sk-{{base62:20}}T3Blbk{{lit:FJ}}{{base62:20}}"));
  CHECK_FALSE(valid(Checksum::openai_infix, "sk-{{base62:48}}"));
  CHECK(valid(Checksum::discord_bot, "{{b64json:123456789012345678}}.{{base64url:6}}.{{base64url:38}}"));
  CHECK_FALSE(valid(Checksum::discord_bot, "{{b64json:hello}}.{{base64url:6}}.{{base64url:38}}"));
  CHECK(valid(Checksum::base64_json, R"(glc_{{b64json:{"o":"1","n":"x","k":"y"}}})"));
  CHECK_FALSE(valid(Checksum::base64_json, "glc_{{base64:80}}"));
  CHECK(valid(Checksum::azure_account_key, "{{base64:85}}A=="));
  CHECK_FALSE(valid(Checksum::azure_account_key, "{{base64:40}}"));

  const std::string pypi = "pypi-" + to_base64(std::string("\x02\x01\x08pypi.org") + "rest");
  CHECK(check(Checksum::pypi_macaroon, pypi).verdict == ChecksumVerdict::valid);
  CHECK(check(Checksum::pypi_macaroon, "pypi-" + to_base64("something else")).verdict == ChecksumVerdict::invalid);
}

TEST_CASE("a Sentry token names its organisation")
{
  const std::string token =
      make(R"(sntrys_{{b64json:{"iat":1,"url":"u","region_url":"r","org":"acme"}}}_{{base64:43}})", Checksum::none);
  CHECK(check(Checksum::sentry_org, token).verdict == ChecksumVerdict::valid);
  CHECK(fact(check(Checksum::sentry_org, token), "organisation") == "acme");
  CHECK(check(Checksum::sentry_org, make("sntrys_{{base64:60}}_{{base64:43}}", Checksum::none)).verdict
        == ChecksumVerdict::invalid);
}

TEST_CASE("newer AWS keys carry the number of their account")
{
  // Account 123456789012, shifted left by 7 into 48 bits, as base32 after the type of the key.
  const std::uint64_t bits = 123456789012ULL << 7U | 1ULL << 47U;
  std::string key = std::string("AK") + "IA";
  for (int shift = 43; shift >= -2; shift -= 5) {
    const std::uint64_t digit = (shift >= 0 ? bits >> shift : bits << 2U) & 31U;
    key += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[digit];
  }
  key += "AAAAAA";
  CHECK(key.size() == 20);
  CHECK(fact(check(Checksum::aws_access_key_id, key), "aws-account") == "123456789012");
  CHECK(check(Checksum::aws_access_key_id, key).verdict == ChecksumVerdict::unknown);
  key[8] = '1';
  CHECK(check(Checksum::aws_access_key_id, key).verdict == ChecksumVerdict::invalid);
}

std::string
pem(std::string_view label, std::string_view body, std::string_view header = "")
{
  return fmt::format("-----BEGIN {0}-----\n{1}{2}\n-----END {0}-----", label, header, body);
}

TEST_CASE("a private key is one if there is a key inside its armour")
{
  const std::string der = to_base64("\x30\x82\x01\x02" + std::string(90, 'k'));
  CHECK(check(Checksum::pem_private_key, pem("RSA PRIVATE "
                                             "KEY",
                                             der))
            .verdict
        == ChecksumVerdict::valid);
  CHECK(fact(check(Checksum::pem_private_key, pem("PRIVATE "
                                                  "KEY",
                                                  der)),
             "passphrase")
        == "none");
  CHECK(fact(check(Checksum::pem_private_key, pem("ENCRYPTED PRIVATE "
                                                  "KEY",
                                                  der)),
             "passphrase")
        == "protects the key");
  CHECK(fact(check(Checksum::pem_private_key, pem("RSA PRIVATE "
                                                  "KEY",
                                                  der, "Proc-Type: 4,ENCRYPTED\n\n")),
             "passphrase")
        == "protects the key");
  CHECK(check(Checksum::pem_private_key, pem("PRIVATE "
                                             "KEY",
                                             "your key here"))
            .verdict
        == ChecksumVerdict::invalid);

  const std::string magic("openssh-key-v1\0\0\0\0\4none", 23);
  CHECK(check(Checksum::pem_private_key, pem("OPENSSH PRIVATE "
                                             "KEY",
                                             to_base64(magic + "rest")))
            .verdict
        == ChecksumVerdict::valid);
  const std::string one_line = replace_all(pem("PRIVATE "
                                               "KEY",
                                               der),
                                           "\n", "\\n");
  CHECK(check(Checksum::pem_private_key, one_line).verdict == ChecksumVerdict::valid);
}

TEST_CASE("no check stumbles over any text")
{
  for (const std::string_view text :
       {"", "_", "-", ".", "..", "=", "-----BEGIN", "-----BEGIN-----END", "\x80\xff", "eyJ"}) {
    for (std::size_t i = 0; i < EnumNames<Checksum>::names.size(); ++i) {
      CHECK(check(static_cast<Checksum>(i), text).verdict != ChecksumVerdict::valid);
      (void)check_characters(static_cast<Checksum>(i), text);
    }
  }
}

}  // namespace
}  // namespace sluice::credentials
