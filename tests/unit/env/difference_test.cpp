// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/difference.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;
using namespace sluice::env;

namespace {

/// "KEY: kind [tools]" for each difference between these readers.
std::string
told(std::string text, std::initializer_list<std::string_view> ids)
{
  std::vector<Reader> readers;
  for (const std::string_view id : ids) {
    REQUIRE(find_dialect(id) != nullptr);
    readers.push_back({find_dialect(id), {}, 0, "test", Load::To::own});
  }
  const DotenvFile file = read_dotenv_file(".env", std::move(text), std::move(readers));
  std::string out;
  for (const Difference& each : differences_of(file)) {
    std::vector<std::string> tools;
    for (const Reader* tool : each.tools) {
      tools.emplace_back(tool->dialect->id);
    }
    out += fmt::format("{}: {} [{}]\n", each.entry == nullptr ? "-" : each.entry->key, text_of(each.kind),
                       join(tools, ","));
  }
  return out;
}

}  // namespace

TEST_CASE("readers that differ are named with what they do")
{
  CHECK(told("A=b#c\n", {"motdotla", "compose"}) == "A: truncated at # [motdotla]\n");
  CHECK(told("A='b c'\n", {"docker", "motdotla"}) == "A: quotes kept [docker]\n");
  CHECK(told("A=b\t\n", {"node", "motdotla"}) == "A: trailing blank kept [node]\n");
  CHECK(told("A=b # c\n", {"docker", "motdotla"}) == "A: comment kept [docker]\n");
  CHECK(told("A=a$Bc1d\n", {"motdotla", "compose"}) == "A: expanded [compose]\n");
  CHECK(told("A=$(id)\n", {"motdotla", "bash"}) == "A: executed [bash]\n");
  CHECK(told("A: b\n", {"node", "motdotla"}) == "A: dropped [node]\n");
  CHECK(told("A-B=c\n", {"motdotla", "godotenv"}) == "-: refused [godotenv]\n");
}

TEST_CASE("readers that agree are not told of")
{
  CHECK(told("A=b\n# c\nB='d#e'\nC=1\nC=2\n", {"motdotla", "compose", "python", "godotenv", "ruby"}).empty());
  CHECK(told("", {"motdotla", "bash"}).empty());
}

TEST_CASE("a lone reader is told of where it surprises")
{
  CHECK(told("A='b'\n", {"docker"}) == "A: quotes kept [docker]\n");
  CHECK(told("A=a$Bc1d\n", {"compose"}) == "A: expanded [compose]\n");
  CHECK(told("A=p#w\n", {"motdotla"}) == "A: truncated at # [motdotla]\n");
  CHECK(told("A=b\t\n", {"node"}) == "A: trailing blank kept [node]\n");
  CHECK(told("A=$(id)\n", {"bash"}) == "A: executed [bash]\n");
}

TEST_CASE("what a lone reader is meant to do is no surprise")
{
  CHECK(told("A=${NODE_ENV:-development}\nB=x\nC=a$B\nD=b # comment\nE=#only\nF='x#y'\nG=\"a b\"\n", {"compose"})
            .empty());
  CHECK(told("A=b#c\n", {"docker"}).empty());
  CHECK(told("A='a$Bc'\n", {"compose"}).empty());
}
