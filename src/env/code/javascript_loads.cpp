// SPDX-License-Identifier: Apache-2.0
#include "env/code/javascript.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace sluice::env::code {

namespace {

constexpr Loader of_dotenv{{}, "motdotla", "dotenv.config"};
constexpr Loader of_dotenvx{{}, "dotenvx", "dotenvx.config"};
constexpr Loader of_node{{}, "node", "process.loadEnvFile"};

/// The module that a text at `at` names, if it is imported there: `from "x"`, `import "x"`, `require("x")`.
bool
is_import(std::span<const Token> tokens, std::size_t at)
{
  const bool is_statement = at > 0 && (is_name(tokens, at - 1, "from") || is_name(tokens, at - 1, "import"));
  const bool is_call = at > 1 && is_mark(tokens, at - 1, '(')
                       && (is_name(tokens, at - 2, "require") || is_name(tokens, at - 2, "import"));
  return is_statement || is_call;
}

/// Which of dotenv and dotenvx a text imports; null for other texts.
const Loader*
imported(std::span<const Token> tokens, std::size_t at)
{
  if (!is_whole_text(tokens, at) || !is_import(tokens, at)) {
    return nullptr;
  }
  const std::string_view module = tokens[at].text;
  return module.starts_with("@dotenvx/dotenvx")                      ? &of_dotenvx
         : module == "dotenv" || module.starts_with("dotenv/config") ? &of_dotenv
                                                                     : nullptr;
}

/// The paths of a value: literals in a list, or the last literal of a call that joins a path.
void
tell_paths(std::span<const Token> value, const Loader& loader, Sightings& seen)
{
  const bool is_list = is_mark(value, 0, '[');
  for (std::size_t at = 0; at < value.size(); ++at) {
    const bool is_last = std::none_of(value.begin() + static_cast<std::ptrdiff_t>(at) + 1, value.end(),
                                      [](const Token& token) { return token.kind == Token::Kind::text; });
    if (is_text(value, at) && (is_list || is_last)) {
      const std::string path = std::string(value[at].text) + (value[at].is_whole ? "" : "*");
      tell_load(path, loader, value[at].line, seen);
    }
  }
}

/// `({ path: "x" })`, `("x")`, `()`.
void
tell_call(std::span<const Token> tokens, std::size_t open, const Loader& loader, Sightings& seen)
{
  const std::size_t close = closing(tokens, open);
  if (close >= tokens.size() || close - open > 256) {
    return;
  }
  for (std::size_t i = open; i < close; ++i) {
    if (is_name(tokens, i, "path") && is_mark(tokens, i + 1, ':')) {
      std::size_t end = i + 2;
      while (end < close && !is_mark(tokens, end, ',') && !is_mark(tokens, end, '}')) {
        const bool opens = is_mark(tokens, end, '(') || is_mark(tokens, end, '[');
        end = opens ? std::min(close, closing(tokens, end) + 1) : end + 1;
      }
      tell_paths(tokens.subspan(i + 2, end - i - 2), loader, seen);
      return;
    }
  }
  if (is_text(tokens, open + 1)) {
    tell_paths(tokens.subspan(open + 1, close - open - 1), loader, seen);
  } else if (&loader != &of_node || close == open + 1) {
    tell_load(".env", loader, tokens[open].line, seen);
  }
}

}  // namespace

namespace {

/// Goes through a file once, and knows what it has imported up to each place.
class LoadReader
{
public:
  LoadReader(std::span<const Token> tokens, Sightings& seen)
      : tokens_(tokens),
        seen_(seen)
  {}

  void
  read()
  {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (const Loader* found = imported(tokens_, at)) {
        import(at, *found);
      } else if (is_name(tokens_, at, "loadEnvFile") && is_mark(tokens_, at + 1, '(')) {
        tell_call(tokens_, at + 1, of_node, seen_);
      } else if (is_config(at)) {
        tell_call(tokens_, at + 1, *loader_, seen_);
      }
    }
  }

private:
  void
  import(std::size_t at, const Loader& loader)
  {
    loader_ = &loader;
    if (tokens_[at].text.find("/config") != std::string_view::npos) {
      tell_load(".env", loader, tokens_[at].line, seen_);
    }
    for (std::size_t i = at; i > 0 && tokens_[i - 1].line == tokens_[at].line; --i) {
      if (is_name(tokens_, i - 1)) {
        names_.insert(tokens_[i - 1].text);
      }
    }
  }

  /// `config(`, `dotenv.config(`, `require("dotenv").config(`, and no other object's.
  [[nodiscard]] bool
  is_config(std::size_t at) const
  {
    const bool is_call =
        (is_name(tokens_, at, "config") || is_name(tokens_, at, "configDotenv")) && is_mark(tokens_, at + 1, '(');
    if (loader_ == nullptr || !is_call) {
      return false;
    }
    if (!is_member(tokens_, at)) {
      return names_.contains(tokens_[at].text);
    }
    return is_name(tokens_, at - 2) ? names_.contains(tokens_[at - 2].text) : is_text(tokens_, at - 3);
  }

  std::span<const Token> tokens_;
  Sightings& seen_;
  const Loader* loader_ = nullptr;
  std::set<std::string_view> names_;  ///< what the module and its parts are called here
};

}  // namespace

void
look_for_javascript_loads(std::span<const Token> tokens, Sightings& seen)
{
  LoadReader(tokens, seen).read();
}

}  // namespace sluice::env::code
