// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/code/indirect.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::code {

namespace {

/// One pass over the tokens of a file.
class Looker
{
public:
  Looker(std::span<const Token> tokens, Sightings& seen)
      : tokens_(tokens),
        seen_(seen),
        indirect_(tokens, seen)
  {}

  void
  look(Getters getters)
  {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (tokens_[at].kind == Token::Kind::text || is_member(tokens_, at)) {
        continue;
      }
      // `getenv (` also begins `getenv ( ) . get (`.
      const Getter* longest = nullptr;
      std::size_t behind = 0;
      for (const Getter& getter : getters) {
        if (const auto end = follows(tokens_, at, getter.front); end && *end > behind) {
          longest = &getter;
          behind = *end;
        }
      }
      if (longest != nullptr) {
        tell(at, behind, *longest);
      }
    }
  }

private:
  void
  tell(std::size_t begin, std::size_t at, const Getter& getter)
  {
    if (getter.count == Getter::Count::all) {
      if (begin == 0 || !is_name(tokens_, begin - 1, "in")) {
        seen_.read_any({}, tokens_[begin].line);
      }
      return;
    }
    if (at >= tokens_.size() || is_definition(begin, at)) {
      return;
    }
    do {
      if (is_literal(at, getter)) {
        read(begin, at, getter);
      } else if (may_be_read_by_name(begin, at, getter)) {
        read_by_name(begin, at, getter);
      }
      at += 2;
    } while (getter.count == Getter::Count::many && is_mark(tokens_, at - 1, ',') && at < tokens_.size());
  }

  /// `char *getenv(const char *name)`, `def getenv(name)`: two names in a row are no call.
  [[nodiscard]] bool
  is_definition(std::size_t begin, std::size_t at) const
  {
    constexpr auto of_calls = std::to_array<std::string_view>(
        {"return", "throw", "yield", "await", "else", "in",    "not",  "and",   "or", "if",  "unless",
         "when",   "case",  "print", "puts",  "echo", "elsif", "elif", "const", "do", "then"});
    const bool is_call = begin + 2 == at && is_mark(tokens_, at - 1, '(');
    if (!is_call || begin == 0) {
      return false;
    }
    const bool has_type = is_name(tokens_, at) && (is_name(tokens_, at + 1) || is_mark(tokens_, at + 1, ':'));
    const bool is_behind_name =
        is_name(tokens_, begin - 1)
        && std::find(of_calls.begin(), of_calls.end(), tokens_[begin - 1].text) == of_calls.end();
    return has_type || (is_behind_name && tokens_[begin - 1].line == tokens_[begin].line && !is_text(tokens_, at));
  }

  [[nodiscard]] bool
  is_literal(std::size_t at, const Getter& getter) const
  {
    const bool is_bare = getter.written == Getter::Written::bare && is_name(tokens_, at);
    const bool is_ended = at + 1 >= tokens_.size() || is_mark(tokens_, at + 1, ')') || is_mark(tokens_, at + 1, ']')
                          || is_mark(tokens_, at + 1, '}') || is_mark(tokens_, at + 1, ',');
    const bool is_command = !is_ended && !ends_with_bracket(getter) && tokens_[at + 1].kind != Token::Kind::text;
    return (is_bare || is_whole_text(tokens_, at)) && (is_ended || is_command);
  }

  /// A getter without a bracket has its name on the same line; in a list of imports it has none.
  [[nodiscard]] bool
  may_be_read_by_name(std::size_t begin, std::size_t at, const Getter& getter) const
  {
    const bool has_name = ends_with_bracket(getter) ? !is_mark(tokens_, at, ')') && !is_mark(tokens_, at, ']')
                                                    : is_name(tokens_, at) && tokens_[at].line == tokens_[begin].line;
    return getter.names == Getter::Names::all && has_name;
  }

  static bool
  ends_with_bracket(const Getter& getter)
  {
    return is_any_of(getter.front.back(), "([{,");
  }

  void
  read(std::size_t begin, std::size_t at, const Getter& getter)
  {
    if (getter.names == Getter::Names::of_environment && !is_environment_name(tokens_[at].text)) {
      return;
    }
    const ReadPlace place = place_of(begin, at, getter);
    const bool is_deleted = begin > 0 && (is_name(tokens_, begin - 1, "del") || is_name(tokens_, begin - 1, "delete"));
    if (is_deleted || (place.second == ReadPlace::Second::none && is_assigned(tokens_, place.behind))) {
      return;
    }
    const bool is_command = !ends_with_bracket(getter) && is_mark(tokens_, at + 1, ',');
    const Otherwise end = is_command ? fallback_at(tokens_, at + 2) : otherwise(tokens_, place, getter.unset);
    seen_.read(tokens_[at].text, tokens_[at].line, end.unset, end.literal);
  }

