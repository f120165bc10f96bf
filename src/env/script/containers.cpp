// SPDX-License-Identifier: Apache-2.0
//
// Programs that give variables to others elsewhere: containers, platforms, and readers of dotenv files.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/script/walk.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::script {

namespace {

/// Sets a variable of a platform: `fly secrets set X=…`.
struct Setter
{
  std::string_view program, noun, verb;
  enum class Form { name, assignments } form;
  SightingKind kind;
};

constexpr auto setters = std::to_array<Setter>({
    {"gh", "secret", "set", Setter::Form::name, SightingKind::stored},
    {"gh", "variable", "set", Setter::Form::name, SightingKind::stored},
    {"vercel", "env", "add", Setter::Form::name, SightingKind::given},
    {"wrangler", "secret", "put", Setter::Form::name, SightingKind::given},
    {"netlify", "env:set", "", Setter::Form::name, SightingKind::given},
    {"fly", "secrets", "set", Setter::Form::assignments, SightingKind::given},
    {"flyctl", "secrets", "set", Setter::Form::assignments, SightingKind::given},
    {"supabase", "secrets", "set", Setter::Form::assignments, SightingKind::given},
    {"heroku", "config:set", "", Setter::Form::assignments, SightingKind::given},
    {"railway", "variables", "--set", Setter::Form::assignments, SightingKind::given},
    {"kubectl", "set", "env", Setter::Form::assignments, SightingKind::given},
});

constexpr auto verbs = std::to_array<std::string_view>({"run", "exec", "create", "build", "update"});

/// Options without a value, as far as they are common; short ones are letters of one word.
constexpr auto flags =
    std::to_array<std::string_view>({"--rm", "--detach", "--interactive", "--tty", "--init", "--privileged",
                                     "--read-only", "--no-deps", "--build", "--service-ports", "--no-TTY", "--quiet",
                                     "--publish-all", "--remove-orphans", "--use-aliases", "--no-healthcheck"});
constexpr std::string_view letters_of_flags = "-itdTPq";

/// Where the image or the container stands, behind which the words are of a program in it.
std::size_t
end_of_options(const Call& call, std::size_t first)
{
  std::size_t i = first;
  while (call.has(i)) {
    const std::string front = call.front(i);
    const bool is_option = front.starts_with('-');
    if (!is_option && call.is_literal(i)) {
      return i;
    }
    const bool is_flag = front.find_first_not_of(letters_of_flags) == std::string::npos
                         || std::find(flags.begin(), flags.end(), front) != flags.end();
    const bool holds_value =
        !is_option || is_flag || front.find('=') != std::string::npos || (front.starts_with("-e") && front.size() > 2);
    i += holds_value ? 1 : 2;
  }
  return call.size();
}

}  // namespace

/// Options of `docker run`, `docker build`, `docker compose` and their kin.
void
Walk::container(const Call& call, std::size_t i)
{
  const bool is_compose = call.text(i).ends_with("compose") || call.text(i + 1) == "compose";
  const Facts::File as{.dialect = is_compose ? "compose" : "docker",
                       .how = is_compose ? "docker compose --env-file" : "docker run --env-file",
                       .to = Load::To::unknown};
  load_option(call, i + 1, "--env-file", as);
  std::size_t verb = i + 1;
  while (call.has(verb) && std::find(verbs.begin(), verbs.end(), call.text(verb)) == verbs.end()) {
    ++verb;
  }
  const bool is_build = call.text(verb) == "build";
  const std::size_t end = is_build ? call.size() : end_of_options(call, verb + 1);
  for (std::size_t word = verb + 1; word < end; ++word) {
    container_option(call, word, "-e");
    container_option(call, word, "--env");
    container_option(call, word, "--build-arg");
    if (const auto secret = value_at(call, word, "--secret")) {
      const std::size_t env = secret->text.find("env=");
      const std::string_view rest = env == std::string_view::npos ? std::string_view() : secret->text.substr(env + 4);
      const std::string_view name = rest.substr(0, rest.find(','));
      if (!name.empty() && !is_own(name, call.word(word).at.begin, Piece::Form::plain)) {
        read(name, call.word(word).at.begin);
      }
    }
  }
}

/// `-e X` hands on what is in the environment, `-e X=v` gives it.
void
Walk::container_option(const Call& call, std::size_t i, std::string_view option)
{
  const auto value = value_at(call, i, option);
  if (!value || value->value.pieces.empty() || value->value.pieces.front().kind != Piece::Kind::text) {
    return;
  }
  const std::string_view front = value->value.pieces.front().at.of(text_);
  const std::size_t equals = front.find('=');
  const std::string_view name = front.substr(0, equals);
  const std::size_t at = call.word(value->word).at.begin;
  if (equals != std::string_view::npos) {
    give(name, at,
         value->text.empty() ? std::nullopt : std::optional<std::string>(value->text.substr(name.size() + 1)));
  } else if (!value->text.empty() && !name.starts_with('-') && !is_own(name, at, Piece::Form::plain)) {
    read(name, at);
  }
}

void
Walk::stored(const Call& call, std::size_t i)
{
  const std::string_view program = file_name_of(call.text(i));
  const auto found = std::find_if(setters.begin(), setters.end(), [&](const Setter& each) {
    return each.program == program && each.noun == call.text(i + 1)
           && (each.verb.empty() || each.verb == call.text(i + 2));
  });
  if (found == setters.end()) {
    return;
  }
  for (std::size_t word = i + (found->verb.empty() ? 2 : 3); call.has(word); ++word) {
    if (found->form == Setter::Form::assignments) {
      given_words(call, word);
    } else if (!call.text(word).empty() && !call.text(word).starts_with('-')) {
      facts_.mentions.push_back(
          {std::string(call.text(word)), found->kind, Unset::unknown, std::nullopt, call.word(word).at.begin});
      return;
    }
  }
}

/// `dotenv`, which is a program of npm, of Python and of Ruby, `dotenvx` and `env-cmd`: the files that they read and
/// the program that they run.
std::size_t
Walk::loader(const Call& call, std::size_t i)
{
  const std::string_view program = file_name_of(call.text(i));
  std::vector<Facts::File> files;
  bool has_run = false;
  bool is_of_npm = program == "env-cmd";
  std::size_t next = i + 1;
  for (; call.has(next); ++next) {
    const std::string front = call.front(next);
    const bool is_verb = front == "run" || front == "get" || front == "set" || front == "list";
    has_run = has_run || (is_verb && program == "dotenv");
    if (front == "--") {
      ++next;
      break;
    }
    if (!front.starts_with('-') && !is_verb) {
      break;
    }
    for (const std::string_view option : {"-e", "-f", "--env", "--file", "--env-file"}) {
      const auto value = value_at(call, next, option);
      auto file = value ? path_of(text_, value->value) : std::nullopt;
      if (file) {
        is_of_npm = is_of_npm || option == "-e";
        next = value->word;
        files.push_back(*std::move(file));
        break;
      }
    }
  }
  const std::string_view of_dotenv = has_run ? "python" : is_of_npm || files.empty() ? "motdotla" : "ruby";
  if (files.empty()) {
    files.push_back({.path = ".env", .dialect = {}, .how = {}, .at = call.word(i).at.begin});
  }
  for (Facts::File& file : files) {
    file.dialect = program == "dotenvx" ? "dotenvx" : program == "env-cmd" ? "motdotla" : of_dotenv;
    file.how = program == "dotenvx" ? "dotenvx run" : program == "env-cmd" ? "env-cmd" : "dotenv";
    facts_.loads.push_back(std::move(file));
  }
  return next;
}

}  // namespace sluice::env::script
