// SPDX-License-Identifier: Apache-2.0
//
// A script of any bytes: every place that is named is in it, in the order of the text where that is promised.
#include "env/script/facts.hpp"
#include "fuzz/require.hpp"

#include <algorithm>
#include <cstdint>

namespace {

using namespace sluice;
using namespace sluice::env;

void
check(const std::vector<script::Piece>& pieces, std::size_t size)
{
  for (const script::Piece& piece : pieces) {
    require(piece.name.begin <= piece.name.end && piece.name.end <= size);
    require(piece.kind != script::Piece::Kind::text || (piece.at.begin <= piece.at.end && piece.at.end <= size));
    check(piece.inside, size);
  }
}

void
check(const std::vector<script::Node>& nodes, std::size_t size)
{
  for (const script::Node& node : nodes) {
    for (const script::Word& word : node.words) {
      require(word.at.begin <= word.at.end && word.at.end <= size);
      check(word.pieces, size);
    }
    for (const script::Assignment& assignment : node.assignments) {
      require(assignment.name.end <= size && assignment.at.begin <= assignment.name.begin);
      check(assignment.value.pieces, size);
    }
    check(node.parts, size);
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const script::Tree tree = script::parse(text, {0, size});
  check(tree.commands, size);
  for (const auto& list : tree.lists) {
    check(list, size);
  }
  const script::Facts facts = script::facts_of(text, {});
  require(std::is_sorted(facts.mentions.begin(), facts.mentions.end(),
                         [](const auto& a, const auto& b) { return a.at < b.at; }));
  for (const script::Facts::Mention& mention : facts.mentions) {
    require(mention.at <= size && !mention.name.empty());
  }
  return 0;
}
