// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_difference.hpp"
#include "promote/backup_format.hpp"

#include <doctest/doctest.h>

namespace sluice::promote {

namespace {

BackupContents
shop()
{
  BackupContents contents;
  contents.things["table"] = {{"public.orders", {}}, {"public.items", {}}};
  contents.things["column"] = {{"public.orders.id", {"integer", "public.orders"}},
                               {"public.items.id", {"integer", "public.items"}}};
  contents.things["constraint"] = {{"orders_pkey on public.orders", {"PRIMARY KEY (id)", "public.orders"}}};
  contents.rows = {{"public.orders", 100}, {"public.items", 5}};
  return contents;
}

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("what a restored dump lacks is told by name, and a table once")
{
  const BackupSource source{shop(), shop()};
  CHECK(differences_of(shop(), source).empty());

  BackupContents restored = shop();
  restored.things["table"].erase("public.items");
  restored.things["column"].erase("public.items.id");
  restored.rows.erase("public.items");
  CHECK(differences_of(restored, source) == Told{"table public.items is missing"});

  restored = shop();
  restored.things["constraint"].clear();
  restored.things["column"]["public.orders.id"].definition = "bigint";
  restored.rows["public.orders"] = 99;
  CHECK(differences_of(restored, source)
        == Told{"column public.orders.id is `bigint`, not `integer`",
                "constraint orders_pkey on public.orders is missing", "public.orders has 99 rows, not 100"});

  restored = shop();
  restored.things["table"]["public.extra"] = {};
  restored.things["column"]["public.extra.id"] = {"integer", "public.extra"};
  CHECK(differences_of(restored, source) == Told{"table public.extra is not in the source"});
}

TEST_CASE("a source that was written to gives a range, and one that was migrated two states")
{
  BackupContents later = shop();
  later.rows["public.orders"] = 110;
  later.things["table"]["public.new"] = {};
  later.rows["public.new"] = 0;
  const BackupSource source{shop(), later};
  BackupContents restored = shop();
  restored.rows["public.orders"] = 105;
  CHECK(differences_of(restored, source).empty());
  restored.rows["public.orders"] = 111;
  CHECK(differences_of(restored, source).back() == "public.orders has 111 rows, not 100 to 110");
  CHECK(differences_of(later, source).empty());
}

TEST_CASE("casts and parentheses are written anew by a restore")
{
  CHECK(bare_expression("CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))")
        == bare_expression(
            "CHECK (((s)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))"));
  CHECK(bare_expression("a::numeric(10,2) + 1") == "a+1");
  CHECK(bare_expression("a::timestamp(3) without time zone < b") == "a<b");
  CHECK(bare_expression("'::text (x)'::text") == "'::text (x)'");
  CHECK(bare_expression("x::\"Odd (\".\"kind\" AND y") == "xANDy");
  CHECK(bare_expression("'open") == "'open");
  CHECK(bare_expression("a::") == "a");
  CHECK(bare_expression("a::\"open") == "a");
  CHECK(bare_expression("(a > 1)") != bare_expression("(a > 2)"));
}

TEST_CASE("what a file is, by its name and by its bytes")
{
  CHECK(format_of_name("x/app.sql") == BackupFormat::plain);
  CHECK(format_of_name("app.sql.gz") == BackupFormat::plain_gzip);
  CHECK(format_of_name("app.dump") == BackupFormat::custom);
  using namespace std::string_literals;
  CHECK(format_of_content("PGDMP\x01").value() == BackupFormat::custom);
  CHECK(format_of_content("\x1f\x8b\x08").value() == BackupFormat::plain_gzip);
  CHECK(format_of_content("toc.dat" + std::string(250, '\0') + "ustar").value() == BackupFormat::tar);
  CHECK(format_of_content("SELECT 1;").value() == BackupFormat::plain);
  CHECK(format_of_content("").error().message == "is empty");
  CHECK(format_of_content("\x28\xb5\x2f\xfd....").error().message.find("zstd") != std::string::npos);
  CHECK_FALSE(format_of_content("SQLite format 3\0"s));
}

}  // namespace sluice::promote
