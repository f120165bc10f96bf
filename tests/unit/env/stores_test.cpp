// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "env/store.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

using namespace sluice;
using namespace sluice::env;

namespace {

std::vector<std::string_view>
takers(std::string_view text)
{
  std::vector<std::string_view> ids;
  for (const Store* store : stores()) {
    if (store->has(text)) {
      ids.push_back(store->id);
    }
  }
  return ids;
}

const Store&
named(std::string_view id)
{
  const auto all = stores();
  return **std::find_if(all.begin(), all.end(), [id](const Store* store) { return store->id == id; });
}

}  // namespace

TEST_CASE("no listing is one of two platforms")
{
  const auto folder = test::source_directory() / "fixtures/env/stores";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with("input")) {
      const auto text = read_file(entry.path());
      REQUIRE(text);
      const auto ids = takers(*text);
      CHECK_MESSAGE(ids.size() <= 1, entry.path().string(), fmt::format(": {}", fmt::join(ids, ", ")));
      const std::string folder_id = entry.path().parent_path().parent_path().filename().string();
      const bool is_other = entry.path().parent_path().filename() == "other";
      CHECK_MESSAGE((ids.size() == 1 && ids.front() == folder_id) != is_other, entry.path().string());
    }
  }
}

TEST_CASE("an empty listing has no names, and an empty JSON list neither")
{
  CHECK(takers("") == std::vector<std::string_view>{"plain"});
  CHECK(takers("\n\n") == std::vector<std::string_view>{"plain"});
  CHECK(takers("[]\n") == std::vector<std::string_view>{"gh"});
  CHECK(named("gh").read("[]\n")->empty());
}

TEST_CASE("a refusal quotes nothing")
{
  for (const Store* store : stores()) {
    for (const std::string_view text : {"A\nplanted secret=1\n", "[{\"name\": \"planted secret\", \"type\": 1}]",
                                        "{\"envs\": [{\"key\": \"planted secret\"}]}"}) {
      const auto names = store->read(text);
      CHECK_MESSAGE((names || names.error().message.find("planted") == std::string::npos), store->id);
    }
  }
}

TEST_CASE("a value that is a secret or a digest of one is not taken")
{
  CHECK_FALSE(
      named("gitlab").read(R"([{"key":"A","value":"x","environment_scope":"*","masked":true}])")->front().value);
  CHECK_FALSE(
      named("supabase").read(R"([{"name":"A","value":"x","updated_at":"2026-01-01T00:00:00Z"}])")->front().value);
  CHECK_FALSE(named("vercel").read(R"({"envs":[{"key":"A","value":"x","type":"encrypted"}]})")->front().value);
  CHECK(named("gitlab").read(R"([{"key":"A","value":"x","environment_scope":"*"}])")->front().value == "x");
}

TEST_CASE("a hundred thousand names are read")
{
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    text += fmt::format("NAME_{}\t2026-01-31T10:00:00Z\n", i);
  }
  CHECK(named("gh").read(text)->size() == 100'000);
}
