// SPDX-License-Identifier: Apache-2.0
//
// Shells and what they bring themselves: `.`, `export`, `set`, `eval`, `echo`.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/script/walk.hpp"
#include "env/script/words.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::script {

namespace {

constexpr auto shells = std::to_array<std::string_view>({"sh", "bash", "zsh", "dash", "ash", "ksh"});

}  // namespace

bool
is_shell(std::string_view program)
{
  return std::find(shells.begin(), shells.end(), program) != shells.end();
}

bool
Walk::of_shell(const Call& call, std::size_t i)
{
  const std::string_view name = call.text(i);
  if (name == "." || name == "source") {
    source(call, i);
  } else if (name == "export") {
    exported(call, i);
  } else if (name == "set") {
    set_options(call, i);
  } else if (name == "eval" || name == "trap") {
    nested_text(call, i + 1);
  } else if (name == "envsubst") {
    substituted(call, i + 1);
  } else if (name == "printenv") {
    for (std::size_t word = i + 1; call.has(word); ++word) {
      if (!call.text(word).starts_with('-') && !is_own(call.text(word), call.word(word).at.begin, Piece::Form::plain)) {
        read(call.text(word), call.word(word).at.begin);
      }
    }
  } else if (name == "echo" || name == "printf") {
    printed(call, i);
  } else if (name == "find") {
    for (std::size_t word = i + 1; call.has(word); ++word) {
      if (is_shell(file_name_of(call.text(word)))) {
        shell(call, word);
      }
    }
  } else {
    return false;
  }
  return true;
}

void
Walk::shell(const Call& call, std::size_t i)
{
  std::size_t next = i + 1;
  while (call.text(next).starts_with('-') || call.text(next).starts_with('+')) {
    const std::string_view option = call.text(next);
    if (!option.starts_with("--") && option.find('c') != std::string_view::npos) {
      nested_text(call, next + 1);
      return;
    }
    next += option == "-o" || option == "+o" || option == "--rcfile" ? 2 : 1;
  }
  for (const Redirection& redirection : call.node().redirections) {
    if (redirection.document != Redirection::no_document && tree_->documents[redirection.document].is_literal) {
      script(tree_->documents[redirection.document].body.at);
    }
  }
  if (call.has(next)) {
    run_file(call, next);
  }
}

/// A text that is a script, where it is written as one piece.
void
Walk::nested_text(const Call& call, std::size_t i)
{
  if (call.has(i) && call.word(i).pieces.size() == 1 && call.word(i).pieces.front().kind == Piece::Kind::text) {
    script(call.word(i).pieces.front().at);
  }
}

void
Walk::source(const Call& call, std::size_t i)
{
  auto file = call.has(i + 1) ? path_of(text_, call.word(i + 1)) : std::nullopt;
  if (file && is_dotenv(file->path)) {
    file->dialect = setting_.dialect;
    file->how = "source";
    facts_.loads.push_back(*std::move(file));
  }
}

/// `export NAME` of what the script set.
void
Walk::exported(const Call& call, std::size_t i)
{
  for (std::size_t word = i + 1; call.has(word); ++word) {
    const std::string_view name = call.text(word);
    const bool is_set =
        std::any_of(names_.begin(), names_.end(), [name](const Names& names) { return names.is_set(name); });
    if (!name.empty() && is_set) {
      give(name, call.word(word).at.begin);
    }
  }
}

void
Walk::set_options(const Call& call, std::size_t i)
{
  for (std::size_t word = i + 1; call.has(word); ++word) {
    const std::string_view option = call.text(word);
    const bool is_short = option.size() > 1 && option.substr(1).find('a') != std::string_view::npos && option[1] != '-';
    if ((is_short && is_any_of(option.front(), "-+")) || option == "allexport") {
      const std::string_view sign = option == "allexport" ? call.text(word - 1) : option;
      exports_all_ = sign.starts_with('-');
    }
  }
}

/// The references in the words of `envsubst`, which replaces these alone.
void
Walk::substituted(const Call& call, std::size_t i)
{
  for (std::size_t word = i; call.has(word); ++word) {
    const std::string_view text = call.text(word);
    for (std::size_t at = text.find('$'); at < text.size(); at = text.find('$', at + 1)) {
      const std::size_t begin = at + (text.substr(at + 1).starts_with('{') ? 2 : 1);
      std::size_t end = begin;
      while (end < text.size() && is_of_name(text[end])) {
        ++end;
      }
      const std::string_view name = text.substr(std::min(begin, text.size()), end - begin);
      if (!name.empty() && begins_name(name.front()) && !is_own(name, call.word(word).at.begin, Piece::Form::plain)) {
        read(name, call.word(word).at.begin);
      }
    }
  }
}

void
Walk::printed(const Call& call, std::size_t i)
{
  for (std::size_t word = i + 1; call.has(word); ++word) {
    written(call.word(word).pieces, destination_);
  }
}

}  // namespace sluice::env::script
