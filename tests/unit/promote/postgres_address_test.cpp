// SPDX-License-Identifier: Apache-2.0
#include "promote/postgres.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace sluice::promote {

namespace {

/// Made here, so that no file holds what looks like one.
const std::string word = std::string("open ") + "sesame@/1";
const std::string encoded = std::string("open%20") + "sesame%40%2F1";

PostgresAddress
read(std::string_view text)
{
  return read_postgres_address(text, "source", {}).value();
}

}  // namespace

TEST_CASE("an address as a URI")
{
  const PostgresAddress address = read("postgresql://app:" + encoded + "@db.example:6432/shop%20one?sslmode=require");
  CHECK(address.get("host") == "db.example");
  CHECK(address.get("port") == "6432");
  CHECK(address.get("user") == "app");
  CHECK(address.get("password") == word);
  CHECK(address.get("dbname") == "shop one");
  CHECK(address.get("sslmode") == "require");
  CHECK(place_of(address) == "shop one at db.example:6432");

  CHECK(read("postgres://[::1]:5433/x").get("host") == "::1");
  CHECK(read("postgres://[::1]:5433/x").get("port") == "5433");
  CHECK(read("postgresql:///x?host=/run/postgresql").get("host") == "/run/postgresql");
  CHECK(read("postgresql://%2Frun%2Fpostgresql/x").get("host") == "/run/postgresql");
  CHECK(read("postgresql://a:1,b:2/x").get("host") == "a,b");
  CHECK(read("postgresql://a:1,b:2/x").get("port") == "1,2");
}

TEST_CASE("an address as pairs")
{
  const PostgresAddress address = read(R"( host = /run  dbname='it\'s'  user=app)");
  CHECK(address.get("host") == "/run");
  CHECK(address.get("dbname") == "it's");
  CHECK(address.get("user") == "app");
  CHECK(read(R"(dbname='a \'b\\' port=1)").get("dbname") == R"(a 'b\)");
  CHECK(read(R"(dbname='a \'b\\' port=1)").get("port") == "1");
  CHECK(read("dbname=''").parameters.empty());
}

TEST_CASE("an address in a variable")
{
  const Environment process{{"DATABASE_URL", "postgresql://db/shop"}};
  CHECK(read_postgres_address("$DATABASE_URL", "source", process).value().get("dbname") == "shop");
  const auto missing = read_postgres_address("$OTHER", "source", process);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::config);
  CHECK(missing.error().message == "source: the variable OTHER is not set");
}

TEST_CASE("what is no address is refused without a word of it")
{
  const std::vector<std::string> texts{"postgresql://app:" + word + "@db/shop",
                                       "postgresql://app@x@db/shop",
                                       "postgresql://db:port/shop",
                                       "postgresql://db/shop?sesame",
                                       "postgresql://db/%zz",
                                       "mysql://app@db/shop",
                                       "sesame",
                                       "dbname='sesame",
                                       "dbname='it''s'",
                                       "Sesame word=1",
                                       "host=a sslpassword=sesame"};
  for (const std::string& text : texts) {
    const auto address = read_postgres_address(text, "scratch", {});
    CHECK_MESSAGE(!address, text);
    if (!address) {
      CHECK(address.error().kind == ErrorKind::config);
      CHECK(address.error().message.starts_with("scratch: "));
      CHECK(address.error().message.find("sesame") == std::string::npos);
    }
  }
}

TEST_CASE("a password is in no word of a program and in its variables")
{
  const PostgresClient client{.address = read("postgresql://app:" + encoded + "@db/it's"),
                              .process = {{"PGHOSTADDR", "192.0.2.1"}, {"PGSERVICE", "other"}, {"HOME", "/root"}},
                              .directory = {},
                              .timeout = std::chrono::minutes(1),
                              .tick = {}};
  const ProgramRequest request = psql_program(client, "SELECT 1;", {"--output=x"});
  CHECK(std::none_of(request.argv.begin(), request.argv.end(),
                     [](const std::string& one) { return one.find("sesame") != std::string::npos; }));
  CHECK(request.argv[1] == "--no-password");
  CHECK(request.argv[2]
        == R"(--dbname=dbname='it\'s' host='db' user='app' connect_timeout=10 fallback_application_name=sluice)");
  CHECK(request.environment.at("PGPASSWORD") == word);
  CHECK(request.environment.at("HOME") == "/root");
  CHECK_FALSE(request.environment.contains("PGHOSTADDR"));
  CHECK_FALSE(request.environment.contains("PGSERVICE"));
}

TEST_CASE("why a program failed is one line without secrets or rows")
{
  const PostgresAddress address = read("host=db password='" + word + "'");
  const ProgramResult result{.exit_status = 3,
                             .output = {},
                             .error_output = "psql:x.sql:1: NOTICE:  nothing\npsql:x.sql:2: ERROR:  no " + word
                                             + "\x1b[0m\nDETAIL:  Key (mail)=(a@example.org)\n"};
  CHECK(reason_of(result, address) == "psql:x.sql:2: ERROR:  no [password]\\x1b[0m");
  CHECK(reason_of({.exit_status = 1, .output = {}, .error_output = "\n"}, address) == "exit status 1, without a word");
}

TEST_CASE("names and literals as SQL and psql read them")
{
  CHECK(sql_literal("it's \\ x") == "'it''s \\ x'");
  CHECK(sql_name("a\"b") == "\"a\"\"b\"");
  CHECK(psql_word("/tmp/it's \\") == "'/tmp/it''s \\\\'");
}

}  // namespace sluice::promote
