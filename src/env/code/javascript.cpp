// SPDX-License-Identifier: Apache-2.0
#include "env/code/javascript.hpp"

#include "base/one_of.hpp"
#include "base/text.hpp"
#include "env/code/indirect.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::code {

namespace {

constexpr auto getters =
    std::to_array<Getter>({{.front = "Deno . env . get ("},
                           {.front = "Deno . env . has (", .unset = Unset::tested},
                           {.front = "getSecret ("},
                           {.front = "webpack . EnvironmentPlugin ( [", .count = Getter::Count::many},
                           {.front = "EnvironmentPlugin ( [", .count = Getter::Count::many}});

/// Members of import.meta.env that the bundler sets itself.
constexpr auto of_vite =
    std::to_array<std::string_view>({"MODE", "DEV", "PROD", "SSR", "BASE_URL", "SITE", "ASSETS_PREFIX"});

/// Calls that take the environment to check it against names that they are told.
constexpr auto of_schemas = std::to_array<std::string_view>(
    {"parse", "safeParse", "parseAsync", "safeParseAsync", "cleanEnv", "customCleanEnv", "validate", "validateSync",
     "runtimeEnv", "experimental__runtimeEnv", "decode", "decodeUnknownSync", "Check", "Decode"});

class Reader
{
public:
  Reader(std::span<const Token> tokens, Sightings& seen)
      : tokens_(tokens),
        seen_(seen),
        names_(javascript_names(tokens, seen)),
        indirect_(tokens, seen)
  {}

  void
  read()
  {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (is_mark(tokens_, at, '=') && is_mark(tokens_, at == 0 ? at : at - 1, '}')) {
        nested_pattern(at);
      }
      if (tokens_[at].kind == Token::Kind::text || is_member(tokens_, at)) {
        continue;
      }
      if (const auto behind = environment_at(tokens_, at, names_)) {
        use(at, *behind);
        at = *behind - 1;
      } else if (const auto name = config_argument(at)) {
        read_name(at, *name, *name + 1, ReadPlace::Second::fallback);
      } else if (follows(tokens_, at, "Deno . env . toObject (")) {
        hand_on(at);
      }
    }
    look_for(tokens_, getters, seen_);
  }

private:
  void
  use(std::size_t at, std::size_t behind)
  {
    const bool is_optional = is_mark(tokens_, behind, '?') && is_mark(tokens_, behind + 1, '.');
    const std::size_t dot = behind + (is_optional ? 1 : 0);
    if (is_mark(tokens_, dot, '.') && is_mark(tokens_, dot + 1, '[')) {
      indexed(at, dot + 2);
    } else if (is_mark(tokens_, dot, '.') && is_name(tokens_, dot + 1)) {
      member(at, dot + 1);
    } else if (is_mark(tokens_, behind, '[')) {
      indexed(at, behind + 1);
    } else if (at > 1 && is_mark(tokens_, at - 1, '=') && is_mark(tokens_, at - 2, '}')) {
      pattern(at - 2);
    } else if (at > 1 && is_name(tokens_, at - 1, "in")) {
      asked(at);
    } else if (is_handed_on(at, behind)) {
      hand_on(at);
    }
  }

  /// `'X' in process.env`, `for (const key in process.env)`.
  void
  asked(std::size_t at)
  {
    if (is_whole_text(tokens_, at - 2)) {
      seen_.read(tokens_[at - 2].text, tokens_[at - 2].line, Unset::tested);
    } else {
      seen_.read_any({}, tokens_[at].line);
    }
  }

  /// Whether the whole of it goes somewhere: into a call, an object, a value that is returned.
  [[nodiscard]] bool
  is_handed_on(std::size_t at, std::size_t behind) const
  {
    if (at == 0
        || !(behind >= tokens_.size() || is_mark(tokens_, behind, ')') || is_mark(tokens_, behind, ',')
             || is_mark(tokens_, behind, '}') || is_mark(tokens_, behind, ';') || is_name(tokens_, behind))) {
      return false;
    }
    const bool is_argument = is_mark(tokens_, at - 1, '(') || is_mark(tokens_, at - 1, ',')
                             || is_mark(tokens_, at - 1, '.') || is_mark(tokens_, at - 1, ':')
                             || is_name(tokens_, at - 1, "return");
    const bool is_asked = at > 1 && is_mark(tokens_, at - 1, '(') && is_name(tokens_, at - 2, "if");
    return is_argument && !is_asked;
  }

  void
  hand_on(std::size_t at)
  {
    const std::size_t front = at > 1 ? at - 2 : 0;
    // Object.hasOwn(process.env, 'X'), Reflect.get(process.env, 'X')
    const bool is_asked = is_name(tokens_, front, "hasOwn");
    if (is_asked || (front > 1 && is_name(tokens_, front, "get") && is_name(tokens_, front - 2, "Reflect"))) {
      const std::size_t comma = closing(tokens_, at - 1) - 2;
      if (comma < tokens_.size() && is_mark(tokens_, comma, ',') && is_whole_text(tokens_, comma + 1)) {
        seen_.read(tokens_[comma + 1].text, tokens_[comma + 1].line, is_asked ? Unset::tested : Unset::unknown);
      }
      return;
    }
    if (!(is_name(tokens_, front) && is_one_of(tokens_[front].text, of_schemas))) {
      seen_.read_any({}, tokens_[at].line);
    }
  }

