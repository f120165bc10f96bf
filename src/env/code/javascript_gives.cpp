// SPDX-License-Identifier: Apache-2.0
//
// What the configuration of a bundler puts in the place of variables: Next's `env` (nextjs.org, next.config.js: env),
// and the keys that are written as what they replace, as `define` of Vite, esbuild and webpack's DefinePlugin and
// `values` of Rollup's replace have them.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/code/javascript.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::code {

namespace {

/// Files whose tables `env` are variables of what they configure, by what their names begin with.
constexpr auto configurations =
    std::to_array<std::string_view>({"next.config.", "vite.config.", "vitest.config.", "playwright.config."});

constexpr auto environments = std::to_array<std::string_view>({"process.env", "import.meta.env"});

class Gives
{
public:
  Gives(std::span<const Token> tokens, Sightings& seen)
      : tokens_(tokens),
        seen_(seen)
  {}

  void
  look()
  {
    const std::string_view file = file_name_of(seen_.path());
    const bool is_configuration = std::any_of(configurations.begin(), configurations.end(),
                                              [file](std::string_view front) { return file.starts_with(front); });
    for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) {
      // `c ? 'process.env.X' : x` is no key.
      const bool is_key =
          is_mark(tokens_, at + 1, ':') && at > 0 && (is_mark(tokens_, at - 1, '{') || is_mark(tokens_, at - 1, ','));
      if (!is_key || (is_whole_text(tokens_, at) && gives_replaced(at))) {
        continue;
      }
      const std::size_t open = table_at(at + 2);
      const bool is_environment_key = is_whole_text(tokens_, at) && is_environment(tokens_[at].text);
      if (open != 0 && (is_environment_key || (is_configuration && is_name(tokens_, at, "env")))) {
        table(open);
      }
    }
  }

private:
  static bool
  is_environment(std::string_view text)
  {
    return std::find(environments.begin(), environments.end(), text) != environments.end();
  }

  /// Gives what the key `'process.env.X'` stands for, if it is one.
  bool
  gives_replaced(std::size_t at)
  {
    const std::string_view text = tokens_[at].text;
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos || !is_environment(text.substr(0, dot))) {
      return false;
    }
    give(text.substr(dot + 1), at);
    return true;
  }

  /// The bracket of the table that begins here, alone or in `JSON.stringify(…)`; 0 if none does.
  [[nodiscard]] std::size_t
  table_at(std::size_t at) const
  {
    const std::size_t open = follows(tokens_, at, "JSON . stringify (").value_or(at);
    return is_mark(tokens_, open, '{') ? open : 0;
  }

  /// `{ A: "x", "B": b, c, ...rest }`
  void
  table(std::size_t open)
  {
    const std::size_t close = closing(tokens_, open);
    int depth = 0;
    for (std::size_t i = open + 1; i < close; ++i) {
      const bool is_first = depth == 0 && (i == open + 1 || is_mark(tokens_, i - 1, ','));
      const bool is_key = is_name(tokens_, i) || is_whole_text(tokens_, i);
      const bool is_whole = is_mark(tokens_, i + 1, ':') || is_mark(tokens_, i + 1, ',') || i + 1 == close;
      if (is_first && is_key && is_whole) {
        give(tokens_[i].text, i);
      }
      depth += is_mark(tokens_, i, '{') || is_mark(tokens_, i, '[') || is_mark(tokens_, i, '(')   ? 1
               : is_mark(tokens_, i, '}') || is_mark(tokens_, i, ']') || is_mark(tokens_, i, ')') ? -1
                                                                                                  : 0;
    }
  }

  /// Not what is handed on as it was: `X: process.env.X`, `X: JSON.stringify(process.env.X)`.
  void
  give(std::string_view name, std::size_t key)
  {
    std::size_t at = follows(tokens_, key, "* : JSON . stringify (").value_or(key + 2);
    const bool is_in_call = at > key + 2;
    at = follows(tokens_, at, "process . env").value_or(0);
    const bool has_name = at > 0 && at + 1 < tokens_.size() && tokens_[at + 1].text == name;
    const std::size_t behind = at + (is_mark(tokens_, at, '[') ? 3 : 2);
    const bool ends = is_mark(tokens_, behind, is_in_call ? ')' : ',') || is_mark(tokens_, behind, '}');
    if (!has_name || !ends) {
      const bool is_literal =
          is_whole_text(tokens_, key + 2) && (is_mark(tokens_, key + 3, ',') || is_mark(tokens_, key + 3, '}'));
      seen_.give(name, tokens_[key].line,
                 is_literal ? std::optional<std::string>(tokens_[key + 2].text) : std::nullopt);
    }
  }

  std::span<const Token> tokens_;
  Sightings& seen_;
};

}  // namespace

void
look_for_javascript_gives(std::span<const Token> tokens, Sightings& seen)
{
  Gives(tokens, seen).look();
}

}  // namespace sluice::env::code
