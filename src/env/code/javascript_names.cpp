// SPDX-License-Identifier: Apache-2.0
#include "base/one_of.hpp"
#include "env/code/javascript.hpp"

#include <array>

namespace sluice::env::code {

namespace {

constexpr auto of_process = std::to_array<std::string_view>({"process", "node:process"});
constexpr auto of_adonis = std::to_array<std::string_view>(
    {"#start/env", "@ioc:Adonis/Core/Env", "@adonisjs/core/services/env", "#services/env"});

/// The names of `{ a, b as c, type d, e: f = 1 }` whose braces end at `close`: each with what it is called here.
std::vector<std::pair<std::size_t, std::size_t>>
names_between_braces(std::span<const Token> tokens, std::size_t close)
{
  std::size_t open = close;
  while (open > 0 && close - open < 512 && !is_mark(tokens, open, '{')) {
    --open;
  }
  std::vector<std::pair<std::size_t, std::size_t>> names;
  for (std::size_t i = open + 1; i < close; ++i) {
    const bool begins = is_mark(tokens, i - 1, '{') || is_mark(tokens, i - 1, ',');
    if (!begins || !is_name(tokens, i)) {
      continue;
    }
    const std::size_t name = is_name(tokens, i, "type") && is_name(tokens, i + 1) ? i + 1 : i;
    const bool is_renamed =
        (is_name(tokens, name + 1, "as") || is_mark(tokens, name + 1, ':')) && is_name(tokens, name + 2);
    names.emplace_back(name, is_renamed ? name + 2 : name);
  }
  return names;
}

class NameReader
{
public:
  NameReader(std::span<const Token> tokens, Sightings& seen)
      : tokens_(tokens),
        seen_(seen)
  {}

  JavascriptNames
  read()
  {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (is_name(tokens_, at, "from") && is_text(tokens_, at + 1)) {
        import(at, tokens_[at + 1].text);
      } else if (is_mark(tokens_, at, '=') && at > 0) {
        assignment(at);
      } else if (is_name(tokens_, at, "ConfigService")) {
        names_.has_config_service = true;
      }
    }
    return std::move(names_);
  }

private:
  void
  import(std::size_t at, std::string_view from)
  {
    if (from.starts_with("$env/static/") || from.starts_with("astro:env/")) {
      variables(at);
    } else if (from.starts_with("$env/dynamic/") || from == "cloudflare:workers") {
      environment_between_braces(at);
    } else if (is_one_of(from, of_process)) {
      environment_between_braces(at);
      if (is_name(tokens_, at - 1)) {
        names_.processes.insert(tokens_[at - 1].text);
      }
    } else if (is_one_of(from, of_adonis) || from.ends_with("/start/env")) {
      if (at > 0 && is_name(tokens_, at - 1)) {
        names_.getters.insert(tokens_[at - 1].text);
      }
    }
  }

  void
  environment_between_braces(std::size_t at)
  {
    if (at > 0 && is_mark(tokens_, at - 1, '}')) {
      for (const auto& [name, here] : names_between_braces(tokens_, at - 1)) {
        if (tokens_[name].text == "env") {
          names_.environments.insert(tokens_[here].text);
        }
      }
    }
  }

  /// Every name that is imported is a variable.
  void
  variables(std::size_t at)
  {
    if (at > 0 && is_mark(tokens_, at - 1, '}')) {
      for (const auto& [name, here] : names_between_braces(tokens_, at - 1)) {
        if (is_environment_name(tokens_[name].text)) {
          seen_.read(tokens_[name].text, tokens_[name].line);
        }
      }
    } else if (at > 0 && is_name(tokens_, at - 1)) {
      names_.environments.insert(tokens_[at - 1].text);
    }
  }

  /// `const e = process.env`, `const { env } = process`, `const env = loadEnv(…)`.
  void
  assignment(std::size_t at)
  {
    if (is_mark(tokens_, at - 1, '}')) {
      const bool is_process = is_name(tokens_, at + 1) && !is_mark(tokens_, at + 2, '.')
                              && (names_.processes.contains(tokens_[at + 1].text) || tokens_[at + 1].text == "Bun");
      if (is_process || follows(tokens_, at + 1, "import . meta") || required(at + 1)) {
        environment_between_braces(at);
      }
      return;
    }
    const std::size_t name = assigned_name(at);
    if (name == at) {
      return;
    }
    const bool is_cast = is_mark(tokens_, at + 1, '<') && is_mark(tokens_, at + 3, '>');
    const auto behind = environment_at(tokens_, at + (is_cast ? 4 : 1), names_);
    const bool is_whole =
        behind && !is_mark(tokens_, *behind, '.') && !is_mark(tokens_, *behind, '[') && !is_mark(tokens_, *behind, '?');
    if (is_whole || is_name(tokens_, at + 1, "loadEnv") || follows(tokens_, at + 1, "Deno . env . toObject (")) {
      names_.environments.insert(tokens_[name].text);
    } else if (is_name(tokens_, at + 1, "process") && !is_any_mark(at + 2, ".?[(")) {
      names_.processes.insert(tokens_[name].text);
    } else if (const auto call = required(at + 1)) {
      const bool is_environment = follows(tokens_, *call, ". env").has_value();
      (is_environment ? names_.environments : names_.processes).insert(tokens_[name].text);
    }
  }

