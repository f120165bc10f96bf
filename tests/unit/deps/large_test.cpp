// SPDX-License-Identifier: Apache-2.0
//
// Lockfiles larger than anybody has, and shaped to hurt: they are read, or refused by a limit, and never half read.
// What is larger still, and how much memory that takes, is tests/e2e/deps_large_test.py's.
#include "base/path.hpp"
#include "deps/lockfile.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

using namespace sluice;
using namespace sluice::deps;

namespace {

constexpr std::size_t many = 100'000;

PackageList
read(std::string_view path, std::string text)
{
  const auto directory = TemporaryDirectory::create("sluice-large").value();
  const gate::DiskTree tree(directory.path());
  const Lockfile* format = find_lockfile(path, text);
  REQUIRE_MESSAGE(format != nullptr, path);
  return read_lockfile(*format, std::string(path), std::move(text), tree);
}

std::string
repeated(std::string_view text, std::size_t times)
{
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

/// `item(i, next)` for each of a cycle of packages, with a comma between where `separator` says so.
template<typename Item>
std::string
cycle(std::string_view separator, Item item)
{
  std::string text;
  for (std::size_t i = 0; i < many; ++i) {
    text += i == 0 ? "" : separator;
    text += item(i, (i + 1) % many);
  }
  return text;
}

void
check_cycle(const PackageList& list)
{
  CHECK(list.gaps().empty());
  std::size_t third_party = 0;
  std::size_t direct = 0;
  std::size_t runtime = 0;
  for (const Package& package : list.packages()) {
    third_party += package.part == Part::third_party ? 1 : 0;
    direct += package.part == Part::third_party && package.is_direct ? 1 : 0;
    runtime += package.part == Part::third_party && package.scope == Scope::runtime ? 1 : 0;
  }
  CHECK(third_party == many);
  CHECK(direct == 1);
  CHECK(runtime == many);
}

}  // namespace

TEST_CASE("a cycle of a hundred thousand packages is read: npm")
{
  const std::string items = cycle(",\n", [](std::size_t i, std::size_t next) {
    return fmt::format(R"("node_modules/p{}":{{"version":"1.0.{}","dependencies":{{"p{}":"^1"}}}})", i, i, next);
  });
  check_cycle(
      read("package-lock.json", R"({"lockfileVersion":3,"packages":{"":{"dependencies":{"p0":"1"}},)" + items + "}}"));
}

TEST_CASE("a cycle of a hundred thousand packages is read: pnpm")
{
  const std::string packages = cycle("", [](std::size_t i, std::size_t) {
    return fmt::format("  p{}@1.0.{}:\n    resolution: {{integrity: sha512-AA==}}\n\n", i, i);
  });
  const std::string snapshots = cycle("", [](std::size_t i, std::size_t next) {
    return fmt::format("  p{}@1.0.{}:\n    dependencies:\n      p{}: 1.0.{}\n\n", i, i, next, next);
  });
  check_cycle(
      read("pnpm-lock.yaml", "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      p0:\n        "
                             "specifier: ^1.0.0\n        version: 1.0.0\n\npackages:\n\n"
                                 + packages + "snapshots:\n\n" + snapshots));
}

TEST_CASE("a cycle of a hundred thousand packages is read: CycloneDX")
{
  const std::string components = cycle(",", [](std::size_t i, std::size_t) {
    return fmt::format(R"({{"type":"library","bom-ref":"{0}","name":"p{0}","version":"1","purl":"pkg:npm/p{0}@1"}})",
                       i);
  });
  const std::string needs = cycle(",", [](std::size_t i, std::size_t next) {
    return fmt::format(R"({{"ref":"{}","dependsOn":["{}"]}})", i, next);
  });
  check_cycle(
      read("bom.json", R"({"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"application",)"
                       R"("bom-ref":"root","name":"shop"}},"components":[)"
                           + components + R"(],"dependencies":[{"ref":"root","dependsOn":["0"]},)" + needs + "]}"));
}

TEST_CASE("a cycle of a hundred thousand packages is read: Cargo")
{
  const std::string packages = cycle("", [](std::size_t i, std::size_t next) {
    return fmt::format("[[package]]\nname = \"p{}\"\nversion = \"1.0.0\"\nsource = "
                       "\"registry+https://github.com/rust-lang/crates.io-index\"\ndependencies = [\n \"p{}\",\n]\n\n",
                       i, next);
  });
  check_cycle(read("Cargo.lock", "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\ndependencies = [\n "
                                 "\"p0\",\n]\n\n"
                                     + packages));
}

TEST_CASE("a lockfile of a hundred megabytes is read")
{
  constexpr std::size_t megabytes = std::size_t{100} << 20U;
  const PackageList list =
      read("package-lock.json",
           R"({"lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.0"}}})" + std::string(megabytes, ' '));
  CHECK(list.gaps().empty());
  CHECK(list.packages().size() >= 1);
}

