// SPDX-License-Identifier: Apache-2.0
//
// What rules about the lockfile alone rest on, in each format that carries it: where a package is from, by which hash
// it is known, whether something of it runs when it is installed.
#include "base/path.hpp"
#include "deps/address.hpp"
#include "deps/lockfile.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace sluice;
using namespace sluice::deps;

namespace {

/// The list of the first file; the others lie beside it.
PackageList
list_of(std::string_view id, const std::string& name, const std::string& text,
        const std::map<std::string, std::string>& others = {})
{
  const auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  for (const auto& [path, content] : others) {
    REQUIRE(write_file(directory->path() / path, content));
  }
  const gate::DiskTree tree(directory->path());
  const Lockfile* format = find_lockfile(name, text);
  REQUIRE(format != nullptr);
  REQUIRE(format->id == id);
  return read_lockfile(*format, name, text, tree);
}

const Package&
named(const PackageList& list, std::string_view name)
{
  const auto packages = list.packages();
  const auto found =
      std::find_if(packages.begin(), packages.end(), [name](const Package& each) { return each.name == name; });
  REQUIRE_MESSAGE(found != packages.end(), name);
  return *found;
}

}  // namespace

TEST_CASE("npm tells address, hash, script and what is bundled, in version 1 no script")
{
  const PackageList three = list_of("npm", "package-lock.json", R"({"lockfileVersion":3,"packages":{"":{"name":"x"},
"node_modules/a":{"version":"1.0.0","resolved":"https://registry.npmjs.org/a/-/a-1.0.0.tgz","integrity":"sha512-AA==","hasInstallScript":true},
"node_modules/a/node_modules/b":{"version":"1.0.0","inBundle":true}}})");
  CHECK(named(three, "a").location == "https://registry.npmjs.org/a/-/a-1.0.0.tgz");
  CHECK(named(three, "a").integrity == "sha512-AA==");
  CHECK(named(three, "a").has_install_script);
  CHECK_FALSE(named(three, "a").may_lack_integrity);
  CHECK(named(three, "b").may_lack_integrity);
  CHECK(three.tells_install_scripts);
  const PackageList one = list_of("npm", "package-lock.json", R"({"lockfileVersion":1,"dependencies":{
"a":{"version":"1.0.0","resolved":"https://registry.npmjs.org/a/-/a-1.0.0.tgz","integrity":"sha1-AA=="},
"b":{"version":"1.0.0","bundled":true}}})");
  CHECK(named(one, "a").integrity == "sha1-AA==");
  CHECK(named(one, "b").may_lack_integrity);
  CHECK_FALSE(one.tells_install_scripts);
}

TEST_CASE("both formats of Yarn tell the hash, and where the registry is not the usual one the address")
{
  const PackageList classic = list_of("yarn-classic", "yarn.lock", R"(# yarn lockfile v1
a@^1.0.0:
  version "1.0.0"
  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#0123456789012345678901234567890123456789"
  integrity sha512-AA==
)");
  CHECK(named(classic, "a").location.starts_with("https://registry.yarnpkg.com/"));
  CHECK(named(classic, "a").integrity == "sha512-AA==");
  const PackageList berry = list_of("yarn-berry", "yarn.lock", R"(__metadata:
  version: 8
  cacheKey: 10c0

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fnpm.acme.example%2Fa-1.0.0.tgz"
  checksum: 10c0/abcd
  languageName: node
  linkType: hard

"b@npm:^1.0.0":
  version: 1.0.0
  resolution: "b@npm:1.0.0"
  conditions: os=darwin
  languageName: node
  linkType: hard

"x@workspace:.":
  version: 0.0.0-use.local
  resolution: "x@workspace:."
  languageName: unknown
  linkType: soft
)");
  CHECK(named(berry, "a").integrity == "10c0/abcd");
  CHECK(named(berry, "a").location == "https://npm.acme.example/a-1.0.0.tgz");
  CHECK(named(berry, "b").may_lack_integrity);
}

