// SPDX-License-Identifier: Apache-2.0
//
// Compound commands: conditions, loops, `case`, tests, functions.
#include "base/text.hpp"
#include "env/script/parser.hpp"
#include "env/script/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace sluice::env::script {

namespace {

struct Compound
{
  std::string_view word;
  Node::Kind kind;
  std::string_view closing;
};

constexpr auto compounds = std::to_array<Compound>({{"if", Node::Kind::group, "fi"},
                                                    {"while", Node::Kind::loop, "done"},
                                                    {"until", Node::Kind::loop, "done"},
                                                    {"{", Node::Kind::group, "}"}});

}  // namespace

Node
Parser::compound(std::string_view word)
{
  const auto found =
      std::find_if(compounds.begin(), compounds.end(), [word](const Compound& each) { return each.word == word; });
  if (found != compounds.end()) {
    at_ += word.size();
    return block(found->kind, found->closing);
  }
  if (word.empty() && sees("(")) {
    return sees("((") && is_sum() ? sum_command() : (++at_, block(Node::Kind::group, ")"));
  }
  if (word == "for" || word == "select") {
    at_ += word.size();
    return each();
  }
  if (word == "case") {
    return cases();
  }
  if (word == "[[") {
    return test();
  }
  if (word == "function") {
    at_ += word.size();
    skip_blanks();
    const Span at{at_, at_ + std::min(rest().find_first_of(" \t\r\n({"), rest().size())};
    at_ = at.end;
    return function(at);
  }
  return simple();
}

Node
Parser::block(Node::Kind kind, std::string_view closing)
{
  const End end = closing == "fi"     ? End::condition
                  : closing == "done" ? End::loop
                  : closing == "}"    ? End::brace
                                      : End::bracket;
  Node node{.kind = kind};
  node.parts = list(end);
  at_ += is_at_end() ? 0 : closing.size();
  return node;
}

Node
Parser::sum_command()
{
  Node node;
  Word word{.at = {at_, at_}};
  at_ += 2;
  sum(word.pieces);
  word.at.end = at_;
  node.words.push_back(std::move(word));
  return node;
}

/// `for` and `select`, from behind the word.
Node
Parser::each()
{
  Node head{.kind = Node::Kind::loop};
  skip_blanks();
  if (sees("((")) {
    head.parts.push_back(sum_command());
  } else {
    head.name = {at_, end_of_name(at_)};
    at_ = head.name.end;
    skip_separators(End::loop);
    const bool has_words = sees_word("in");
    at_ += has_words ? 2 : 0;
    for (std::size_t before = end_; has_words && before != at_;) {
      skip_blanks();
      before = at_;
      if (!is_at_end() && (!ends_word(text_[at_]) || sees("<(") || sees(">("))) {
        add_word(head);
      }
    }
  }
  Node body = block(Node::Kind::loop, "done");
  std::move(body.parts.begin(), body.parts.end(), std::back_inserter(head.parts));
  return head;
}

Node
Parser::cases()
{
  const Depth depth(*this);
  Node node{.kind = Node::Kind::group};
  if (is_at_end()) {
    return node;
  }
  at_ += 4;
  skip_blanks();
  add_word(node);
  skip_separators(End::text);
  at_ += sees_word("in") ? 2 : 0;
  while (skip_separators(End::text), !is_at_end() && !sees_word("esac")) {
    patterns(node);
    std::vector<Node> branch = list(End::cases);
    std::move(branch.begin(), branch.end(), std::back_inserter(node.parts));
  }
  at_ += is_at_end() ? 0 : 4;
  return node;
}

/// The patterns of a branch, and the bracket behind them.
void
Parser::patterns(Node& node)
{
  at_ += sees("(") ? 1 : 0;
  while (!is_at_end() && !sees(")")) {
    skip_blanks();
    if (!is_at_end() && is_any_of(text_[at_], "|;&<>(\n")) {
      ++at_;
    } else if (!sees(")") && !is_at_end()) {
      node.words.push_back(word());
    }
  }
  at_ += is_at_end() ? 0 : 1;
}

Node
Parser::test()
{
  Node node{.kind = Node::Kind::test};
  at_ += 2;
  while (!is_at_end()) {
    skip_blanks();
    if (sees_word("]]")) {
      at_ += 2;
      break;
    }
    if (!is_at_end() && is_any_of(text_[at_], "\n;&|<>()")) {
      ++at_;
    } else if (!is_at_end()) {
      node.words.push_back(word());
    }
  }
  return node;
}

/// From behind the name.
Node
Parser::function(Span name)
{
  const Depth depth(*this);
  Node node{.kind = Node::Kind::function};
  node.name = name;
  skip_blanks();
  if (sees("(")) {
    at_ = std::min(at_ + std::min(rest().find(')'), rest().size()) + 1, end_);
  }
  skip_separators(End::text);
  node.parts.push_back(command());
  return node;
}

}  // namespace sluice::env::script