  void
  member(std::size_t begin, std::size_t name)
  {
    const std::string_view text = tokens_[name].text;
    const bool is_of_meta = name > 3 && (is_name(tokens_, name - 4, "meta") || is_name(tokens_, name - 5, "meta"));
    if (is_of_meta && is_one_of(text, of_vite)) {
      return;
    }
    if (!is_mark(tokens_, name + 1, '(')) {
      read_name(begin, name, name + 1, ReadPlace::Second::none);
    } else if (text == "hasOwnProperty" && is_whole_text(tokens_, name + 2)) {
      seen_.read(tokens_[name + 2].text, tokens_[name + 2].line, Unset::tested);
    }
  }

  void
  indexed(std::size_t begin, std::size_t at)
  {
    if (is_whole_text(tokens_, at) && is_mark(tokens_, at + 1, ']')) {
      read_name(begin, at, at + 2, ReadPlace::Second::none);
      return;
    }
    const std::size_t close = closing(tokens_, at - 1);
    if (at >= tokens_.size() || is_assigned(tokens_, close + 1)) {
      return;
    }
    const bool is_alone = is_name(tokens_, at) && close == at + 1;
    indirect_.tell(at, {begin, close + 1}, is_alone ? IndirectReads::Name::alone : IndirectReads::Name::composed);
  }

  /// A plain assignment is no read, `??=` and `||=` are; deleting is none.
  void
  read_name(std::size_t begin, std::size_t name, std::size_t behind, ReadPlace::Second second)
  {
    if (is_assigned(tokens_, behind) || (begin > 0 && is_name(tokens_, begin - 1, "delete"))) {
      return;
    }
    const Otherwise end = otherwise(tokens_, {begin, behind, second}, Unset::unknown);
    seen_.read(tokens_[name].text, tokens_[name].line, end.unset, end.literal);
  }

  /// `{ A, B: b, C = "x", ...rest } = process.env`, by the place of its end.
  void
  pattern(std::size_t close)
  {
    std::size_t open = close;
    for (int depth = 0; open > 0 && close - open < 2048; --open) {
      depth += is_mark(tokens_, open, '}') ? 1 : is_mark(tokens_, open, '{') ? -1 : 0;
      if (depth == 0) {
        break;
      }
    }
    keys(open, close);
  }

  void
  keys(std::size_t open, std::size_t close)
  {
    int depth = 0;
    for (std::size_t i = open + 1; i < close; ++i) {
      const bool is_first = depth == 0 && (i == open + 1 || is_mark(tokens_, i - 1, ','));
      if (is_first && is_mark(tokens_, i, '.')) {
        seen_.read_any({}, tokens_[i].line);
      } else if (is_first && tokens_[i].kind != Token::Kind::mark) {
        key(i);
      }
      depth += is_mark(tokens_, i, '{') || is_mark(tokens_, i, '[') || is_mark(tokens_, i, '(')   ? 1
               : is_mark(tokens_, i, '}') || is_mark(tokens_, i, ']') || is_mark(tokens_, i, ')') ? -1
                                                                                                  : 0;
    }
  }

  void
  key(std::size_t at)
  {
    const std::size_t next = at + (is_mark(tokens_, at + 1, ':') ? 3 : 1);
    const Otherwise end = is_mark(tokens_, next, '=') ? fallback_at(tokens_, next + 1) : Otherwise{};
    seen_.read(tokens_[at].text, tokens_[at].line, end.unset, end.literal);
  }

  /// `const { env: { PORT } } = process`.
  void
  nested_pattern(std::size_t at)
  {
    if (!is_name(tokens_, at + 1) || !names_.processes.contains(tokens_[at + 1].text)
        || is_mark(tokens_, at + 2, '.')) {
      return;
    }
    std::size_t open = at - 1;
    while (open > 0 && at - open < 512 && !follows(tokens_, open, "env : {")) {
      --open;
    }
    if (follows(tokens_, open, "env : {")) {
      keys(open + 2, closing(tokens_, open + 2));
    }
  }

  /// The name in `configService.get<string>('X')` of NestJS and in `env.get('X')` of Adonis.
  [[nodiscard]] std::optional<std::size_t>
  config_argument(std::size_t at) const
  {
    if (!is_name(tokens_, at)) {
      return std::nullopt;
    }
    const std::string_view object =
        tokens_[at].text == "this" && is_name(tokens_, at + 2) ? tokens_[at + 2].text : tokens_[at].text;
    std::size_t next = at + (tokens_[at].text == "this" ? 3 : 1);
    const bool is_service = object == "configService" || object == "ConfigService"
                            || (names_.has_config_service && to_lower(object).find("config") != std::string::npos);
    if ((!is_service && !names_.getters.contains(object)) || !is_mark(tokens_, next, '.')) {
      return std::nullopt;
    }
    if (!is_name(tokens_, next + 1, "get") && !is_name(tokens_, next + 1, "getOrThrow")) {
      return std::nullopt;
    }
    next += 2;
    // A type between: `get<Record<string, string>>(`.
    while (!is_mark(tokens_, next, '(') && next < std::min(tokens_.size(), at + 32)) {
      if (is_mark(tokens_, next, ';') || is_mark(tokens_, next, ')')) {
        return std::nullopt;
      }
      ++next;
    }
    const bool is_variable = is_whole_text(tokens_, next + 1) && is_environment_name(tokens_[next + 1].text);
    return is_variable ? std::optional(next + 1) : std::nullopt;
  }

  std::span<const Token> tokens_;
  Sightings& seen_;
  JavascriptNames names_;
  IndirectReads indirect_;
};

}  // namespace

void
look_for_javascript(std::span<const Token> tokens, Sightings& seen)
{
  Reader(tokens, seen).read();
}

}  // namespace sluice::env::code
