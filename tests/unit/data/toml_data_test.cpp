// SPDX-License-Identifier: Apache-2.0
#include "data/data.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace sluice;

namespace {

/// "a.a.a": as many dots as asked for.
std::string
dotted(std::size_t dots)
{
  std::string key = "a";
  for (; dots > 0; --dots) {
    key += ".a";
  }
  return key;
}

void
check_too_deep(const std::string& text, std::uint32_t line)
{
  const auto data = read_toml_data(text);
  REQUIRE_FALSE(data);
  CHECK(data.error().what == "nested too deep");
  CHECK(data.error().line == line);
}

}  // namespace

TEST_CASE("keys of TOML lead no deeper than values nest")
{
  constexpr std::size_t deep = 300'000;
  check_too_deep("x = 1\n[" + dotted(deep) + "]\n", 2);
  check_too_deep("[[" + dotted(deep) + "]]\n", 1);
  check_too_deep("\n\n" + dotted(deep) + " = 1\n", 3);
  check_too_deep("x = {" + dotted(deep) + " = 1}\n", 1);
  check_too_deep("\"a\" . 'b' ." + dotted(Data::max_depth) + " = 1\n", 1);
}

TEST_CASE("keys of TOML within one another count together")
{
  std::string nested = "1";
  for (int level = 0; level < 20; ++level) {
    nested = "{" + dotted(20) + " = [" + nested + "]}";
  }
  check_too_deep("x = " + nested + "\n", 1);
}

TEST_CASE("a text in TOML hides no key behind it")
{
  const std::string key = dotted(Data::max_depth + 1);
  for (const std::string_view text : {R"("")", R"("a\"b")", "''", R"('\')", R"("""a""")", R"("""a""""")", R"("""a"""")",
                                      R"("""a\"""b""")", "'''a'''''", "'''\\'''"}) {
    check_too_deep("x = [" + std::string(text) + ", {" + key + " = 1}]\n", 1);
  }
  check_too_deep("# it's a comment\n" + key + " = 1\n", 2);
}

TEST_CASE("dots elsewhere in TOML are no depth")
{
  const std::string dots = dotted(1000);
  for (const std::string& text : {"x = \"" + dots + "\"\n", "x = '" + dots + "'\n", "x = '''\n" + dots + "\n'''\n",
                                  "# " + dots + "\nx = 1\n", "\"" + dots + "\" = 1\n", "x = \"a\\\"" + dots + "\"\n"}) {
    CHECK_MESSAGE(read_toml_data(text), text.substr(0, 20));
  }
  std::string many = "x = [";
  for (int i = 0; i < 1000; ++i) {
    many += "1.5, {a.b = 2.5}, [0.1],\n";
  }
  many += "]\n";
  for (int i = 0; i < 1000; ++i) {
    many += "k" + std::to_string(i) + ".a = 1.5\n";
  }
  CHECK(read_toml_data(many));
}
