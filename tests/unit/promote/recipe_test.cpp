// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "promote/recipe/recipe.hpp"
#include "promote/recipe/recipe_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace sluice;
using namespace sluice::promote;

namespace {

std::string
text_of(const std::vector<RecipeFile>& files, std::string_view path)
{
  const auto found =
      std::find_if(files.begin(), files.end(), [path](const RecipeFile& file) { return file.path == path; });
  return found == files.end() ? "" : found->text;
}

bool
holds(const std::string& text, std::string_view part)
{
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every directory of recipes is one, and every recipe has a pipeline")
{
  std::set<std::string_view> directories;
  for (const EmbeddedFile& file : embedded_files()) {
    directories.insert(file.path.substr(0, file.path.find('/')));
  }
  directories.erase("ci");
  directories.erase("shared");
  const std::set<std::string_view> names(recipe_names().begin(), recipe_names().end());
  CHECK(names == directories);
  CHECK(std::is_sorted(recipe_names().begin(), recipe_names().end()));
  for (const Recipe& recipe : recipes()) {
    CHECK_MESSAGE(holds(text_of(files_of(recipe, {}), "promotion.yml"), "\n  production:\n"), recipe.name);
  }
}

TEST_CASE("what is written holds no placeholder of ours and no line about our licence")
{
  for (const Recipe& recipe : recipes()) {
    for (const CiHost platform : {CiHost::github, CiHost::gitlab}) {
      for (const RecipeFile& file : files_of(recipe, {platform, "trunk"})) {
        for (const std::string_view part : {"SPDX", "RUNNER", "BRANCH]", "  NAME: ", "_NAME"}) {
          CHECK_MESSAGE(!holds(file.text, part), recipe.name, " ", file.path, " ", part);
        }
        CHECK_MESSAGE(file.is_program == file.text.starts_with("#!/usr/bin/env bash\n"), file.path);
      }
    }
  }
}

TEST_CASE("scripts that recipes share are there where a recipe has scripts, and its own count before them")
{
  const auto render = files_of(*find_recipe("render"), {});
  CHECK(holds(text_of(render, "scripts/promote/rollback.sh"), "exec \"$here/deploy.sh\""));
  const auto fly = files_of(*find_recipe("fly"), {});
  CHECK(holds(text_of(fly, "scripts/promote/rollback.sh"), "flyctl deploy"));
  CHECK(text_of(files_of(*find_recipe("command"), {}), "scripts/promote/lib.sh").empty());
}

TEST_CASE("a platform's pipeline names the branch and hands each environment its own secrets")
{
  const auto github = files_of(*find_recipe("vercel"), {CiHost::github, "trunk"});
  const std::string workflow = text_of(github, ".github/workflows/promote.yml");
  CHECK(holds(workflow, "branches: [trunk]\n"));
  CHECK(holds(workflow, "          VERCEL_TOKEN: ${{ secrets.STAGING_VERCEL_TOKEN }}\n"));
  CHECK(holds(workflow, "          VERCEL_TOKEN: ${{ secrets.PRODUCTION_VERCEL_TOKEN }}\n"));
  const auto gitlab = files_of(*find_recipe("vercel"), {CiHost::gitlab, "trunk"});
  CHECK(holds(text_of(gitlab, ".gitlab/promote.yml"), "    VERCEL_TOKEN: $PRODUCTION_VERCEL_TOKEN\n"));
  CHECK(text_of(gitlab, ".github/workflows/promote.yml").empty());
}

TEST_CASE("a repository's files speak for a recipe, the surer before the less sure")
{
  auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  const auto& root = directory->path();
  CHECK(recipe_for(root).name == "command");
  REQUIRE(write_file(root / "compose.yml", ""));
  CHECK(recipe_for(root).name == "compose");
  REQUIRE(write_file(root / "fly.toml", ""));
  CHECK(recipe_for(root).name == "fly");
  CHECK(find_recipe("heroku") == nullptr);
}