TEST_CASE("a lockfile beyond the limit is refused by name of the limit")
{
  std::string text = R"({"lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.0"}}})";
  text.resize(max_lockfile_bytes + 1, ' ');
  const PackageList list = read("package-lock.json", std::move(text));
  CHECK(list.is_refused());
  CHECK(list.packages().empty());
  REQUIRE(list.gaps().size() == 1);
  CHECK(list.gaps()[0].kind == GapKind::too_large);
  CHECK(list.gaps()[0].subject == "package-lock.json");
}

TEST_CASE("nesting without end is refused and ends")
{
  constexpr std::size_t depth = 200'000;
  const std::vector<std::pair<std::string_view, std::string>> files{
      {"package-lock.json", R"({"lockfileVersion":3,"packages":)" + repeated("[", depth)},
      {"package-lock.json", R"({"lockfileVersion":3,"packages":)" + repeated("[", depth) + repeated("]", depth) + "}"},
      {"package-lock.json", R"({"lockfileVersion":1,"dependencies":)"
                                + repeated(R"({"a":{"version":"1","dependencies":)", depth) + "{}"
                                + repeated("}}", depth) + "}"},
      {"pnpm-lock.yaml", "lockfileVersion: '9.0'\npackages: " + repeated("[", depth)},
      {"pnpm-lock.yaml", "lockfileVersion: '9.0'\npackages: " + repeated("{a: ", depth)},
      {"Cargo.lock", "version = 4\nx = " + repeated("[", depth)},
      {"poetry.lock", "x = " + repeated("{a = ", depth)},
      {"bun.lock", R"({"lockfileVersion":1,"packages":)" + repeated(R"({"a":)", depth)},
      {"deno.lock", R"({"version":"5","npm":)" + repeated(R"({"a":)", depth)},
      {"pom.xml", "<project><modelVersion>4.0.0</modelVersion>" + repeated("<a>", depth)},
      {"pom.xml",
       "<project><modelVersion>4.0.0</modelVersion>" + repeated("<a>", depth) + repeated("</a>", depth) + "</project>"},
      {"mix.lock", "%{\"a\": " + repeated("{", depth)},
      {"composer.lock", R"({"packages":)" + repeated("[", depth)},
      {"Package.resolved", R"({"version":3,"pins":)" + repeated("[", depth)},
      {"renv.lock", R"({"R":)" + repeated("{\"a\":", depth)},
  };
  for (const auto& file : files) {
    CAPTURE(file.first);
    CAPTURE(file.second.substr(0, 80));
    const PackageList list = read(file.first, file.second);
    CHECK_FALSE(list.gaps().empty());
    CHECK(list.packages().size() <= 1);
  }
}

TEST_CASE("a line of ten megabytes and ten million empty lines are read")
{
  constexpr std::size_t ten = 10'000'000;
  for (const std::string_view path :
       {"package-lock.json", "pnpm-lock.yaml", "yarn.lock", "Gemfile.lock", "requirements.txt", "go.mod",
        "gradle.lockfile", "Podfile.lock", "paket.lock", "mix.lock"}) {
    CAPTURE(path);
    for (const std::string& text : {std::string(ten, 'a'), std::string(ten, '\n')}) {
      if (const Lockfile* format = find_lockfile(path, text)) {
        const auto directory = TemporaryDirectory::create("sluice-large").value();
        const PackageList list = read_lockfile(*format, std::string(path), text, gate::DiskTree(directory.path()));
        CHECK(list.packages().size() <= 1);
      }
    }
  }
}

TEST_CASE("one key a hundred thousand times is told once a line, and reading it is not quadratic")
{
  const std::string text =
      R"({"lockfileVersion":3,"packages":{)"
      + cycle(",\n", [](std::size_t, std::size_t) { return std::string(R"("node_modules/a":{"version":"1.0.0"})"); })
      + "}}";
  const PackageList list = read("package-lock.json", text);
  CHECK_FALSE(list.gaps().empty());
  CHECK(list.packages().size() <= many + 1);  // and the project itself
}

