// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "migrations/framework.hpp"
#include "migrations/gate.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

namespace sluice::migrations {

namespace {

namespace fs = std::filesystem;

const gate::Kind&
kind_named(std::string_view name)
{
  const auto kinds = type().kinds;
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [name](const gate::Kind& kind) { return kind.name == name; });
  REQUIRE(found != kinds.end());
  return *found;
}

/// A directory with empty files.
struct Files
{
  TemporaryDirectory directory = TemporaryDirectory::create().value();

  explicit Files(const std::vector<std::string>& paths)
  {
    for (const std::string& path : paths) {
      fs::create_directories((directory.path() / path).parent_path());
      REQUIRE(write_file(directory.path() / path, "SELECT 1;").has_value());
    }
  }
  [[nodiscard]] std::string
  starter() const
  {
    return type().starter(gate::DiskTree(directory.path()));
  }
};

}  // namespace

TEST_CASE("each framework does with its fixtures what they expect")
{
  const gate::Kind& kind = kind_named("frameworks");
  CHECK(kind.ids.size() == frameworks().size());
  for (const std::string_view id : kind.ids) {
    std::size_t cases = 0;
    for (const auto& entry :
         fs::directory_iterator(sluice::test::source_directory() / "fixtures" / "migrations" / "frameworks" / id)) {
      CAPTURE(entry.path().string());
      const auto listed = kind.render(id, entry.path() / "input");
      REQUIRE(listed.has_value());
      CHECK(*listed == read_file(entry.path() / "expected").value());
      ++cases;
    }
    CHECK(cases >= 2);
  }
}

TEST_CASE("a framework whose directories are not there has nothing to list")
{
  const Files files({"src/1.sql"});
  const auto listed = kind_named("frameworks").render("supabase", files.directory.path());
  REQUIRE_FALSE(listed.has_value());
  CHECK(listed.error().kind == ErrorKind::usage);
}

TEST_CASE("the kinds of the gate are its directories of files")
{
  CHECK(kind_named("rules").ids.size() == type().rules.size());
  const bool runs_the_gate = kind_named("rules").render == nullptr;
  CHECK(runs_the_gate);
}

TEST_CASE("every usual directory of a framework is one that detection finds")
{
  for (const Framework* framework : frameworks()) {
    CAPTURE(std::string(framework->id));
    CHECK_FALSE(framework->usual_directories.empty());
    for (const std::string_view directory : framework->usual_directories) {
      const Files files({std::string(directory) + "/1_a.sql"});
      const auto detection = detect(*framework, gate::DiskTree(files.directory.path()));
      REQUIRE(detection.has_value());
      CHECK(detection->directories == std::vector<std::string>{std::string(directory)});
    }
  }
}

TEST_CASE("a first configuration names the directories and the tool that a run would find")
{
  CHECK(Files({"db/migrations/1.sql", "sql/migrations/1.sql"}).starter()
        == "migrations:\n"
           "  # Where migrations are: db/migrations holds .sql files.\n"
           "  paths:\n"
           "    - db/migrations\n"
           "    - sql/migrations\n"
           "  # The tool that runs them: plain, supabase, or auto to tell it by the paths.\n"
           "  framework: plain\n");
  const std::string both = Files({"supabase/migrations/1_a.sql", "migrations/1.sql"}).starter();
  CHECK(both.find("    - supabase/migrations\n") != std::string::npos);
  CHECK(both.find("  framework: supabase\n") != std::string::npos);
  CHECK(both.find("    - migrations\n") == std::string::npos);
  CHECK(both.ends_with("  # Not judged, for one run is of one tool: migrations (plain)\n"));
}

TEST_CASE("without migrations the first configuration is an example in comments")
{
  const std::string text = Files({"migrations/notes.txt", "src/1.sql"}).starter();
  CHECK(text.find("# migrations:\n#   paths:\n") != std::string::npos);
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    CHECK(text[at] == '#');
  }
}

}  // namespace sluice::migrations
