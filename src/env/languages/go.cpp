// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/code/children.hpp"
#include "env/code/imported_calls.hpp"
#include "env/code/reads.hpp"
#include "env/code/syntaxes.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace sluice::env {

namespace {

using code::Getter;
using code::Token;

constexpr auto extensions = std::to_array<std::string_view>({".go"});
constexpr auto words = std::to_array<std::string_view>({"env", "Env", "viper"});

constexpr auto getters = std::to_array<Getter>({{.front = "os . Getenv ("},
                                                {.front = "os . LookupEnv (", .unset = Unset::tested},
                                                {.front = "os . Environ (", .count = Getter::Count::all},
                                                {.front = "syscall . Getenv (", .unset = Unset::tested},
                                                {.front = "EnvVars : [ ] string {", .count = Getter::Count::many},
                                                {.front = "cli . EnvVars (", .count = Getter::Count::many},
                                                {.front = ". Envar (", .second = code::ReadPlace::Second::other},
                                                {.front = "EnvVar :"}});

constexpr auto loaders = std::to_array<code::Loader>({{"godotenv . Load", "godotenv", "godotenv.Load"},
                                                      {"godotenv . Overload", "godotenv", "godotenv.Overload"},
                                                      {"godotenv . Read", "godotenv", "godotenv.Read"}});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

/// `$NAME` and `${NAME}` in what os.ExpandEnv is given.
void
look_for_expansions(std::span<const Token> tokens, Sightings& seen)
{
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const auto behind = code::follows(tokens, at, "os . ExpandEnv (");
    if (!behind || !code::is_whole_text(tokens, *behind)) {
      continue;
    }
    const std::string_view text = tokens[*behind].text;
    for (std::size_t dollar = text.find('$'); dollar != std::string_view::npos; dollar = text.find('$', dollar + 1)) {
      const std::string_view rest = text.substr(dollar + (text.substr(dollar).starts_with("${") ? 2 : 1));
      const auto end = std::find_if_not(rest.begin(), rest.end(), is_of_name);
      seen.read(rest.substr(0, static_cast<std::size_t>(end - rest.begin())), tokens[*behind].line);
    }
  }
}

/// viper's key, as it asks the environment for it.
std::string
variable_of(std::string_view key, std::string_view prefix)
{
  std::string name(prefix);
  name.append(prefix.empty() ? "" : "_").append(key);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c == '.' || c == '-' ? '_' : c;
  });
  return name;
}

/// `viper.BindEnv("key")` asks for PREFIX_KEY, `viper.BindEnv("key", "NAME")` for NAME; keys that are written as
/// variables are such with AutomaticEnv.
void
look_for_viper(std::span<const Token> tokens, Sightings& seen)
{
  std::string_view prefix;
  for (std::size_t at = 2; at + 2 < tokens.size(); ++at) {
    if (!code::is_mark(tokens, at - 1, '.') || !code::is_mark(tokens, at + 1, '(')
        || !code::is_whole_text(tokens, at + 2)) {
      continue;
    }
    const std::string_view method = tokens[at].text;
    const Token& key = tokens[at + 2];
    if (method == "SetEnvPrefix") {
      prefix = key.text;
    } else if (method == "BindEnv" && code::is_mark(tokens, at + 3, ',')) {
      for (std::size_t i = at + 4; code::is_whole_text(tokens, i); i += 2) {
        seen.read(tokens[i].text, tokens[i].line);
      }
    } else if (method == "BindEnv") {
      seen.read(variable_of(key.text, prefix), key.line);
    } else if (method.starts_with("Get") && tokens[at - 2].text == "viper" && is_environment_name(key.text)) {
      seen.read(variable_of(key.text, prefix), key.line);
    }
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const code::Tokens tokens = code::tokens_of(source.text(), code::go_syntax);
  code::look_for(tokens.all, getters, seen);
  look_for_expansions(tokens.all, seen);
  look_for_viper(tokens.all, seen);
  code::look_for_loads(tokens.all, loaders, seen);
  code::look_for_go_calls(tokens.all, seen);
  code::look_for_go_children(tokens.all, seen);
  code::tell_fault(tokens, seen);
}

}  // namespace

extern const Language language_go{.id = "go", .title = "Go", .has = has, .words = words, .look = look};

}  // namespace sluice::env
