// SPDX-License-Identifier: Apache-2.0
#include "promote/probe_database.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

struct Parts
{
  std::string address;
  std::optional<std::string> password;
  bool operator==(const Parts&) const = default;
};

Parts
parts_of(std::string_view address)
{
  const auto result = without_password(address);
  REQUIRE(result);
  return {result->address, result->password};
}

}  // namespace

TEST_CASE("a URI loses its password wherever it stands")
{
  CHECK(parts_of("postgresql://app:p%40%2Fs@db:5432/shop") == Parts{"postgresql://app@db:5432/shop", "p@/s"});
  CHECK(parts_of("postgres://:abc@/shop?host=/run") == Parts{"postgres://@/shop?host=/run", "abc"});
  CHECK(parts_of("postgres://app@db/shop?password=a%26b&sslmode=require")
        == Parts{"postgres://app@db/shop?sslmode=require", "a&b"});
  CHECK(parts_of("postgres://db/shop?p%61ssword=abc") == Parts{"postgres://db/shop", "abc"});
  CHECK(parts_of("postgres://app@db1:1,db2:2/shop") == Parts{"postgres://app@db1:1,db2:2/shop", std::nullopt});
  CHECK(parts_of("postgres://db/shop?options=-c%20a%3Db@c") == Parts{"postgres://db/shop?options=-c%20a%3Db@c", {}});
  CHECK(parts_of("postgres://") == Parts{"postgres://", {}});
}

TEST_CASE("a connection string loses its password however it is quoted")
{
  CHECK(parts_of("host=db password=abc dbname=shop") == Parts{"host=db dbname=shop", "abc"});
  CHECK(parts_of("password = 'a b\\'c' host = db") == Parts{"host = db", "a b'c"});
  CHECK(parts_of("host=db password=a\\ b") == Parts{"host=db", "a b"});
  CHECK(parts_of("host=db password=") == Parts{"host=db", ""});
  CHECK(parts_of("application_name='password=x' host=db") == Parts{"application_name='password=x' host=db", {}});
  CHECK(parts_of("shop") == Parts{"shop", {}});
}

TEST_CASE("an address in which a password would stay is refused, without a word of it")
{
  for (const char* address :
       {"postgres://app:a@b@db/shop", "postgres://app:a/b@db/shop", "postgres://db/shop?sslpassword=abc",
        "host=db sslpassword=abc", "host=db password='abc", "host=db password abc=d", "host=db abc"}) {
    CAPTURE(std::string(address));
    const auto result = without_password(address);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message.find("abc") == std::string::npos);
  }
}
