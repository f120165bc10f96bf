// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "deps/script_consent.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace sluice;
using namespace sluice::deps;

namespace {

const Lockfile&
format(std::string_view id)
{
  const auto all = lockfiles();
  return **std::find_if(all.begin(), all.end(), [id](const Lockfile* each) { return each->id == id; });
}

ScriptConsent
consent(std::string_view id, const std::map<std::string, std::string>& files)
{
  const auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  for (const auto& [name, text] : files) {
    REQUIRE(write_file(directory->path() / name, text));
  }
  const gate::DiskTree tree(directory->path());
  return read_script_consent(format(id).installer, Surroundings(tree, "lock"));
}

ScriptFate
fate(const ScriptConsent& consent, std::string_view name, std::string_view version = "1.0.0",
     std::string_view ecosystem = "npm")
{
  return consent.fate_of({.ecosystem = ecosystem, .name = name, .version = version});
}

}  // namespace

TEST_CASE("npm runs what nobody refused, up to version 11")
{
  const std::string scripts =
      R"("allowScripts":{"a":true,"b":false,"@s/c@1.0.0 || 2.0.0":true,"d@1.0.0":true,"d":false,"github:o/e#abc":true})";
  const ScriptConsent eleven = consent("npm", {{"package.json", "{" + scripts + "}"}});
  CHECK(fate(eleven, "a") == ScriptFate::allowed);
  CHECK(fate(eleven, "b") == ScriptFate::denied);
  CHECK(fate(eleven, "@s/c", "2.0.0") == ScriptFate::allowed);
  CHECK(fate(eleven, "@s/c", "3.0.0") == ScriptFate::unsettled);
  CHECK(fate(eleven, "d") == ScriptFate::denied);
  CHECK(fate(eleven, "other") == ScriptFate::unsettled);
  CHECK(eleven.fate_of({.ecosystem = "npm", .name = "e", .location = "github:o/e#abc"}) == ScriptFate::allowed);

  CHECK(fate(consent("npm", {{"package.json", R"({"packageManager":"npm@12.0.1"})"}}), "a") == ScriptFate::blocked);
  CHECK(fate(consent("npm", {{"package.json", R"({"packageManager":"npm@11.16.0"})"}}), "a") == ScriptFate::unsettled);
  CHECK(fate(consent("npm",
                     {{"package.json", R"({"devEngines":{"packageManager":{"name":"npm","version":"^12.1.0"}}})"}}),
             "a")
        == ScriptFate::blocked);
  CHECK(fate(consent("npm", {{".npmrc", "# ours\nignore-scripts = true\n"}}), "a") == ScriptFate::blocked);
  CHECK(fate(consent("npm", {{".npmrc", "ignore-scripts=false\n"}}), "a") == ScriptFate::unsettled);
  CHECK(fate(consent("npm", {{"package.json", "{ broken"}}), "a") == ScriptFate::unsettled);
}

TEST_CASE("pnpm has had four lists, in two files")
{
  const ScriptConsent builds = consent("pnpm", {{"pnpm-workspace.yaml", "allowBuilds:\n  a: true\n  b: false\n"}});
  CHECK(fate(builds, "a") == ScriptFate::allowed);
  CHECK(fate(builds, "b") == ScriptFate::denied);
  CHECK(fate(builds, "c") == ScriptFate::blocked);

  const ScriptConsent old = consent(
      "pnpm",
      {{"package.json",
        R"({"pnpm":{"onlyBuiltDependencies":["a"],"neverBuiltDependencies":["b"],"ignoredBuiltDependencies":["c"]}})"},
       {"pnpm-workspace.yaml", "onlyBuiltDependencies:\n  - d\n"}});
  CHECK(fate(old, "a") == ScriptFate::allowed);
  CHECK(fate(old, "b") == ScriptFate::denied);
  CHECK(fate(old, "c") == ScriptFate::denied);
  CHECK(fate(old, "d") == ScriptFate::allowed);
  CHECK(fate(old, "e") == ScriptFate::blocked);

  CHECK(fate(consent("pnpm", {}), "a") == ScriptFate::unsettled);
  CHECK(fate(consent("pnpm", {{"package.json", R"({"packageManager":"pnpm@10.1.0"})"}}), "a") == ScriptFate::blocked);
  CHECK(fate(consent("pnpm", {{"package.json", R"({"packageManager":"pnpm@9.15.0"})"}}), "a") == ScriptFate::unsettled);
  CHECK(fate(consent("pnpm", {{"package.json", R"({"packageManager":"pnpm@10.1.0"})"},
                              {"pnpm-workspace.yaml", "dangerouslyAllowAllBuilds: true\n"}}),
             "a")
        == ScriptFate::unsettled);
}

TEST_CASE("Bun, Yarn, Deno and Composer each have their own list")
{
  const ScriptConsent bun = consent("bun", {{"package.json", R"({"trustedDependencies":["a"]})"}});
  CHECK(fate(bun, "a") == ScriptFate::allowed);
  CHECK(fate(bun, "b") == ScriptFate::blocked);

  const ScriptConsent yarn =
      consent("yarn-berry", {{"package.json", R"({"dependenciesMeta":{"a":{"built":true},"b":{"optional":true}}})"},
                             {".yarnrc.yml", "enableScripts: false\n"}});
  CHECK(fate(yarn, "a") == ScriptFate::allowed);
  CHECK(fate(yarn, "b") == ScriptFate::blocked);

  const ScriptConsent deno =
      consent("deno", {{"deno.jsonc", R"({/* ours */"allowScripts":{"allow":["npm:a@1.0.0"],"deny":["npm:b"]}})"}});
  CHECK(fate(deno, "a") == ScriptFate::allowed);
  CHECK(fate(deno, "b") == ScriptFate::denied);
  CHECK(fate(deno, "c") == ScriptFate::blocked);

  const ScriptConsent composer =
      consent("composer", {{"composer.json", R"({"config":{"allow-plugins":{"acme/*":true,"other/a":false}}})"}});
  CHECK(fate(composer, "acme/x", "1.0", "Packagist") == ScriptFate::allowed);
  CHECK(fate(composer, "other/a", "1.0", "Packagist") == ScriptFate::denied);
  CHECK(fate(composer, "other/b", "1.0", "Packagist") == ScriptFate::blocked);
  CHECK(fate(consent("composer", {{"composer.json", R"({"config":{"allow-plugins":true}})"}}), "a/b", "1", "Packagist")
        == ScriptFate::unsettled);
}

TEST_CASE("an entry for a package that is not locked is told")
{
  PackageList list;
  list.path = "package-lock.json";
  list.add({.ecosystem = "npm", .name = "a", .version = "1.0.0"});
  const ScriptConsent some =
      consent("npm", {{"package.json", "{\"allowScripts\":{\n\"a\":true,\n\"gone\":true,\n\"github:o/e\":true}}"}});
  CHECK(stale_entries(some, list)
        == std::vector<std::string>{
            "package.json:3: gone may run an install script, and package-lock.json has no such package"});
}
