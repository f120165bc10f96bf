// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"
#include "env/format.hpp"
#include "env/json_schema.hpp"
#include "env/schema_draft.hpp"
#include "support/memory_tree.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

using namespace sluice;
using namespace sluice::env;

namespace {

Schema
spec(std::string text)
{
  const auto all = formats();
  const Format& format =
      **std::find_if(all.begin(), all.end(), [](const Format* each) { return each->id == "env-spec"; });
  Schema schema = format.read(gate::SourceText(".env.schema", std::move(text)), test::MemoryTree());
  schema.format = format.id;
  return schema;
}

std::string
draft(std::map<std::string, std::string, std::less<>> files)
{
  const EnvOptions options;
  const test::MemoryTree tree(std::move(files));
  const auto made = survey({options, tree, {}, false, {2026, 11, 26}, 1, {}, {}, {}});
  REQUIRE(made);
  return schema_draft(**made);
}

bool
holds(const std::string& text, std::string_view part)
{
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a JSON Schema has types, bounds, what is required, and defaults of what is open")
{
  const std::vector<Schema> schemas{
      spec("# @required @type=port(min=1024)\nPORT=\n# @type=number(max=5)\nCOUNT=3\nDEBUG=true\n"
           "# @type=enum(a, b)\nKIND=a\n# @sensitive\nHIDDEN=planted\nAPI_SECRET=planted\n"
           "DB=postgres://u:planted@h/d\n# @public\nSHOWN_TOKEN=shown\n# @deprecated\nOLD=\n"
           "# @required=forEnv(production)\nSOME=\n# @type=string(matches=^a)\nTEXT=\n")};
  const std::string text = json_schema(put_together(schemas));
  const auto parsed = Json::parse(text);
  REQUIRE(parsed);
  const Json& json = *parsed;
  const Json& all = json["properties"];
  CHECK(all["PORT"] == Json{{"type", "integer"}, {"minimum", 1024}, {"maximum", 65535}});
  CHECK(all["COUNT"] == Json{{"type", "number"}, {"maximum", 5}, {"default", 3}});
  CHECK(all["DEBUG"]["default"] == Json(true));
  CHECK(all["KIND"]["enum"] == Json::array({"a", "b"}));
  CHECK(all["SHOWN_TOKEN"]["default"] == Json("shown"));
  CHECK(all["OLD"]["deprecated"] == Json(true));
  CHECK(all["TEXT"]["pattern"] == Json("^a"));
  CHECK(text_of(all["SOME"]["description"]) == "Required in production");
  CHECK(json["required"] == Json::array({"PORT"}));
  CHECK_FALSE(holds(text, "planted"));
}

TEST_CASE("a schema is drafted from files, without a value of them")
{
  const std::string text = draft(
      {{".env",
        "APP_ENV=production\nPORT=3000\nDEBUG=true\nAPI_URL=https://planted.example.com\n"
        "DB_URL=postgres://u:planted@db.example.com/d\nAPI_SECRET=planted\nNAME=planted\n"
        "CONTACT=planted@example.com\nCOUNT=12\nOTHER=Zk3planted9QxWv7Lr2TnB5yHc8JdFm4Gs6Pa1Ue0\nPATH=/planted\n"},
       {".env.production", "COUNT=planted\nEMPTY=\n"}});
  CHECK_FALSE(holds(text, "planted"));
  CHECK(holds(text, "# @currentEnv=$APP_ENV\n"));
  CHECK(holds(text, "@type=port\nPORT=\n"));
  CHECK(holds(text, "@type=boolean\nDEBUG=\n"));
  CHECK(holds(text, "@type=url\nAPI_URL=\n"));
  CHECK(holds(text, "@type=url @sensitive\nDB_URL=\n"));
  CHECK(holds(text, "@sensitive\nAPI_SECRET=\n"));
  CHECK(holds(text, "@type=email\nCONTACT=\n"));
  CHECK(holds(text, "@sensitive\nOTHER=\n"));
  CHECK(holds(text, "\n# @optional\nCOUNT=\n"));
  CHECK_FALSE(holds(text, "\nPATH="));
}

TEST_CASE("a draft is what the next run is content with")
{
  const std::string text =
      draft({{".env", "PROJECT_NAME=A Shop For All Of Us\nSENTRY_DSN=\nRESET_TOKEN_EXPIRE_HOURS=48\n"},
             {"app.js", "process.env.CLOUD_MODE || ''; process.env.CLOUD_MODE; process.env.BASE_URL || '/api';\n"
                        "process.env.SENTRY_DNS; process.env.REGION;\n"},
             {".github/workflows/a.yml", "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
                                         "      - run: echo $BUMP $LEFT\n        env:\n          BUMP: minor\n"}});
  CHECK(holds(text, "\n# @optional\nPROJECT_NAME=\n"));
  CHECK_FALSE(holds(text, "@sensitive\nRESET_TOKEN_EXPIRE_HOURS="));
  CHECK(holds(text, "\n# @optional\nCLOUD_MODE=\n"));
  CHECK(holds(text, "\n# @optional\nBASE_URL=\n"));
  CHECK(holds(text, "\n# @required\nREGION=\n"));
  CHECK(holds(text, "\n# @required\nLEFT=\n"));
  CHECK_FALSE(holds(text, "SENTRY_DNS"));
  CHECK_FALSE(holds(text, "BUMP"));
}

TEST_CASE("what is drafted is a schema that can be read, and says what older schemas say")
{
  const std::string text = draft({{"env.ts", "import { z } from 'zod';\nexport const e = z.object({ A: "
                                             "z.string().email(), B: z.enum(['x', 'y']).optional(), "
                                             "C: z.coerce.number().int() }).parse(process.env);\n"}});
  const Schema schema = spec(text);
  CHECK(schema.gaps.empty());
  REQUIRE(schema.items.size() == 3);
  CHECK(schema.items[0].type.id == "email");
  CHECK(schema.items[0].need == Need::required);
  CHECK(schema.items[1].type.options.at("values") == "x\ny");
  CHECK(schema.items[1].need == Need::optional);
  CHECK(schema.items[2].type.id == "number");
}
