// SPDX-License-Identifier: Apache-2.0
#include "gate/marks_above.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace sluice;

namespace {

/// How far above the mark stands that allows "SECRET" in the text; nothing if none does.
std::optional<std::uint32_t>
lines_to_mark(const std::string& text)
{
  const auto allow = gate::allow_at(text, text.find("SECRET"), "a-rule", gate::PeerMarks::of_secret_scanners);
  return allow ? std::optional(allow->lines_before) : std::nullopt;
}

const std::string above = "sluice:allow-next-line[a-rule] made up";

}  // namespace

TEST_CASE("a mark counts on its line and on the next")
{
  CHECK(lines_to_mark("x SECRET # sluice:allow[a-rule] made up") == 0);
  CHECK(lines_to_mark("# " + above + "\nx SECRET") == 1);
  CHECK(lines_to_mark("# " + above + "\r\nx SECRET\r\n") == 1);
  CHECK_FALSE(lines_to_mark("# " + above + "\n\nx SECRET"));
  CHECK_FALSE(lines_to_mark("x SECRET\n# " + above));
  CHECK_FALSE(lines_to_mark("# sluice:allow[a-rule] made up\nx SECRET"));
}

TEST_CASE("a mark stands in a comment of any language")
{
  for (const std::string& comment :
       {"# " + above, "// " + above, "-- " + above, "; " + above, "/* " + above + " */", "<!-- " + above + " -->",
        "{# " + above + " #}", "<%# " + above + " %>", "! " + above}) {
    CAPTURE(comment);
    const std::string text = comment + "\nx SECRET";
    const auto allow = gate::allow_at(text, text.find("SECRET"), "a-rule", gate::PeerMarks::none);
    REQUIRE(allow);
    CHECK(allow->reason == "made up");
    CHECK(allow->is_own_with_reason());
  }
}

TEST_CASE("a mark before a block counts for what is in it")
{
  const std::vector<std::pair<std::string, std::uint32_t>> blocks{
      {"const config = `\nhost\nSECRET`", 3},
      {"k = \"\"\"\nSECRET\n\"\"\"", 2},
      {"k: '''\nx\ny\nSECRET", 4},
      {"key=\\\n  abc\\\n  SECRET", 3},
      {"key=\\\r\n  SECRET", 2},
      {"  key: |\n    x\n\n    SECRET", 4},
      {"- >-2\n   SECRET", 2},
      {"cat > f <<EOF\nx\nSECRET\nEOF\n", 3},
      {"cat <<-'END_OF'\n\tSECRET\n\tEND_OF\n", 2},
      {"x = <<~SQL\n  SECRET\n  SQL\n", 2},
      {"-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----", 2},
  };
  for (const auto& row : blocks) {
    CAPTURE(row.first);
    CHECK(lines_to_mark("first\n// " + above + "\n" + row.first) == row.second);
    CHECK_FALSE(lines_to_mark("// " + above + "\nfirst\n" + row.first));
  }
}

TEST_CASE("a mark does not reach past its block, nor into what is none")
{
  const std::vector<std::string> others{
      "a\nSECRET",
      "const a = `x`;\nSECRET",
      "const a = `\nx`;\nSECRET",
      "const a = `\nx`, b = SECRET",
      "key=\\\n  abc\n  SECRET",
      "key=\\\\\n  SECRET",
      "key: |\n  x\nSECRET",
      "key: a|\n  SECRET",
      "std::cout << name\n  << SECRET;",
      "cat <<EOF\nx\nEOF\nSECRET\n",
      "cat <<EOF\nSECRET\n",
      "-----BEGIN A-----\nx\n-----END A-----\nSECRET",
  };
  for (const std::string& text : others) {
    CAPTURE(text);
    CHECK_FALSE(lines_to_mark("// " + above + "\n" + text));
  }
  CHECK_FALSE(lines_to_mark("// " + above + "\n`" + std::string(200, '\n') + "SECRET"));
  CHECK_FALSE(lines_to_mark("// " + above + "\n`" + std::string(20'000, 'x') + "\nSECRET"));
}

TEST_CASE("of several marks the one that counts everywhere is taken")
{
  const std::string text = "# " + above + "\nx SECRET # gitleaks:allow";
  CHECK(gate::allow_at(text, text.find("SECRET"), "a-rule", gate::PeerMarks::of_secret_scanners)->owner
        == MarkOwner::sluice);
  const std::string peer = "# pragma: allowlist nextline secret\nx SECRET";
  CHECK(gate::allow_at(peer, peer.find("SECRET"), "a-rule", gate::PeerMarks::of_secret_scanners)->owner
        == MarkOwner::peer);
  CHECK_FALSE(gate::allow_at(peer, peer.find("SECRET"), "a-rule", gate::PeerMarks::none));
}

TEST_CASE("thousands of secrets below or beside marks cost a bounded number of bytes each")
{
  constexpr std::size_t most_for_one = 64 * 1024;
  std::string marks;
  for (int i = 0; i < 90; ++i) {
    marks += "# " + above + "\n";
  }
  std::string text;
  std::vector<std::size_t> places;
  for (int block = 0; block < 20; ++block) {
    text += marks + "x\n";
    for (int i = 0; i < 20; ++i) {
      places.push_back(text.size());
      text += "SECRET ";
    }
    text += '\n';
  }
  gate::MarkReader reader(text, gate::PeerMarks::of_secret_scanners);
  for (const std::size_t place : places) {
    CHECK_FALSE(reader.allow_at(place, "a-rule"));
  }
  CHECK(reader.work() < places.size() * most_for_one);
  const std::uint64_t before = reader.work();
  CHECK_FALSE(reader.allow_at(places.back(), "a-rule"));
  CHECK(reader.work() - before < 16 * 1024);
}

TEST_CASE("what one place of a line lies in another does not lie in")
{
  const std::string text = "// " + above + "\nconst a = `\nSECRET`, b = SECRET";
  gate::MarkReader reader(text, gate::PeerMarks::none);
  CHECK(reader.allow_at(text.find("SECRET"), "a-rule"));
  CHECK_FALSE(reader.allow_at(text.rfind("SECRET"), "a-rule"));
  CHECK_FALSE(reader.allow_at(text.find("SECRET"), "b-rule"));
}
