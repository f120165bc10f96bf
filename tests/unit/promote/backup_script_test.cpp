// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_script.hpp"

#include <doctest/doctest.h>

namespace sluice::promote {

namespace {

std::string
refusal_of(std::string_view script)
{
  const auto read = read_backup_script(script);
  if (read) {
    return "";
  }
  CHECK(read.error().kind == ErrorKind::input);
  return read.error().message;
}

bool
is_refused(std::string_view script, std::string_view with)
{
  const std::string refusal = refusal_of(script);
  INFO("said: ", refusal);
  return refusal.find(with) != std::string::npos;
}

}  // namespace

TEST_CASE("roles, extensions and schemas that a dump names")
{
  const auto script = read_backup_script(R"sql(
CREATE SCHEMA public;
CREATE SCHEMA "Odd one" AUTHORIZATION maker;
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE EXTENSION "uuid-ossp";
ALTER TABLE public.orders OWNER TO app;
ALTER TABLE public."owner to ghost" OWNER TO "App 2";
GRANT SELECT(id),INSERT(id) ON TABLE public.orders TO reader,"Writer";
GRANT ALL ON SCHEMA public TO PUBLIC;
REVOKE ALL ON TABLE public.orders FROM auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE boss IN SCHEMA public GRANT SELECT ON TABLES  TO clerk;
CREATE POLICY own ON public.orders FOR SELECT TO tenant, guest USING ((who = CURRENT_USER));
ALTER SCHEMA public OWNER TO pg_database_owner;
SET SESSION AUTHORIZATION 'old';
CREATE USER MAPPING FOR mapped SERVER s;
COMMENT ON TABLE public.orders IS 'OWNER TO nobody; -- \';
)sql")
                          .value();
  CHECK(script.roles
        == std::set<std::string>{"App 2", "Writer", "app", "auditor", "boss", "clerk", "guest", "maker", "mapped",
                                 "old", "reader", "tenant"});
  CHECK(script.extensions == std::map<std::string, std::string>{{"citext", "public"}, {"uuid-ossp", ""}});
  CHECK(script.schemas == std::set<std::string>{"Odd one", "public"});
}

TEST_CASE("a command of psql's is refused wherever psql would obey it")
{
  for (const char* script :
       {"\\! touch x\n", "SELECT 1 \\! touch x\n;", "SELECT (\n\\! touch x\n);", "SELECT 'a\\' \\! touch x\n",
        "SELECT E'a\\'' \\! touch x\n", "/* /* */ */ \\! touch x\n", "SELECT $a$ $a \\! $a$ \\! touch x\n",
        "SELECT a$b$ \\! touch x\n$b$;", "-- a\n\\! touch x\n", "COPY t FROM stdin;\n\\.\n\\! touch x\n",
        "SELECT \"a\\\" \\! touch x\n\";", "SELECT 1 \\gexec\n", "SELECT 1\n\\o |sh\n",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC; COPY t FROM stdin;\n\\! touch x\n\\.\nEND;",
        "SELECT U&'\\' \\! touch x\n"}) {
    INFO(script);
    CHECK(is_refused(script, "holds psql's command"));
  }
}

TEST_CASE("a backslash that is text is none")
{
  for (const char* script : {"SELECT '\\! x';", "SELECT \"\n\\! x\";", "SELECT $$\n\\! x\n$$;", "-- \\! x\nSELECT 1;",
                             "/*\n\\! x */SELECT 1;", "SELECT E'\\'\\! x';", "SELECT E'a'\n '\\'\\! x';",
                             "SELECT $q1$ $$ \\! $q1$;", "COPY t (a) FROM stdin;\n\\! x\n\\\\.\n\\.\nSELECT 1;",
                             "copy \"a;b\" from STDIN with (format text);\r\n\\! x\r\n\\.\r\nSELECT 1;"}) {
    INFO(script);
    CHECK(refusal_of(script).empty());
  }
}

TEST_CASE("a script that ends too early is refused")
{
  for (const char* script : {"SELECT 1", "SELECT 'a", "SELECT \"a", "SELECT $a$ b $a", "SELECT 1; /* a", "SELECT E'\\",
                             "COPY t FROM stdin;\n1\n2", "COPY t FROM stdin;", "COPY t FROM stdin; SELECT 1;\n\\.\n",
                             "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;"}) {
    INFO(script);
    CHECK(is_refused(script, "is cut off"));
  }
  const std::string begin = "--\n-- PostgreSQL database dump\n--\nSELECT 1;\n";
  CHECK(is_refused(begin, "last line is not there"));
  CHECK(is_refused(begin + "SELECT '\n-- PostgreSQL database dump complete\n';", "last line is not there"));
  CHECK(refusal_of(begin + "--\n-- PostgreSQL database dump complete\n--\n\n").empty());
}

TEST_CASE("the key that restricts psql is kept to both ends")
{
  const std::string first = "\\restrict k3y\nSELECT 1;\n";
  CHECK(read_backup_script(first + "\\unrestrict k3y\n").value().restrict_key == "k3y");
  CHECK(is_refused(first, "does not keep the key"));
  CHECK(is_refused(first + "SELECT 'k3y';\n\\unrestrict k3y\n", "does not keep the key"));
  CHECK(is_refused(first + "\\unrestrict k3y\nSELECT 2;\n", "behind its \\unrestrict"));
  CHECK(is_refused(first + "\\unrestrict other\n", "holds psql's command"));
  CHECK(is_refused("SELECT 1;\n" + first + "\\unrestrict k3y\n", "holds psql's command"));
}

TEST_CASE("what reaches beyond one database is refused")
{
  for (const char* script : {"CREATE DATABASE shop;", "drop database shop;", "ALTER DATABASE shop SET x = 1;",
                             "CREATE ROLE app;", "ALTER ROLE app PASSWORD 'x';", "CREATE USER app;",
                             "ALTER SYSTEM SET x = 1;", "CREATE TABLESPACE t LOCATION '/x';"}) {
    INFO(script);
    CHECK(is_refused(script, "reaches beyond"));
  }
  CHECK(is_refused("\\connect shop\n", "leads to another database"));
  CHECK(is_refused("COPY t FROM PROGRAM 'touch x';", "a program of the server"));
  CHECK(is_refused("COPY t FROM '/etc/passwd';", "a program of the server"));
}

TEST_CASE("reading a script stops when it is told to")
{
  std::string script;
  for (int i = 0; i < 5000; ++i) {
    script += "SELECT 1;\n";
  }
  int asked = 0;
  const auto read = read_backup_script(script, [&asked] { return ++asked < 3; });
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::unavailable);
  CHECK(asked == 3);
}

}  // namespace sluice::promote
