// SPDX-License-Identifier: Apache-2.0
#include "env/format.hpp"
#include "env/schema_reading.hpp"
#include "env/spec_file.hpp"
#include "support/memory_tree.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

using namespace sluice;
using namespace sluice::env;

namespace {

const Format&
named(std::string_view id)
{
  const auto all = formats();
  return **std::find_if(all.begin(), all.end(), [id](const Format* format) { return format->id == id; });
}

Schema
read(std::string_view id, std::string path, std::string text, const test::MemoryTree& tree = {})
{
  Schema schema = named(id).read(gate::SourceText(std::move(path), std::move(text)), tree);
  schema.format = id;
  return schema;
}

Schema
spec(std::string text)
{
  return read("env-spec", ".env.schema", std::move(text));
}

}  // namespace

TEST_CASE("of two schemas the more telling one counts, and the other fills in what it leaves unsaid")
{
  const std::vector<Schema> schemas{
      read("dotenv-example", ".env.example", "# @required\nA=example\n# @optional\nB=1\nC=3\n"),
      spec("# @optional @type=port\nA=\n# @sensitive @required\nB=2\n")};
  const auto all = put_together(schemas);
  REQUIRE(all.size() == 3);
  CHECK(all.at("A").item.need == Need::optional);
  CHECK(all.at("A").item.type.id == "port");
  CHECK_FALSE(all.at("A").item.fallback);
  CHECK(all.at("A").schema->format == "env-spec");
  CHECK(all.at("B").item.fallback == "2");
  CHECK(all.at("B").item.exposure == Exposure::sensitive);
  CHECK(all.at("C").schema->is_example);
}

TEST_CASE("a schema in a program is read by the lexer of its language")
{
  const Schema settings = read("pydantic", "app.py",
                               "class S(BaseSettings):\n  port: int = 80\n  \"\"\"Where it listens.\"\"\"\n"
                               "  ratio: float = 0.5\n  path: str = f\"{home}/x\"\n");
  REQUIRE(settings.items.size() == 3);
  CHECK(settings.items[0].fallback == "80");
  CHECK(settings.items[1].fallback == "0.5");
  CHECK_FALSE(settings.items[2].fallback);

  const Schema zod = read("zod", "env.ts",
                          "const t = `${f({ a: '`}' })}`;\n"
                          "export const e = z.object({ A: z.string().regex(/[/\"]+/i) }).parse(process.env);");
  REQUIRE(zod.items.size() == 1);
  CHECK(zod.items[0].type.options.at("matches") == "/[/\"]+/i");

  const Schema page =
      read("zod", "app.vue", "<p>don't</p><script>z.object({ A: z.string() }).parse(process.env)</script>");
  CHECK(page.items.size() == 1);
}

TEST_CASE("code fills in what a schema leaves unsaid")
{
  const std::vector<Schema> schemas{
      read("zod", "env.ts", "export const e = z.object({ A: z.string().url() }).parse(process.env);"),
      read("dotenv-extended", ".env.schema", "A=x\n")};
  const auto all = put_together(schemas);
  CHECK(all.at("A").item.type.id == "url");
  CHECK(all.at("A").item.need == Need::required);
  CHECK(all.at("A").schema->format == "dotenv-extended");
}

TEST_CASE("an environment is named by any of its names")
{
  const Schema schema = spec("# @required=forEnv(prod)\nA=\n# @required\nB=\n# @required=if($X, 1, 0)\nC=\n");
  const Item& named_item = schema.items[0];
  CHECK(is_needed_in(named_item, "prod"));
  CHECK(is_needed_in(named_item, "production"));
  CHECK_FALSE(is_needed_in(named_item, "staging"));
  CHECK_FALSE(is_needed_in(named_item, ""));
  CHECK(is_needed_in(schema.items[1], "staging"));
  CHECK(schema.items[2].need == Need::computed);
  CHECK_FALSE(is_needed_in(schema.items[2], "production"));
}

TEST_CASE("nothing that a schema would run has a default")
{
  const Schema schema =
      spec("# @required\nA=exec(`cat /etc/passwd`)\nB=\"$(id)\"\nC='$(id)'\nD=\\$5\nE=${F:-x}\nF=a$\n");
  CHECK_FALSE(schema.items[0].fallback);
  CHECK(schema.items[0].is_elsewhere);
  CHECK(schema.items[1].is_elsewhere);
  CHECK(schema.items[2].fallback == "$(id)");
  CHECK_FALSE(schema.items[3].is_elsewhere);
  CHECK(schema.items[4].is_elsewhere);
  CHECK(schema.items[5].fallback == "a$");
}

TEST_CASE("a byte order mark and carriage returns are no part of a schema")
{
  const Schema schema = spec("\xef\xbb\xbf# @required\r\nA=1\r\nB=\"x\"\r\n");
  CHECK(schema.gaps.empty());
  REQUIRE(schema.items.size() == 2);
  CHECK(schema.items[0].fallback == "1");
  CHECK(schema.items[1].fallback == "x");
}