  static ReadPlace
  place_of(std::size_t begin, std::size_t at, const Getter& getter)
  {
    const bool is_call = is_any_of(getter.front.back(), "(,") && getter.count == Getter::Count::one;
    const bool is_bracket = is_any_of(getter.front.back(), "[{");
    return {begin, at + (is_bracket ? 2 : 1), is_call ? getter.second : ReadPlace::Second::none};
  }

  void
  read_by_name(std::size_t begin, std::size_t at, const Getter& getter)
  {
    const bool is_alone = is_name(tokens_, at) && at + 1 < tokens_.size() && tokens_[at + 1].kind == Token::Kind::mark
                          && is_any_of(tokens_[at + 1].text.front(), ")],}");
    indirect_.tell(at, place_of(begin, at, getter),
                   is_alone ? IndirectReads::Name::alone : IndirectReads::Name::composed, getter.unset);
  }

  std::span<const Token> tokens_;
  Sightings& seen_;
  IndirectReads indirect_;
};

}  // namespace

std::optional<std::size_t>
follows(std::span<const Token> tokens, std::size_t at, std::string_view front)
{
  while (!front.empty()) {
    const std::string_view part = front.substr(0, front.find(' '));
    front.remove_prefix(std::min(front.size(), part.size() + 1));
    if (at >= tokens.size() || (part != "*" && (tokens[at].kind == Token::Kind::text || tokens[at].text != part))) {
      return std::nullopt;
    }
    ++at;
  }
  return at;
}

bool
is_assigned(std::span<const Token> tokens, std::size_t behind)
{
  const bool is_comparison =
      is_mark(tokens, behind + 1, '=') || is_mark(tokens, behind + 1, '>') || is_mark(tokens, behind + 1, '~');
  return is_mark(tokens, behind, '=') && !is_comparison;
}

bool
is_member(std::span<const Token> tokens, std::size_t at)
{
  if (at == 0) {
    return false;
  }
  if (is_mark(tokens, at - 1, '.')) {
    // Three dots spread what follows them.
    return !(at > 2 && is_mark(tokens, at - 2, '.') && is_mark(tokens, at - 3, '.'));
  }
  const bool is_arrow = at > 1 && is_mark(tokens, at - 1, '>') && is_mark(tokens, at - 2, '-');
  const bool is_scope =
      at > 2 && is_mark(tokens, at - 1, ':') && is_mark(tokens, at - 2, ':') && is_name(tokens, at - 3);
  return is_arrow || is_scope;
}

void
look_for(std::span<const Token> tokens, Getters getters, Sightings& seen)
{
  Looker(tokens, seen).look(getters);
}

void
look_for(const gate::SourceText& source, const Syntax& syntax, Getters getters, Sightings& seen)
{
  const Tokens tokens = tokens_of(source.text(), syntax);
  look_for(tokens.all, getters, seen);
  tell_fault(tokens, seen);
}

void
tell_fault(const Tokens& tokens, Sightings& seen)
{
  if (tokens.fault) {
    seen.gap(tokens.fault->line, tokens.fault->why);
  }
}

void
tell_load(std::string_view named, const Loader& loader, std::uint32_t line, Sightings& seen)
{
  const std::string directory(directory_of(seen.path()));
  for (const std::string_view from : {std::string_view(directory), std::string_view()}) {
    const auto path = resolved_in(from, named);
    if (path && !path->empty()) {
      seen.load({*path, loader.dialect, line, loader.how, Load::To::own});
    }
    if (directory.empty()) {
      return;
    }
  }
}

namespace {

/// Literals in a row, or the last of them in a call that makes a path; without any, the file that is loaded by custom.
void
tell_arguments(std::span<const Token> arguments, const Loader& loader, std::uint32_t line, Sightings& seen)
{
  const bool is_row = is_text(arguments, 0);
  bool is_told = false;
  for (std::size_t at = arguments.size(); at-- > 0 && !(is_told && !is_row);) {
    if (is_whole_text(arguments, at)) {
      tell_load(arguments[at].text, loader, arguments[at].line, seen);
      is_told = true;
    }
  }
  if (!is_told) {
    tell_load(".env", loader, line, seen);
  }
}

}  // namespace

void
look_for_loads(std::span<const Token> tokens, Loaders loaders, Sightings& seen)
{
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != Token::Kind::name || is_member(tokens, at)) {
      continue;
    }
    for (const Loader& loader : loaders) {
      const auto behind = follows(tokens, at, loader.front);
      if (!behind) {
        continue;
      }
      const bool has_bracket = is_mark(tokens, *behind, '(');
      const std::size_t first = *behind + (has_bracket ? 1 : 0);
      const std::size_t close = has_bracket ? closing(tokens, *behind) : first + (is_text(tokens, first) ? 1 : 0);
      const std::size_t end = std::min({close, tokens.size(), first + 64});
      tell_arguments(tokens.subspan(first, end - first), loader, tokens[at].line, seen);
      break;
    }
  }
}

}  // namespace sluice::env::code
