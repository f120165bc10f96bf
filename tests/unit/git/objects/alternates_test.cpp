// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "git/objects/alternates.hpp"

#include <doctest/doctest.h>

using sluice::Gap;
using sluice::git::with_alternates;

namespace {

/// Empty object stores side by side.
class Stores
{
public:
  Stores()
      : directory_(*sluice::TemporaryDirectory::create())
  {}
  std::filesystem::path
  add(std::string_view name, std::string_view alternates = {}) const
  {
    const std::filesystem::path path = std::filesystem::canonical(directory_.path()) / name;
    std::filesystem::create_directories(path / "info");
    if (!alternates.empty()) {
      REQUIRE(sluice::write_file(path / "info" / "alternates", alternates));
    }
    return path;
  }

private:
  sluice::TemporaryDirectory directory_;
};

using Paths = std::vector<std::filesystem::path>;

}  // namespace

TEST_CASE("a store without alternates is alone")
{
  const Stores stores;
  const auto root = stores.add("root");
  std::vector<Gap> gaps;
  CHECK(with_alternates(root, gaps) == Paths{root});
  CHECK(gaps.empty());
}

TEST_CASE("alternates are absolute or relative to the store, with comments, quotes and empty lines")
{
  const Stores stores;
  const auto a = stores.add("a");
  const auto b = stores.add("b");
  const auto c = stores.add("with \"quote\" and \xC3\xA4\t");
  const auto root =
      stores.add("root", "# comment\n" + a.string() + "\n\n../b\n\"../with \\\"quote\\\" and \\303\\244\\t\"\n");
  std::vector<Gap> gaps;
  CHECK(with_alternates(root, gaps) == Paths{root, a, b, c});
  CHECK(gaps.empty());
}

TEST_CASE("alternates of alternates are followed, each once, also in a circle")
{
  const Stores stores;
  const auto a = stores.add("a", "../b\n");
  const auto b = stores.add("b", "../root\n../a\n");
  const auto root = stores.add("root", "../a\n../b\n.\n");
  std::vector<Gap> gaps;
  CHECK(with_alternates(root, gaps) == Paths{root, a, b});
  CHECK(gaps.empty());
}

TEST_CASE("an alternate that is not there is a gap")
{
  const Stores stores;
  const auto root = stores.add("root", "/nonexistent/objects\n");
  std::vector<Gap> gaps;
  CHECK(with_alternates(root, gaps) == Paths{root});
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].subject == "/nonexistent/objects");
  CHECK_FALSE(gaps[0].fix.empty());
}

TEST_CASE("more than five levels are a gap")
{
  const Stores stores;
  for (int level = 1; level < 6; ++level) {
    stores.add(fmt::format("{}", level), fmt::format("../{}\n", level + 1));
  }
  stores.add("6");
  const auto root = stores.add("root", "../1\n");
  std::vector<Gap> gaps;
  CHECK(with_alternates(root, gaps).size() == 6);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].subject.ends_with("/6"));
}

TEST_CASE("a list of alternates that cannot be read is a gap")
{
  const Stores stores;
  const auto root = stores.add("root");
  std::filesystem::create_directory(root / "info" / "alternates");
  std::vector<Gap> gaps;
  CHECK(with_alternates(root, gaps) == Paths{root});
  CHECK(gaps.size() == 1);
}