TEST_CASE("pnpm tells the hash, and up to version 8 what has to be built")
{
  const std::string packages = R"(
packages:

  /a@1.0.0:
    resolution: {integrity: sha512-AA==, tarball: https://npm.acme.example/a/-/a-1.0.0.tgz}
    requiresBuild: true
)";
  const PackageList six = list_of("pnpm", "pnpm-lock.yaml", "lockfileVersion: '6.0'\n" + packages);
  CHECK(named(six, "a").integrity == "sha512-AA==");
  CHECK(named(six, "a").location == "https://npm.acme.example/a/-/a-1.0.0.tgz");
  CHECK(named(six, "a").has_install_script);
  CHECK(six.tells_install_scripts);
  const PackageList nine = list_of("pnpm", "pnpm-lock.yaml", R"(lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution: {integrity: sha512-AA==}

snapshots:

  a@1.0.0: {}
)");
  CHECK(named(nine, "a").integrity == "sha512-AA==");
  CHECK_FALSE(nine.tells_install_scripts);
}

TEST_CASE("Bun and Deno tell address and hash")
{
  const PackageList bun = list_of("bun", "bun.lock", R"({"lockfileVersion": 1, "workspaces": {"": {"name": "x"}},
"packages": {"a": ["a@1.0.0", "https://npm.acme.example/a-1.0.0.tgz", {}, "sha512-AA=="]}})");
  CHECK(named(bun, "a").integrity == "sha512-AA==");
  CHECK(named(bun, "a").location == "https://npm.acme.example/a-1.0.0.tgz");
  const PackageList deno = list_of("deno", "deno.lock", R"({"version": "5", "specifiers": {"npm:a@1": "1.0.0"},
"npm": {"a@1.0.0": {"integrity": "sha512-AA==", "scripts": true, "tarball": "https://npm.acme.example/a.tgz"}}})");
  CHECK(named(deno, "a").integrity == "sha512-AA==");
  CHECK(named(deno, "a").location == "https://npm.acme.example/a.tgz");
  CHECK(named(deno, "a").has_install_script);
  CHECK(deno.tells_install_scripts);
}

TEST_CASE("Python's formats tell hashes, and the index where they name one")
{
  const PackageList uv = list_of("uv", "uv.lock", R"(version = 1
revision = 3
[[package]]
name = "a"
version = "1.0"
source = { registry = "https://pypi.acme.example/simple" }
wheels = [{ url = "https://files.acme.example/a-1.0-py3-none-any.whl", hash = "sha256:ab", upload-time = "2026-01-02T03:04:05Z" }]
[[package]]
name = "b"
version = "1.0"
source = { registry = "https://pypi.acme.example/simple" }
)");
  CHECK(named(uv, "a").location == "https://files.acme.example/a-1.0-py3-none-any.whl");
  CHECK(named(uv, "a").integrity == "sha256:ab");
  CHECK(named(uv, "a").published == "2026-01-02T03:04:05Z");
  CHECK(named(uv, "b").location == "https://pypi.acme.example/simple");
  const PackageList poetry = list_of("poetry", "poetry.lock", R"([[package]]
name = "a"
version = "1.0"
files = [{file = "a.whl", hash = "sha256:ab"}, {file = "a.tar.gz", hash = "sha256:cd"}]
[package.source]
type = "legacy"
url = "https://pypi.acme.example/simple"
reference = "acme"
[metadata]
lock-version = "2.0"
)");
  CHECK(named(poetry, "a").integrity == "sha256:ab sha256:cd");
  CHECK(named(poetry, "a").location == "https://pypi.acme.example/simple");
  const PackageList pdm = list_of("pdm", "pdm.lock", R"([metadata]
lock_version = "4.5.0"
[[package]]
name = "a"
version = "1.0"
groups = ["default"]
files = [{url = "https://files.acme.example/a.whl", hash = "sha256:ab"}]
)");
  CHECK(named(pdm, "a").integrity == "sha256:ab");
  CHECK(named(pdm, "a").location == "https://files.acme.example/a.whl");
  const PackageList pylock = list_of("pylock", "pylock.toml", R"(lock-version = "1.0"
created-by = "x"
[[packages]]
name = "a"
version = "1.0"
wheels = [{url = "https://files.acme.example/a.whl", upload-time = 2026-01-02T03:04:05Z, hashes = {sha256 = "ab"}}]
)");
  CHECK(named(pylock, "a").integrity == "sha256:ab");
  CHECK(named(pylock, "a").location == "https://files.acme.example/a.whl");
  CHECK(named(pylock, "a").published.starts_with("2026-01-02"));
  const PackageList pipfile = list_of("pipfile", "Pipfile.lock", R"({"_meta": {"pipfile-spec": 6,
"sources": [{"name": "pypi", "url": "https://pypi.org/simple"}, {"name": "acme", "url": "https://pypi.acme.example"}]},
"default": {"a": {"index": "acme", "version": "==1.0", "hashes": ["sha256:ab"]}, "b": {"version": "==1.0"}}})");
  CHECK(named(pipfile, "a").location == "https://pypi.acme.example");
  CHECK(named(pipfile, "a").integrity == "sha256:ab");
  CHECK(named(pipfile, "b").location == "https://pypi.org/simple");
  const PackageList requirements = list_of("requirements", "requirements.txt",
                                           "a==1.0 --hash=sha256:ab\n--index-url https://pypi.acme.example/simple\n");
  CHECK(named(requirements, "a").integrity == "sha256:ab");
  CHECK(named(requirements, "a").location == "https://pypi.acme.example/simple");
}

