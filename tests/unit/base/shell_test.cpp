// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"
#include "base/shell.hpp"

#include <doctest/doctest.h>

#include <array>

namespace sluice {

TEST_CASE("words that are nothing special stay bare")
{
  CHECK(shell_word("sluice-secrets") == "sluice-secrets");
  CHECK(shell_word("--base=1a2b,x@y:z+1/..") == "--base=1a2b,x@y:z+1/..");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  const std::array<std::string, 2> words{"a", "$(b)"};
  CHECK(shell_command(words) == "a '$(b)'");
}

TEST_CASE("a shell reads back every word, which is one line of printable ASCII and no command for a log")
{
  std::vector<std::string> words{"$(touch x)",   "`id`",     "!!",        "*",          "~",         "a\\",
                                 "\\",           "'",        "''",        "\"$HOME\"",  "##[error]", "#####[x",
                                 "-n",           "%s%d",     "a\nb",      "\n\nx",      "a\r\tb",    "\x1b[31m",
                                 "\u202e\u200b", "\xff\xfe", "a;b&c|d>e", "%\n'\\012#", "{a,b}"};
  for (const std::string& word : words) {
    const std::string quoted = shell_word(word);
    CAPTURE(quoted);
    CHECK(quoted.find("##") == std::string::npos);
    for (const char c : quoted) {
      CHECK(c >= ' ');
      CHECK(c <= '~');
    }
    ProcessRequest request;
    request.argv = {"/bin/sh", "-c", "printf '%s' " + quoted};
    const auto result = run_process(request);
    REQUIRE(result);
    CHECK(result->output == word);
  }
  CHECK(shell_word(std::string("a\0b\n\n", 5)) == "ab");
}

}  // namespace sluice
