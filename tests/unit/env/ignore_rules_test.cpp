// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "env/ignore_rules.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::env;

namespace {

class Tree
{
public:
  void
  write(const std::string& path, std::string_view text)
  {
    REQUIRE(make_directories((directory_.path() / path).parent_path()));
    REQUIRE(write_file(directory_.path() / path, text));
  }
  [[nodiscard]] std::string
  decider(std::string_view path) const
  {
    const gate::DiskTree tree(directory_.path());
    const auto ignored = IgnoreRules(tree).ignored(path);
    return ignored ? ignored->path + ":" + std::to_string(ignored->line) : "";
  }

private:
  TemporaryDirectory directory_ = *TemporaryDirectory::create();
};

}  // namespace

TEST_CASE("the last line that fits decides, and the nearest file before those above it")
{
  Tree tree;
  tree.write(".gitignore", "# all\n.env.*\n!.env.schema\n");
  tree.write("web/.gitignore", ".env.schema\n");
  CHECK(tree.decider(".env.production") == ".gitignore:2");
  CHECK(tree.decider(".env.schema").empty());
  CHECK(tree.decider("web/.env.schema") == "web/.gitignore:1");
  CHECK(tree.decider("web/.env.local") == ".gitignore:2");
  CHECK(tree.decider("web/app.js").empty());
}

TEST_CASE("a slash ties a line to its directory, and nothing comes back from an ignored directory")
{
  Tree tree;
  tree.write(".gitignore", "/.env\nconf/\n!conf/.env.schema\n\\#note\ntrailing.env   \n");
  CHECK(tree.decider(".env") == ".gitignore:1");
  CHECK(tree.decider("web/.env").empty());
  CHECK(tree.decider("conf/.env.schema") == ".gitignore:2");
  CHECK(tree.decider("#note") == ".gitignore:4");
  CHECK(tree.decider("trailing.env") == ".gitignore:5");
}