TEST_CASE("Cargo, Bundler, Composer and Go tell hashes")
{
  const PackageList cargo = list_of("cargo", "Cargo.lock", R"(version = 4
[[package]]
name = "a"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "ab"
)");
  CHECK(named(cargo, "a").integrity == "ab");
  CHECK(named(cargo, "a").location == "registry+https://github.com/rust-lang/crates.io-index");
  const PackageList bundler = list_of("bundler", "Gemfile.lock", R"(GEM
  remote: https://rubygems.org/
  specs:
    a (1.0.0)

PLATFORMS
  ruby

DEPENDENCIES
  a

CHECKSUMS
  a (1.0.0) sha256=ab

BUNDLED WITH
   2.5.0
)");
  CHECK(named(bundler, "a").integrity == "sha256=ab");
  CHECK(named(bundler, "a").location == "https://rubygems.org/");
  const PackageList composer = list_of("composer", "composer.lock", R"({"content-hash": "x", "packages": [
{"name": "v/a", "version": "1.0", "type": "composer-plugin", "time": "2026-01-02T03:04:05+00:00",
 "dist": {"type": "zip", "url": "https://api.github.com/x", "reference": "cd", "shasum": ""},
 "notification-url": "https://packagist.org/downloads/"}], "packages-dev": []})");
  CHECK(named(composer, "v/a").integrity == "git:cd");
  CHECK(named(composer, "v/a").location == "https://api.github.com/x");
  CHECK(named(composer, "v/a").has_install_script);
  CHECK(named(composer, "v/a").published.starts_with("2026-01-02"));
  const PackageList go = list_of("go-mod", "go.mod", "module x\ngo 1.22\nrequire example.com/a v1.0.0\n",
                                 {{"go.sum", "example.com/a v1.0.0 h1:ab=\nexample.com/a v1.0.0/go.mod h1:cd=\n"}});
  CHECK(named(go, "example.com/a").integrity == "h1:ab=");
}

TEST_CASE("mix.lock tells the repository of Hex where it is not the public one")
{
  const PackageList list = list_of("mix", "mix.lock", R"(%{
  "ours": {:hex, :ours, "1.0.0", "aa", [:mix], [], "hexpm:acme", "bb"},
  "private": {:hex, :private, "1.0.0", "aa", [:mix], [], "acme_private", "bb"},
  "public": {:hex, :public, "1.0.0", "aa", [:mix], [], "hexpm", "bb"},
  "old": {:hex, :old, "1.0.0", "aa", [:mix], []},
}
)");
  CHECK(named(list, "ours").location == "https://repo.hex.pm/repos/acme");
  CHECK(named(list, "private").location == "hex://acme_private");
  CHECK_FALSE(is_public_registry("Hex", named(list, "ours").location));
  CHECK_FALSE(is_public_registry("Hex", named(list, "private").location));
  CHECK(named(list, "public").location.empty());
  CHECK(named(list, "old").location.empty());
  CHECK(is_public_registry("Hex", "https://repo.hex.pm/tarballs/public-1.0.0.tar"));
}