TEST_CASE("one package in very many versions is read, and each need finds its own")
{
  constexpr std::size_t versions = many / 5;
  std::string cargo = "version = 3\n";
  std::string uv = "version = 1\nrevision = 3\n";
  for (std::size_t i = 0; i < versions; ++i) {
    const std::size_t next = (i + 1) % versions;
    cargo += fmt::format("[[package]]\nname = \"a\"\nversion = \"{}.0.0\"\nsource = \"registry+https://x\"\n"
                         "dependencies = [\"a {}.0.0\"]\n",
                         i, next);
    uv +=
        fmt::format("[[package]]\nname = \"a\"\nversion = \"{}\"\nsource = {{ registry = \"https://x\" }}\n"
                    "dependencies = [{{ name = \"a\", version = \"{}\", source = {{ registry = \"https://x\" }} }}]\n",
                    i, next);
  }
  for (const auto& file : {std::pair("Cargo.lock", &cargo), std::pair("uv.lock", &uv)}) {
    const std::string path = file.first;
    const PackageList list = read(path, std::move(*file.second));
    CHECK_MESSAGE(list.gaps().empty(), path);
    REQUIRE_MESSAGE(list.packages().size() >= versions, path);
    REQUIRE_MESSAGE(list.needs().size() == versions, path);
    const auto needs = list.needs();
    CHECK(std::all_of(needs.begin(), needs.end(),
                      [](const Need& need) { return need.to == (need.from + 1) % versions; }));
  }
}

TEST_CASE("very many packages whose files stand apart from them are read")
{
  std::string text = "[metadata]\nlock_version = \"4.0\"\n[metadata.files]\n";
  for (std::size_t i = 0; i < many; ++i) {
    text += fmt::format("\"a{0} 1\" = [{{url = \"x\", hash = \"sha256:{0}\"}}]\n", i);
  }
  for (std::size_t i = 0; i < many; ++i) {
    text += fmt::format("[[package]]\nname = \"a{}\"\nversion = \"1\"\n", i);
  }
  const PackageList list = read("pdm.lock", std::move(text));
  CHECK(list.gaps().empty());
  REQUIRE(list.packages().size() == many);
  CHECK(list.packages()[many - 1].integrity == fmt::format("sha256:{}", many - 1));
}

TEST_CASE("needs that may be of any entry of a name are followed up to a limit, which is told")
{
  constexpr std::size_t some = 1'500;
  std::string classic = "# yarn lockfile v1\n\n\n";
  std::string berry = "__metadata:\n  version: 8\n\n";
  for (std::size_t i = 0; i < some; ++i) {
    classic += fmt::format(
        "a@{0}.0.0:\n  version \"{0}.0.0\"\n\nb{0}@1:\n  version \"1.0.0\"\n  dependencies:\n    a none\n\n", i);
    berry += fmt::format("\"a@npm:{0}.0.0\":\n  version: {0}.0.0\n  resolution: \"a@npm:{0}.0.0\"\n  linkType: hard\n\n"
                         "\"b{0}@npm:1\":\n  version: 1.0.0\n  resolution: \"b{0}@npm:1.0.0\"\n  dependencies:\n"
                         "    a: none\n  linkType: hard\n\n",
                         i);
  }
  berry += "\"x@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"x@workspace:.\"\n  linkType: soft\n";
  for (const std::string& text : {classic, berry}) {
    const PackageList list = read("yarn.lock", text);
    CHECK_FALSE(list.is_refused());
    CHECK(list.needs().size() < 1'100'000);
    CHECK(std::any_of(list.gaps().begin(), list.gaps().end(),
                      [](const Gap& gap) { return gap.kind == GapKind::too_many; }));
  }
}

TEST_CASE("names that each mean many packages do not make needs without number")
{
  constexpr std::size_t entries = 2'000;
  std::string gems = "GEM\n  remote: https://rubygems.org/\n  specs:\n";
  std::string pdm = "[metadata]\nlock_version = \"4.5.0\"\n";
  std::string poetry = "[metadata]\nlock-version = \"2.1\"\ncontent-hash = \"0\"\n";
  for (std::size_t i = 0; i < entries; ++i) {
    gems += fmt::format("    a (1.0-p{})\n      a\n", i);
    pdm += fmt::format("[[package]]\nname = \"a\"\nversion = \"{0}\"\n[[package]]\nname = \"b\"\nversion = "
                       "\"{0}\"\ndependencies = [\"a\"]\n",
                       i);
    poetry += fmt::format("[[package]]\nname = \"a\"\nversion = \"{0}\"\n[package.dependencies]\na = \"*\"\n", i);
  }
  gems += "DEPENDENCIES\n  a\n";
  const std::vector<std::pair<std::string, std::string>> files{
      {"Gemfile.lock", gems}, {"pdm.lock", pdm}, {"poetry.lock", poetry}};
  for (const auto& file : files) {
    CAPTURE(file.first);
    const PackageList list = read(file.first, file.second);
    CHECK(list.packages().size() >= entries);
    CHECK(list.needs().size() <= list.max_needs);
    const auto is_told = [](const Gap& gap) { return gap.kind == GapKind::too_many; };
    CHECK(std::count_if(list.gaps().begin(), list.gaps().end(), is_told) == 1);
  }
}
