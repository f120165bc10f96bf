// SPDX-License-Identifier: Apache-2.0
//
// Compound commands. A dotenv file that a shell reads hardly has one; what matters is where it ends, whether it is well
// formed, and what it may set.
#include "env/shell/syntax.hpp"

namespace sluice::env::shell {

Node
Parser::compound(std::string_view word, int depth)
{
  if (word == "(") {
    return brackets(depth);
  }
  if (word == "{") {
    return group(depth);
  }
  if (word == "if") {
    return choice(depth);
  }
  if (word == "case") {
    return cases(depth);
  }
  if (word == "[[") {
    return until_word("]]");
  }
  if (word == "function") {
    lexer_.take();
    return definition(depth);
  }
  return loop(depth);
}

Node
Parser::group(int depth)
{
  Node node = list(depth);
  expect("}");
  return node;
}

Node
Parser::brackets(int depth)
{
  Node node{.kind = Node::Kind::apart};
  if (lexer_.flavor() == Flavor::bash && lexer_.sees("(")) {
    // `((…))`, an arithmetic command: what it sets is not known.
    while (lexer_.peek().kind != Token::Kind::end && !lexer_.sees(")")) {
      lexer_.take();
    }
    expect(")");
  } else {
    node.parts.push_back(list(depth));
  }
  expect(")");
  return node;
}

Node
Parser::choice(int depth)
{
  Node node{.kind = Node::Kind::choice};
  do {
    node.parts.push_back(list(depth));
    expect("then");
    node.parts.push_back(list(depth));
  } while (!is_broken_ && lexer_.sees("elif") && lexer_.take().kind == Token::Kind::word);
  if (lexer_.sees("else")) {
    lexer_.take();
    node.parts.push_back(list(depth));
  }
  expect("fi");
  return node;
}

Node
Parser::loop(int depth)
{
  Node node{.kind = Node::Kind::uncertain};
  // `while` and `until` have a list, `for` words and perhaps a semicolon: both are commands to read over.
  node.parts.push_back(list(depth));
  expect("do");
  node.parts.push_back(list(depth));
  expect("done");
  return node;
}

Node
Parser::cases(int depth)
{
  Node node{.kind = Node::Kind::uncertain};
  lexer_.take();
  skip_lines();
  expect("in");
  skip_lines();
  while (!is_broken_ && !lexer_.sees("esac")) {
    while (!is_broken_ && !lexer_.sees(")")) {
      const Token::Kind kind = lexer_.take().kind;
      is_broken_ = is_broken_ || kind == Token::Kind::end || kind == Token::Kind::fault;
    }
    expect(")");
    skip_lines();
    if (!ends_list()) {
      node.parts.push_back(list(depth));
    }
    if (!lexer_.sees("esac")) {
      is_broken_ = is_broken_ || !(lexer_.sees(";;") || lexer_.sees(";&") || lexer_.sees(";;&"));
      lexer_.take();
      skip_lines();
    }
  }
  expect("esac");
  return node;
}

Node
Parser::until_word(std::string_view end)
{
  while (!lexer_.sees(end)) {
    const Token::Kind kind = lexer_.take().kind;
    if (kind == Token::Kind::end || kind == Token::Kind::fault) {
      return broken();
    }
  }
  lexer_.take();
  return {.kind = Node::Kind::apart};
}

Node
Parser::definition(int depth)
{
  if (lexer_.sees("(")) {
    lexer_.take();
    expect(")");
  }
  skip_lines();
  if (is_broken_ || !sees_compound()) {
    return broken();
  }
  command(depth);
  return {.kind = Node::Kind::definition};
}

}  // namespace sluice::env::shell