TEST_CASE("comments are the header's until a variable follows them directly")
{
  const SpecFile file = read_spec_file("# @a\n\n# @b\n# ====\n# @c\nX=1\n# @d\n# ---\nY=\n");
  REQUIRE(file.root.size() == 2);
  CHECK(file.root[1].name == "b");
  CHECK(file.root[1].line == 3);
  CHECK(file.items[0].decorators.at(0).name == "c");
  CHECK(file.items[1].decorators.empty());
  REQUIRE(file.faults.size() == 1);
  CHECK(file.faults[0].line == 7);
}

TEST_CASE("imports that lead back are a gap, and a thousand of them are bounded")
{
  test::MemoryTree tree;
  for (int i = 0; i < 300; ++i) {
    tree.files.emplace(fmt::format(".env.{}", i),
                       fmt::format("# @import(./.env.{}) @import(./.env.{})\n# ---\nV{}=1\n", i + 1, i + 1, i));
  }
  const Schema schema = read("env-spec", ".env.schema", "# @import(./.env.0)\n# ---\nOWN=\n", tree);
  CHECK(schema.items.size() > 100);
  CHECK(schema.gaps.size() <= 100);
  CHECK(std::any_of(schema.gaps.begin(), schema.gaps.end(),
                    [](const Gap& gap) { return gap.kind == GapKind::too_many; }));
  tree.files.insert_or_assign(".env.0", "# @import(./.env.schema)\n# ---\nBACK=\n");
  const Schema cycle = read("env-spec", ".env.schema", "# @import(./.env.0)\n# ---\nOWN=\n", tree);
  REQUIRE(cycle.gaps.size() == 1);
  CHECK(cycle.gaps[0].kind == GapKind::unparsable);
  CHECK(cycle.gaps[0].subject == ".env.schema:1");
  CHECK(cycle.items.size() == 2);
}

TEST_CASE("what does not close is read in bounded time")
{
  for (const std::string_view piece : {"A=f(x,\n", "A=f(f(f(f(x,\n", "# @a(x,\n", "# @a(f(f(f(x,\n", "# @a={x=[y,\n",
                                       "A='\\'\n", "A=\"\"\"\n", "A=[[[[{\n"}) {
    std::string text;
    while (text.size() < (std::size_t{1} << 18U)) {
      text += piece;
    }
    CHECK(read_spec_file(text).faults.size() <= max_spec_faults);
  }
}

TEST_CASE("brackets of programs that do not close are read in bounded time")
{
  const std::vector<std::pair<std::string_view, std::string_view>> pieces{
      {"zod", "z.object({ A: "},
      {"zod", "createEnv({ server: {"},
      {"zod", "x.parse("},
      {"joi", "Joi.object({ a: "},
      {"envalid", "cleanEnv(process.env, x); x = {"},
      {"pydantic", "class A(BaseSettings): "},
      {"pydantic", "class A(BaseSettings):\n  a: x[\n"},
      {"decouple", "from decouple import config; config('A', "},
      {"go-tags", "A string `env:\"A\"`\n"}};
  for (const auto& each : pieces) {
    std::string text;
    while (text.size() < (std::size_t{1} << 18U)) {
      text += each.second;
    }
    CHECK_MESSAGE(read(each.first, "env.x", std::move(text)).items.size() <= max_schema_items + 1, each.first);
  }
}

TEST_CASE("a hundred thousand variables are read, and more are a gap")
{
  std::string text = "# @defaultRequired=true\n# ---\n";
  for (int i = 0; i <= 100'001; ++i) {
    text += fmt::format("NAME_{}=\n", i);
  }
  const Schema schema = spec(std::move(text));
  CHECK(schema.items.size() == max_schema_items + 1);
  REQUIRE(schema.gaps.size() == 1);
  CHECK(schema.gaps[0].kind == GapKind::too_many);
}

TEST_CASE("gaps of a schema hold no value")
{
  const Schema schema = spec("# @required\nA=\"planted\nB=planted(\n planted secret\nC='planted' planted\n");
  for (const Gap& gap : schema.gaps) {
    CHECK(gap.why.find("planted") == std::string::npos);
  }
  CHECK_FALSE(schema.gaps.empty());
}

TEST_CASE("patterns and divisions of JavaScript are told apart")
{
  const Schema schema =
      read("zod", "env.ts",
           "const a = b / c; const q = '\"'; const e = z.object({ A: z.string().regex(/[/\"']/).min(2), "
           "/* B: z.string(), */ C: z.number() }).parse(process.env); // D");
  REQUIRE(schema.items.size() == 2);
  CHECK(schema.items[0].type.options.at("matches") == "/[/\"']/");
  CHECK(schema.items[0].type.options.at("minLength") == "2");
  CHECK(schema.items[1].name == "C");
}
