// SPDX-License-Identifier: Apache-2.0
#include "env/script/walk.hpp"

#include "base/text.hpp"
#include "env/script/words.hpp"

#include <algorithm>
#include <utility>

namespace sluice::env::script {

namespace {

constexpr std::size_t max_scripts = 8;  ///< texts of `sh -c` within each other

Unset
unset_of(Piece::Form form)
{
  switch (form) {
  case Piece::Form::defaulted:
  case Piece::Form::assigned:
    return Unset::defaulted;
  case Piece::Form::required:
    return Unset::fails;
  case Piece::Form::alternative:
    return Unset::tested;
  default:
    return Unset::unknown;
  }
}

}  // namespace

Call::Call(std::string_view text, const Node& node)
    : script_(text),
      node_(node)
{
  texts_.reserve(node.words.size());
  for (const Word& word : node.words) {
    texts_.push_back(literal_of(text, word.pieces));
  }
}

std::string
Call::front(std::size_t i) const
{
  std::string front;
  if (!has(i)) {
    return front;
  }
  for (const Piece& piece : word(i).pieces) {
    if (piece.kind != Piece::Kind::text) {
      break;
    }
    front += piece.at.of(script_);
  }
  return front;
}

Facts
Walk::take()
{
  script({0, text_.size()});
  settle_indirect();
  facts_.set = names_.front().all_set();
  std::stable_sort(facts_.mentions.begin(), facts_.mentions.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  return std::move(facts_);
}

/// A script, or a text in one that a shell is given.
void
Walk::script(Span at)
{
  if (names_.size() == max_scripts) {
    return;
  }
  const Tree tree = parse(text_, at);
  const Tree* outer = std::exchange(tree_, &tree);
  Names& names = names_.emplace_back(text_, setting_);
  names.add(tree);
  names.settle();
  if (tree.fault && !facts_.fault) {
    facts_.fault = tree.fault;
  }
  list(tree.commands);
  // The first are kept for what is concluded at the end.
  if (names_.size() > 1) {
    names_.pop_back();
  }
  tree_ = outer;
}

void
Walk::list(const std::vector<Node>& nodes)
{
  for (const Node& each : nodes) {
    node(each);
  }
}

void
Walk::node(const Node& each)
{
  const Destination own = destination_of(each);
  const Destination outer = std::exchange(destination_, own == Destination::elsewhere ? destination_ : own);
  function_depth_ += each.kind == Node::Kind::function ? 1 : 0;
  note_lists(each);
  switch (each.kind) {
  case Node::Kind::simple:
    simple(each);
    break;
  case Node::Kind::pipeline:
    pipeline(each);
    break;
  case Node::Kind::test:
    test(each.words, 0, each.words.size());
    break;
  default:
    for (const Word& word : each.words) {
      pieces(word.pieces);
    }
    list(each.parts);
  }
  redirections(each);
  function_depth_ -= each.kind == Node::Kind::function ? 1 : 0;
  destination_ = outer;
}

/// What stands in front of a `tee` goes where it writes.
void
Walk::pipeline(const Node& node)
{
  const Destination outer = destination_;
  for (const Node& part : node.parts) {
    const bool is_tee = !part.words.empty() && std::any_of(part.words.begin(), part.words.end(), [&](const Word& word) {
      return word.at.of(text_) == "tee";
    });
    for (std::size_t i = 1; is_tee && i < part.words.size(); ++i) {
      const Destination to = destination_of(part.words[i]);
      destination_ = to == Destination::elsewhere ? destination_ : to;
    }
  }
  list(node.parts);
  destination_ = outer;
}

Walk::Destination
Walk::destination_of(const Word& target) const
{
  for (const Piece& piece : target.pieces) {
    if (piece.kind == Piece::Kind::parameter && piece.name.of(text_) == "GITHUB_ENV") {
      return Destination::later_steps;
    }
  }
  const auto path = path_of(text_, target);
  return path && is_dotenv(path->path) ? Destination::dotenv : Destination::elsewhere;
}

Walk::Destination
Walk::destination_of(const Node& node) const
{
  for (const Redirection& redirection : node.redirections) {
    const bool writes = redirection.sign.starts_with('>') || redirection.sign.starts_with('&');
    const Destination to = writes ? destination_of(redirection.target) : Destination::elsewhere;
    if (to != Destination::elsewhere) {
      return to;
    }
  }
  return Destination::elsewhere;
}

void
Walk::redirections(const Node& node)
{
  for (const Redirection& redirection : node.redirections) {
    if (redirection.document == Redirection::no_document) {
      pieces(redirection.target.pieces);
    } else {
      document(redirection);
      facts_.writes_dotenv = facts_.writes_dotenv || destination_ == Destination::dotenv;
      written(tree_->documents[redirection.document].body.pieces, destination_);
    }
  }
}

void
Walk::document(const Redirection& redirection)
{
  const Document& document = tree_->documents[redirection.document];
  if (!document.is_literal) {
    pieces(document.body.pieces);
    return;
  }
  // A script that is written to a file has its variables from whoever runs it.
  const Language* language = language_of_first_line(document.body.at.of(text_));
  if (language != nullptr) {
    program_text(language->id, document.body, Facts::Program::Runs::elsewhere);
  }
}

void
Walk::pieces(const std::vector<Piece>& all, Ask ask)
{
  for (const Piece& piece : all) {
    switch (piece.kind) {
    case Piece::Kind::text:
      break;
    case Piece::Kind::commands:
      list(tree_->lists[piece.commands]);
      break;
    case Piece::Kind::sum:
      pieces(piece.inside);
      break;
    case Piece::Kind::parameter:
      parameter(piece, ask);
      pieces(piece.inside);
      break;
    }
  }
}

void
Walk::parameter(const Piece& piece, Ask ask)
{
  const std::string_view name = piece.name.of(text_);
  const bool is_indirect = piece.form == Piece::Form::indirect;
  if ((name.empty() && !is_indirect) || is_of_shell(name) || piece.form == Piece::Form::element
      || piece.form == Piece::Form::set_in_sum) {
    return;
  }
  if (piece.form == Piece::Form::prefix) {
    facts_.dynamic.push_back({std::string(name), piece.at.begin});
    return;
  }
  if (is_indirect) {
    indirect_.push_back({std::string(name), piece.at.begin});
    return;
  }
  if (is_own(name, piece.at.begin, piece.form) || is_stranger(name, piece.form)) {
    return;
  }
  Unset unset = unset_of(piece.form);
  std::optional<std::string> literal = unset == Unset::defaulted ? literal_of(text_, piece.inside) : std::nullopt;
  // `[ -z "${X:-}" ]` only keeps `set -u` quiet.
  if (ask == Ask::presence && (unset == Unset::unknown || literal == "")) {
    unset = Unset::tested;
    literal.reset();
  }
  read(name, piece.at.begin, unset, std::move(literal));
}

bool
Walk::is_own(std::string_view name, std::size_t at, Piece::Form form) const
{
  return std::any_of(names_.begin(), names_.end(), [&](const Names& names) { return names.is_own(name, at, form); });
}

/// Whether a script that is taken in, or text that is made up, is the likelier origin: such names are written small.
bool
Walk::is_stranger(std::string_view name, Piece::Form form) const
{
  const bool is_small = std::none_of(name.begin(), name.end(), is_upper);
  return is_small && form == Piece::Form::plain && names_.front().has_strangers();
}

void
Walk::read(std::string_view name, std::size_t at, Unset unset, std::optional<std::string> literal)
{
  if (is_shell_name(name)) {
    facts_.mentions.push_back({std::string(name), SightingKind::read, unset, std::move(literal), at});
  }
}

void
Walk::give(std::string_view name, std::size_t at, std::optional<std::string> literal)
{
  if (is_shell_name(name) && !is_of_shell(name)) {
    facts_.mentions.push_back({std::string(name), SightingKind::given, Unset::unknown, std::move(literal), at});
  }
}

Facts
facts_of(std::string_view text, const Setting& setting)
{
  return Walk(text, setting).take();
}

}  // namespace sluice::env::script
