// SPDX-License-Identifier: Apache-2.0
//
// ARCHITECTURE.md as a test: who may include whom, where third-party headers may appear, and what no library does.
#include "base/path.hpp"
#include "base/text.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

using namespace sluice;
namespace fs = std::filesystem;

namespace {

const fs::path root = test::source_directory();

const std::map<std::string, std::set<std::string>> may_include{
    {"base", {}},
    {"finding", {"base"}},
    {"config", {"base", "finding"}},
    {"git", {"base", "finding"}},
    {"net", {"base", "finding"}},
    {"data", {"base", "finding", "config"}},
    {"output", {"base", "finding"}},
    {"credentials", {"base", "finding", "config"}},
    {"ci", {"base", "finding", "git"}},
    {"gate", {"base", "finding", "config", "git", "ci", "net"}},
    {"cli", {"base", "finding", "config", "git", "ci", "net", "credentials", "gate", "output"}},
    {"dev", {"base", "finding", "config", "git", "ci", "gate", "output", "cli"}},
    {"tools", {"base", "finding", "config", "gate", "cli", "dev", "credentials"}},
};

/// A gate is a directory with a gate.hpp that is no room of the house; all gates may know the same and never each
/// other.
const std::set<std::string> of_a_gate{"base", "finding", "config", "data", "git", "ci", "net", "credentials", "gate"};

/// What of git/ the rest may include; what lies deeper is its own.
const std::set<std::string> of_git{"git/history.hpp", "git/object_id.hpp",  "git/object_store.hpp",
                                   "git/refs.hpp",    "git/repository.hpp", "git/worktree.hpp"};

bool
is_gate(const std::string& module)
{
  return !may_include.contains(module) && fs::exists(root / "src" / module / "gate.hpp");
}

/// Third-party headers by the beginning of their name, and the modules that may see them.
const std::vector<std::pair<std::string, std::set<std::string>>> third_party{
    {"git2", {"git"}},         {"libdeflate", {"git"}},      {"curl/", {"net"}},        {"hs", {"credentials"}},
    {"re2/", {"credentials"}}, {"pg_query", {"migrations"}}, {"yaml-cpp/", {"config"}}, {"CLI/", {"cli"}},
    {"openssl/", {"base"}},    {"zlib.h", {"base"}},         {"utf8proc", {"base"}},    {"toml++/", {"data"}},
    {"pugixml", {"deps"}},     {"xxhash", {"deps"}},         {"zip.h", {"deps"}},       {"date/", {"promote"}},
};

struct Source
{
  std::string path;    ///< relative to the root
  std::string module;  ///< the directory below src/
  std::string text;
};

std::vector<Source>
sources(const std::string& directory = "src", const std::set<std::string>& extensions = {".hpp", ".cpp"})
{
  std::vector<Source> all;
  for (const auto& entry : fs::recursive_directory_iterator(root / directory)) {
    if (extensions.contains(entry.path().extension().string())) {
      const fs::path relative = entry.path().lexically_relative(root / directory);
      all.push_back(
          {directory + "/" + relative.generic_string(), relative.begin()->string(), read_file(entry.path()).value()});
    }
  }
  return all;
}

/// The code without comments and string literals, so that words in them do not count.
std::string
code_of(std::string_view text)
{
  static const RE2 noise(R"re(//[^\n]*|/\*(?s:.)*?\*/|R"[a-z]*\((?s:.)*?\)[a-z]*"|"(?:\\.|[^"\\\n])*")re");
  std::string code(text);
  RE2::GlobalReplace(&code, noise, "\"\"");
  return code;
}

/// The first part of the code that matches, empty if none does.
std::string
first_match(const std::string& code, const std::string& what)
{
  const RE2 expression("(" + what + ")");
  REQUIRE(expression.ok());
  std::string match;
  RE2::PartialMatch(code, expression, &match);
  return match;
}

std::vector<std::string>
includes_of(std::string_view text)
{
  std::vector<std::string> names;
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("#include ")) {
      names.emplace_back(trim(line.substr(9)));
    }
  }
  return names;
}

}  // namespace

TEST_CASE("every include is an edge that the map allows")
{
  for (const Source& source : sources()) {
    const bool is_known = may_include.contains(source.module) || is_gate(source.module);
    REQUIRE_MESSAGE(is_known, source.path, ": its directory is not in the map");
    const std::set<std::string>& allowed = is_gate(source.module) ? of_a_gate : may_include.at(source.module);
    for (const std::string& include : includes_of(source.text)) {
      if (!include.starts_with('"')) {
        continue;
      }
      const std::string module = include.substr(1, include.find('/') - 1);
      const bool is_allowed = module == source.module || allowed.contains(module);
      CHECK_MESSAGE(is_allowed, source.path, " may not include ", include);
      const std::string path = include.substr(1, include.size() - 2);
      const bool is_of_git = module != "git" || source.module == "git" || of_git.contains(path);
      CHECK_MESSAGE(is_of_git, source.path, ": ", include, " is git's own");
    }
  }
}

