// SPDX-License-Identifier: Apache-2.0
#include "scripts.hpp"

#include <doctest/doctest.h>

#include <array>

namespace sluice::migrations {

namespace {

bool
drop_is_reported(std::string_view change)
{
  const test::Places places = test::places_of(change, {"CREATE TABLE shop (id int);"});
  return std::any_of(places.begin(), places.end(),
                     [](const std::string& place) { return place.ends_with(" unjudged-statement"); });
}

}  // namespace

TEST_CASE("whatever resets the search path leads to the table that is in use")
{
  constexpr std::array scripts = std::to_array<std::string_view>(
      {"SET search_path = o; CREATE TABLE shop (a int); DISCARD ALL; DROP TABLE shop",
       "SET search_path = o; CREATE TABLE shop (a int); RESET ALL; DROP TABLE shop",
       "SET search_path = o; CREATE TABLE shop (a int); RESET search_path; DROP TABLE shop",
       "SET search_path = o; CREATE TABLE shop (a int); SET search_path TO DEFAULT; DROP TABLE shop",
       "SET \"Search_Path\" = o; CREATE TABLE shop (a int); SET \"SEARCH_PATH\" = public; DROP TABLE shop",
       "SET SCHEMA 'o'; CREATE TABLE shop (a int); SET SCHEMA 'public'; DROP TABLE shop",
       "BEGIN; SET LOCAL search_path = o; CREATE TABLE shop (a int); COMMIT; DROP TABLE shop",
       "BEGIN; SET LOCAL search_path = o; CREATE TABLE shop (a int); COMMIT AND CHAIN; DROP TABLE shop; COMMIT",
       "BEGIN; SET search_path = o; ROLLBACK; SET search_path = public; DROP TABLE shop",
       "SET search_path = o; CREATE TABLE shop (a int); BEGIN; COMMIT AND CHAIN; SET LOCAL search_path = public; "
       "DROP TABLE shop; COMMIT",
       "SET search_path = o; CREATE TABLE shop (a int); SELECT set_config('search_path', 'public', false); DROP TABLE "
       "shop",
       "SET search_path = o; CREATE TABLE shop (a int); SELECT set_config('SEARCH_PATH', 'public', false); DROP TABLE "
       "shop",
       "CREATE TEMP TABLE shop (a int); DISCARD TEMP; DROP TABLE shop",
       "CREATE TEMP TABLE shop (a int); DISCARD ALL; DROP TABLE shop"});
  for (const std::string_view script : scripts) {
    CAPTURE(std::string(script));
    CHECK(drop_is_reported("CREATE SCHEMA o; " + std::string(script)));
  }
}

TEST_CASE("a search path that cannot be told leads to no table that is new")
{
  constexpr std::array settings = std::to_array<std::string_view>(
      {"SELECT set_config('search_path', 'public', false), 1", "SELECT set_config('search_path', current_user, false)",
       "SELECT set_config('search_' || 'path', 'public', false)",
       "SELECT 1 WHERE set_config('search_path', 'public', false) = ''",
       "INSERT INTO log VALUES (set_config('search_path', 'public', false))",
       "WITH s AS (SELECT set_config('search_path', 'public', false)) SELECT * FROM s"});
  for (const std::string_view setting : settings) {
    CAPTURE(std::string(setting));
    const std::string before = "CREATE SCHEMA o; SET search_path = o; CREATE TABLE shop (a int); ";
    CHECK(drop_is_reported(before + std::string(setting) + "; DROP TABLE shop"));
    CHECK(drop_is_reported("CREATE TEMP TABLE shop (a int); " + std::string(setting) + "; DROP TABLE shop"));
    CHECK(drop_is_reported(std::string(setting) + "; CREATE TABLE IF NOT EXISTS shop (a int); DROP TABLE shop"));
  }
  // It may not run at all.
  CHECK(drop_is_reported("CREATE SCHEMA o; SELECT set_config('search_path', 'o', false) WHERE false; "
                         "CREATE TABLE IF NOT EXISTS shop (a int); DROP TABLE shop"));
}

TEST_CASE("a search path that is longer than any that a person writes cannot be told")
{
  std::string path = "o";
  for (int i = 0; i < 100; ++i) {
    path += fmt::format(", s{}", i);
  }
  CHECK(
      drop_is_reported("CREATE SCHEMA o; SET search_path = " + path + "; CREATE TABLE shop (a int); DROP TABLE shop"));
}

TEST_CASE("a table that is made and dropped along a path that can be told is nobody's")
{
  CHECK_FALSE(drop_is_reported("CREATE SCHEMA o; SET search_path = o; CREATE TABLE shop (a int); DROP TABLE shop"));
  CHECK_FALSE(drop_is_reported("CREATE SCHEMA o; SELECT pg_catalog.set_config('search_path', 'o', false); "
                               "CREATE TABLE shop (a int); DROP TABLE shop"));
  CHECK_FALSE(drop_is_reported("SELECT set_config('search_path', '', false), set_config('app.user', 'x', false);"
                               "CREATE TABLE o.n (a int); DROP TABLE o.n"));
}

TEST_CASE("a setting that may not be made is no lock timeout")
{
  const auto reported = [](std::string_view change) {
    const Findings findings =
        test::judge({.earlier = {"CREATE TABLE shop (id int);"}, .change = {std::string(change)}, .options = {}});
    return test::places(findings, test::LockTimeout::counted).size();
  };
  CHECK(reported("SELECT set_config('lock_timeout', '5s', false); ALTER TABLE shop ADD a int") == 0);
  CHECK(reported("SELECT set_config('lock_timeout', '5s', false) WHERE false; ALTER TABLE shop ADD a int") == 1);
  CHECK(reported("SET lock_timeout = '5s'; DISCARD ALL; ALTER TABLE shop ADD a int") == 1);
}

}  // namespace sluice::migrations
