// SPDX-License-Identifier: Apache-2.0
#include "env/script/parser.hpp"

#include "base/text.hpp"
#include "env/script/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace sluice::env::script {

namespace {

// Longer ones first.
constexpr auto redirection_signs =
    std::to_array<std::string_view>({"&>>", "&>", "<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">"});

/// Words in front of a command that change nothing of what it names, and those that only divide a compound command.
constexpr auto idle_words =
    std::to_array<std::string_view>({"!", "time", "then", "else", "elif", "do", "coproc", "fi", "done", "esac", "}"});

constexpr auto declaring =
    std::to_array<std::string_view>({"export", "local", "declare", "typeset", "readonly", "integer", "float", "alias"});

}  // namespace

Tree
Parser::take()
{
  tree_.commands = list(End::text);
  return std::move(tree_);
}

void
Parser::fail(std::size_t at, std::string_view why)
{
  if (!tree_.fault) {
    tree_.fault = Fault{at, why};
  }
  at_ = text_.size();
}

std::string_view
Parser::rest() const
{
  return is_at_end() ? std::string_view() : text_.substr(at_, end_ - at_);
}

bool
Parser::sees(std::string_view expected) const
{
  return rest().starts_with(expected);
}

bool
Parser::sees_word(std::string_view expected) const
{
  const std::string_view all = rest();
  return all.starts_with(expected) && (all.size() == expected.size() || ends_word(all[expected.size()]));
}

void
Parser::skip_blanks()
{
  while (!is_at_end()) {
    if (sees("\\\n")) {
      at_ += 2;
    } else if (sees("\\\r\n")) {
      at_ += 3;
    } else if (is_any_of(text_[at_], " \t\r")) {
      ++at_;
    } else {
      break;
    }
  }
  if (sees("#")) {
    at_ += std::min(rest().find('\n'), rest().size());
  }
}

bool
Parser::sees_end(End end)
{
  switch (end) {
  case End::text:
    return false;
  case End::condition:
    return sees_word("fi");
  case End::loop:
    return sees_word("done");
  case End::cases:
    return sees(";;") || sees(";&") || sees_word("esac");
  case End::brace:
    return sees_word("}");
  case End::bracket:
    return sees(")");
  }
  return false;
}

/// Blanks, comments and newlines, behind which the bodies of here-documents stand; and what stands between commands.
void
Parser::skip_separators(End end)
{
  while (!is_at_end()) {
    skip_blanks();
    if (is_at_end() || sees_end(end) || !is_any_of(text_[at_], "\n;&|") || redirection_sign() != "") {
      break;
    }
    const bool is_newline = text_[at_] == '\n';
    ++at_;
    if (is_newline) {
      read_documents();
    }
  }
}

std::vector<Node>
Parser::list(End end)
{
  const Depth depth(*this);
  std::vector<Node> nodes;
  while (true) {
    skip_separators(end);
    if (is_at_end() || sees_end(end)) {
      return nodes;
    }
    const std::size_t before = at_;
    nodes.push_back(pipeline());
    // No command begins with this character.
    at_ += at_ == before ? 1 : 0;
  }
}

Node
Parser::pipeline()
{
  Node node{.kind = Node::Kind::pipeline};
  node.at.begin = at_;
  node.parts.push_back(command());
  skip_blanks();
  while (sees("|") && !sees("||")) {
    at_ += sees("|&") ? 2 : 1;
    skip_separators(End::text);
    node.parts.push_back(command());
    skip_blanks();
  }
  node.at.end = at_;
  return node.parts.size() == 1 ? Node(std::move(node.parts.front())) : std::move(node);
}

Node
Parser::command()
{
  const auto is_next = [this](std::string_view word) { return sees_word(word); };
  for (auto idle = idle_words.begin(); idle != idle_words.end();
       idle = std::find_if(idle_words.begin(), idle_words.end(), is_next)) {
    at_ += sees_word(*idle) ? idle->size() : 0;
    skip_blanks();
  }
  const std::size_t begin = at_;
  // No search may go beyond what is read: it would be made again for each of many backticks.
  const std::string_view next = rest();
  Node node = compound(next.substr(0, next.find_first_of(" \t\r\n;&|<>()")));
  while (node.kind != Node::Kind::simple && (skip_blanks(), redirection(node))) {
  }
  node.at = {begin, std::max(begin, at_)};
  return node;
}

Node
Parser::simple()
{
  Node node;
  while (skip_blanks(), !is_at_end()) {
    if (redirection(node)) {
      continue;
    }
    if (sees("(") && node.words.size() == 1 && node.assignments.empty()) {
      return function(node.words.front().at);
    }
    if (is_any_of(text_[at_], "\n;&|()")) {
      break;
    }
    add_word(node);
  }
  return node;
}

void
Parser::add_word(Node& node)
{
  const std::string_view first = node.words.empty() ? std::string_view() : node.words.front().at.of(text_);
  const bool declares = std::find(declaring.begin(), declaring.end(), first) != declaring.end();
  const bool may_assign = node.kind == Node::Kind::simple && (node.words.empty() || declares);
  if (auto assigned = may_assign ? assignment() : std::nullopt) {
    node.assignments.push_back(*std::move(assigned));
  } else {
    node.words.push_back(word());
  }
}

std::string_view
Parser::redirection_sign() const
{
  const std::string_view all = rest();
  const bool is_process = all.starts_with("<(") || all.starts_with(">(");
  const auto found = std::find_if(redirection_signs.begin(), redirection_signs.end(),
                                  [all](std::string_view sign) { return all.starts_with(sign); });
  return is_process || found == redirection_signs.end() ? std::string_view() : *found;
}

bool
Parser::redirection(Node& node)
{
  const std::string_view sign = redirection_sign();
  if (sign.empty()) {
    return false;
  }
  // The number in front of it is no word: `2>file`.
  if (!node.words.empty() && node.words.back().at.end == at_) {
    const std::string_view number = node.words.back().at.of(text_);
    if (std::all_of(number.begin(), number.end(), is_digit)) {
      node.words.pop_back();
    }
  }
  at_ += sign.size();
  skip_blanks();
  Redirection redirection{.sign = sign, .target = word()};
  if (sign == "<<" || sign == "<<-") {
    const std::string_view written = redirection.target.at.of(text_);
    redirection.document = tree_.documents.size();
    tree_.documents.push_back({.body = {}, .is_literal = written.find_first_of("'\"\\") != std::string_view::npos});
    pending_.push_back({redirection.document,
                        literal_of(text_, redirection.target.pieces).value_or(std::string(written)), sign == "<<-"});
  }
  node.redirections.push_back(std::move(redirection));
  return true;
}

void
Parser::read_documents()
{
  std::vector<Pending> pending;
  pending.swap(pending_);
  for (const Pending& each : pending) {
    read_document(each);
  }
}

void
Parser::read_document(const Pending& pending)
{
  Span body{std::min(at_, end_), end_};
  std::size_t behind = end_;
  for (std::size_t line = at_; line < end_;) {
    const std::size_t next = std::min(text_.find('\n', line), end_);
    std::string_view content = text_.substr(line, next - line);
    content.remove_prefix(pending.drops_tabs ? std::min(content.find_first_not_of('\t'), content.size()) : 0);
    if (content == pending.delimiter
        || (content.ends_with('\r') && content.substr(0, content.size() - 1) == pending.delimiter)) {
      body.end = line;
      behind = next;
      break;
    }
    line = next + 1;
  }
  Word word{.at = body};
  if (tree_.documents[pending.document].is_literal) {
    add_text(body, word.pieces);
  } else {
    const std::size_t end = std::exchange(end_, body.end);
    at_ = body.begin;
    while (!is_at_end() && piece(Inside::document, word.pieces)) {
    }
    end_ = end;
  }
  tree_.documents[pending.document].body = std::move(word);
  at_ = behind;
}

Tree
parse(std::string_view text, Span at)
{
  return Parser(text, at).take();
}

}  // namespace sluice::env::script
