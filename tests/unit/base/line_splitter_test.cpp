// SPDX-License-Identifier: Apache-2.0
#include "base/bounded_text.hpp"
#include "base/line_splitter.hpp"
#include "base/text.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace sluice;

namespace {

/// The lines of a text that comes in pieces of so many bytes.
std::vector<std::string>
lines_in_pieces(std::string_view text, std::size_t piece)
{
  std::vector<std::string> lines;
  LineSplitter splitter([&lines](std::string_view line) { lines.emplace_back(line); });
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    splitter.add(text.substr(0, piece));
  }
  splitter.finish();
  return lines;
}

std::string
bounded(std::string_view text, std::size_t kept, std::size_t piece)
{
  BoundedText all(kept);
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    all.add(text.substr(0, piece));
  }
  return all.text();
}

}  // namespace

TEST_CASE("lines are the same whatever the pieces are")
{
  const std::string text = "one\n\ntwo\r\nthr\ree\nrest";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    CHECK(lines_in_pieces(text, piece) == std::vector<std::string>{"one", "", "two", "thr\ree", "rest"});
  }
  CHECK(lines_in_pieces("", 1).empty());
  CHECK(lines_in_pieces("\n", 1) == std::vector<std::string>{""});
}

TEST_CASE("of a long line the beginning is handed over, and how much is missing")
{
  const std::string fits(LineSplitter::longest_line, 'x');
  const std::string over(LineSplitter::longest_line + 1000, 'x');
  for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, std::size_t{1} << 20U}) {
    const std::vector<std::string> lines = lines_in_pieces(fits + "\n" + over + "\nnext\n" + over, piece);
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == fits);
    CHECK(lines[1] == fits.substr(3) + "… 1,003 bytes left out …");
    CHECK(lines[2] == "next");
    CHECK(lines[3] == lines[1]);
  }
}

TEST_CASE("a long line is not cut within a character")
{
  const std::string over = "a" + replace_all(std::string(LineSplitter::longest_line, 'x'), "x", "é");
  const std::string line = lines_in_pieces(over, over.size()).front();
  CHECK(line.find("é… ") != std::string::npos);
}

TEST_CASE("a text that fits is kept whole, of a longer one both ends")
{
  for (std::size_t piece = 1; piece <= 12; ++piece) {
    CHECK(bounded("12345678", 4, piece) == "12345678");
    CHECK(bounded("1234abcde5678", 4, piece) == "1234\n… 5 bytes left out …\n5678");
    CHECK(bounded("1234" + std::string(5000, 'x') + "5678", 4, piece) == "1234\n… 5,000 bytes left out …\n5678");
  }
  CHECK(bounded("", 4, 1).empty());
}
