// SPDX-License-Identifier: Apache-2.0
#include "credentials/template.hpp"
#include "env/jwt.hpp"
#include "env/key_modes.hpp"
#include "env/project_ref.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sluice;
using namespace sluice::env;

namespace {

std::string
token(const std::string& claims)
{
  return credentials::expand_template(R"({{b64json:{"alg":"HS256"}}}.{{b64json:)" + claims + "}}.{{base64url:43}}",
                                      "supabase-service-role-key");
}

}  // namespace

TEST_CASE("what a token says of itself")
{
  const auto jwt = read_jwt(token(R"({"iss":"supabase","ref":"abc","role":"anon","iat":86400,"exp":172800})"));
  REQUIRE(jwt);
  CHECK(jwt->issuer == "supabase");
  CHECK(jwt->role == "anon");
  CHECK(jwt->ref == "abc");
  CHECK(jwt->issued == 86400);
  CHECK(jwt->expires == 172800);
  CHECK(days_until({1970, 1, 1}, 172800) == 2);
  CHECK(days_until({1970, 1, 1}, -1) == -1);
  CHECK(days_between({2026, 1, 1}, {2026, 3, 1}) == 59);
}

TEST_CASE("claims of another kind are not there")
{
  const auto jwt = read_jwt(token(R"({"iss":7,"role":["anon"],"exp":"soon","iat":1e300})"));
  REQUIRE(jwt);
  CHECK(jwt->issuer.empty());
  CHECK(jwt->role.empty());
  CHECK_FALSE(jwt->expires);
  CHECK_FALSE(jwt->issued);
}

TEST_CASE("what is no token is none")
{
  CHECK_FALSE(read_jwt(""));
  CHECK_FALSE(read_jwt("eyJ.eyJ.x"));
  CHECK_FALSE(read_jwt("ey.."));
  CHECK_FALSE(read_jwt(token("[1]")));
  CHECK_FALSE(read_jwt(token(R"({"iss":"a"})") + ".x"));
  CHECK_FALSE(read_jwt("ey" + std::string(max_jwt_bytes, 'a')));
  CHECK_FALSE(read_jwt(token(std::string(5000, '[')).substr(0, max_jwt_bytes)));
}

TEST_CASE("the project that a value leads to")
{
  CHECK(project_in_url("https://abcdefghijklmnopqrst.supabase.co/rest") == "abcdefghijklmnopqrst");
  CHECK(project_in_url("postgres://u:p@db.abcdefghijklmnopqrst.supabase.co:5432/x") == "abcdefghijklmnopqrst");
  CHECK(project_in_url("postgres://postgres.abcdefghijklmnopqrst:p@eu.pooler.supabase.com/x")
        == "abcdefghijklmnopqrst");
  CHECK(project_in_url("https://your-project.supabase.co").empty());
  CHECK(project_in_url("https://shop.io").empty());
  CHECK(project_of("STAGING_PROJECT_REF", "abc") == "abc");
  CHECK(project_of("REGION", "abc").empty());
}

TEST_CASE("for which of a provider's worlds a key is")
{
  CHECK(key_mode("K", std::string("sk_") + "test_x") == KeyMode::test);
  CHECK(key_mode("K", std::string("pk_") + "live_x") == KeyMode::live);
  CHECK(key_mode("MOLLIE_KEY", "test_abc") == KeyMode::test);
  CHECK(key_mode("OTHER_KEY", "test_abc") == KeyMode::unsaid);
  CHECK(key_mode("PAYPAL_MODE", "sandbox") == KeyMode::test);
  CHECK(key_mode("VIEW_MODE", "sandbox") == KeyMode::unsaid);
  CHECK(key_mode("URL", "https://api-m.sandbox.paypal.com/v1") == KeyMode::test);
}