  [[nodiscard]] bool
  is_any_mark(std::size_t at, std::string_view marks) const
  {
    return at < tokens_.size() && tokens_[at].kind == Token::Kind::mark
           && marks.find(tokens_[at].text.front()) != std::string_view::npos;
  }

  /// The name that a value is given to: `NAME =, `const NAME: Type =`; `at` itself if it is a member of something.
  [[nodiscard]] std::size_t
  assigned_name(std::size_t at) const
  {
    for (std::size_t i = at - 1; i > 0 && i + 12 > at; --i) {
      if (is_name(tokens_, i - 1, "const") || is_name(tokens_, i - 1, "let") || is_name(tokens_, i - 1, "var")) {
        return is_name(tokens_, i) ? i : at;
      }
      if (is_mark(tokens_, i, ';') || is_mark(tokens_, i, '}')) {
        break;
      }
    }
    return is_name(tokens_, at - 1) && !is_member(tokens_, at - 1) ? at - 1 : at;
  }

  /// Behind `require('process')`.
  [[nodiscard]] std::optional<std::size_t>
  required(std::size_t at) const
  {
    const bool is_process = is_name(tokens_, at, "require") && is_whole_text(tokens_, at + 2)
                            && is_one_of(tokens_[at + 2].text, of_process);
    return is_process ? std::optional(at + 4) : std::nullopt;
  }

  std::span<const Token> tokens_;
  Sightings& seen_;
  JavascriptNames names_;
};

}  // namespace

JavascriptNames
javascript_names(std::span<const Token> tokens, Sightings& seen)
{
  return NameReader(tokens, seen).read();
}

namespace {

/// Behind `process.env`, `process["env"]` and what stands for them.
std::optional<std::size_t>
object_at(std::span<const Token> tokens, std::size_t at, const JavascriptNames& names)
{
  constexpr auto objects = std::to_array<std::string_view>(
      {"import . meta . env", "import . meta ? . env", "( import . meta as any ) . env", "( process . env as any )",
       "( process as any ) . env", "Bun . env", "globalThis . process . env", "global . process . env",
       "globalThis . process ? . env"});
  if (!is_name(tokens, at) && !is_mark(tokens, at, '(')) {
    return std::nullopt;
  }
  if (is_name(tokens, at) && names.processes.contains(tokens[at].text)) {
    const std::size_t dot = at + (is_mark(tokens, at + 1, '?') ? 2 : 1);
    if (is_mark(tokens, dot, '[') && is_whole_text(tokens, dot + 1) && tokens[dot + 1].text == "env") {
      return is_mark(tokens, dot + 2, ']') ? std::optional(dot + 3) : std::nullopt;
    }
    return is_mark(tokens, dot, '.') && is_name(tokens, dot + 1, "env") ? std::optional(dot + 2) : std::nullopt;
  }
  for (const std::string_view object : objects) {
    if (const auto behind = follows(tokens, at, object)) {
      return behind;
    }
  }
  // `const { X } = require("process").env`, `this.env` of a class that keeps it.
  const auto required = follows(tokens, at, "require ( * ) . env");
  if (required && is_whole_text(tokens, at + 2) && is_one_of(tokens[at + 2].text, of_process)) {
    return required;
  }
  const std::size_t name = is_name(tokens, at, "this") && is_mark(tokens, at + 1, '.') ? at + 2 : at;
  const bool is_alias =
      is_name(tokens, name) && names.environments.contains(tokens[name].text) && !is_mark(tokens, name + 1, ':');
  return is_alias ? std::optional(name + 1) : std::nullopt;
}

}  // namespace

std::optional<std::size_t>
environment_at(std::span<const Token> tokens, std::size_t at, const JavascriptNames& names)
{
  constexpr auto before = std::to_array<std::string_view>({"return", "await", "typeof", "of", "in", "case"});
  auto behind = object_at(tokens, at, names);
  const bool is_call = at > 0 && is_name(tokens, at - 1) && !is_one_of(tokens[at - 1].text, before);
  if (!behind && is_mark(tokens, at, '(') && !is_call) {
    // `(process.env as Record<string, string>)`, `(<any>process.env)`
    const std::size_t begin = is_mark(tokens, at + 1, '<') && is_mark(tokens, at + 3, '>') ? at + 4 : at + 1;
    const auto inside = object_at(tokens, begin, names);
    const bool is_cast = inside && (begin > at + 1 || is_name(tokens, *inside, "as"));
    const std::size_t close = is_cast ? closing(tokens, at) : tokens.size();
    behind = close < at + 64 && close < tokens.size() ? std::optional(close + 1) : std::nullopt;
  }
  // `process.env!.X`
  const bool is_asserted = behind && is_mark(tokens, *behind, '!')
                           && (is_mark(tokens, *behind + 1, '.') || is_mark(tokens, *behind + 1, '['));
  return is_asserted ? std::optional(*behind + 1) : behind;
}

}  // namespace sluice::env::code