TEST_CASE("each third-party header stays in its module")
{
  for (const Source& source : sources()) {
    for (const std::string& include : includes_of(source.text)) {
      for (const auto& [prefix, modules] : third_party) {
        const bool is_it = include.starts_with("<" + prefix)
                           && (prefix != "hs" || include.starts_with("<hs.") || include.starts_with("<hs/"));
        const bool is_allowed = modules.contains(source.module) || source.path == "src/tools/sluice-rulec.cpp";
        CHECK_MESSAGE((!is_it || is_allowed), source.path, " may not include ", include);
      }
    }
  }
}

TEST_CASE("one file sees nlohmann's header, and the test that compares with it")
{
  const std::set<std::string> allowed{"src/base/json_parser.cpp", "tests/unit/base/json_test.cpp"};
  for (const char* directory : {"src", "tests"}) {
    for (const Source& source : sources(directory)) {
      for (const std::string& include : includes_of(source.text)) {
        const bool is_allowed = !include.starts_with("<nlohmann/") || allowed.contains(source.path);
        CHECK_MESSAGE(is_allowed, source.path, ": base/json.hpp is what JSON is read and written with");
      }
    }
  }
}

TEST_CASE("libraries do not print, exit, throw or read the environment")
{
  struct Ban
  {
    std::string what;
    std::set<std::string> except;  ///< files that may
  };
  const std::vector<Ban> bans{
      {R"(\bstd::(cout|cerr|clog)\b|\b(printf|puts|fprintf|perror)\s*\()", {"src/cli/invocation.cpp"}},
      {R"(\b(std::)?(exit|abort|quick_exit)\s*\()", {}},
      {R"(\bgetenv\s*\(|\bsecure_getenv\b|\benviron\b)", {"src/cli/invocation.cpp", "src/base/process.cpp"}},
      {R"(\bthrow\b)", {"src/config/yaml_document.cpp"}},
      {R"(\busing namespace\b)", {}},
      {R"(\b(TODO|FIXME|XXX|HACK)\b)", {}},
  };
  for (const Source& source : sources()) {
    if (source.module == "tools") {
      continue;
    }
    const std::string code = code_of(source.text);
    for (const Ban& ban : bans) {
      const std::string match = ban.except.contains(source.path) ? "" : first_match(code, ban.what);
      CHECK_MESSAGE(match.empty(), source.path, " must not use ", match);
    }
  }
}

TEST_CASE("names say what a thing is")
{
  const RE2 empty_name(R"((?:util|utils|helper|helpers|misc|common|manager)\.(?:cpp|hpp))");
  const std::string empty_suffix = R"(\b(class|struct)\s+\w+(Manager|Handler|Helper|Util|Utils|Processor|Impl)\b)";
  for (const Source& source : sources()) {
    CHECK_MESSAGE(!RE2::FullMatch(fs::path(source.path).filename().string(), empty_name), source.path);
    const std::string match = first_match(code_of(source.text), empty_suffix);
    CHECK_MESSAGE(match.empty(), source.path, ": ", match);
    CHECK_MESSAGE(source.text.starts_with("// SPDX-License-Identifier: Apache-2.0\n"), source.path);
  }
}

TEST_CASE("no two headers call different things by one name")
{
  // Of two types of one name the linker takes one for both, and nobody is told.
  const RE2 opening(R"(namespace (sluice[\w:]*) \{)");
  const RE2 definition(R"((?:struct|class|union|enum class) (\w+)(?: final)?(?: : [^;{]*)?(?: *\{.*)?)");
  std::map<std::string, std::string> seen;
  for (const Source& source : sources("src", {".hpp"})) {
    std::string space;
    std::string name;
    for (const std::string_view line : lines_of(source.text)) {
      RE2::FullMatch(line, opening, &space);
      if (RE2::FullMatch(line, definition, &name)) {
        const auto known = seen.emplace(fmt::format("{}::{}", space, name), source.path);
        CHECK_MESSAGE(known.second, source.path, ": ", known.first->first, " is also of ", known.first->second);
      }
    }
  }
  CHECK(seen.size() > 100);
}

TEST_CASE("files stay on one subject")
{
  for (const char* directory : {"src", "tests", "bench", "scripts"}) {
    for (const Source& source : sources(directory, {".hpp", ".cpp", ".py"})) {
      const auto lines = std::count(source.text.begin(), source.text.end(), '\n');
      CHECK_MESSAGE(lines <= 500, source.path, " has ", lines, " lines");
    }
  }
}
