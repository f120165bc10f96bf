// SPDX-License-Identifier: Apache-2.0
//
// What programs do with the variables that their words name.
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/script/walk.hpp"
#include "env/script/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::env::script {

namespace {

/// Runs the program that its words name, perhaps with variables: `sudo -u app X=1 program`.
struct Wrapper
{
  std::string_view name;
  std::string_view with_argument;  ///< letters of options that take the next word
  std::size_t positional = 0;      ///< words of its own in front of the program
};

constexpr auto wrappers =
    std::to_array<Wrapper>({{"sudo", "ughCTpDR"}, {"doas", "uC"},       {"env", "uSC"},        {"exec", "a"},
                            {"command", ""},      {"builtin", ""},      {"nohup", ""},         {"nice", "n"},
                            {"ionice", "cn"},     {"timeout", "ks", 1}, {"xargs", "IdEnLPsa"}, {"npx", "p"},
                            {"bunx", ""},         {"pnpx", ""},         {"cross-env", ""},     {"cross-env-shell", ""},
                            {"stdbuf", "ioe"},    {"gosu", "", 1},      {"su-exec", "", 1},    {"setsid", ""},
                            {"winpty", ""},       {"tini", ""},         {"dumb-init", ""},     {"yarn", ""},
                            {"pnpm", "FC"},       {"time", ""},         {"retry", ""},         {"noglob", ""},
                            {"nocorrect", ""}});

/// The same in two words.
constexpr auto double_wrappers = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"bundle", "exec"},   {"poetry", "run"}, {"pipenv", "run"}, {"uv", "run"},    {"pdm", "run"},
     {"hatch", "run"},     {"rye", "run"},    {"npm", "exec"},   {"pnpm", "exec"}, {"pnpm", "dlx"},
     {"yarn", "exec"},     {"yarn", "dlx"},   {"bun", "x"},      {"mise", "exec"}, {"doppler", "run"},
     {"infisical", "run"}, {"op", "run"},     {"rtx", "exec"},   {"yarn", "run"},  {"pnpm", "run"}});

constexpr auto interpreters = std::to_array<std::string_view>(
    {"node", "nodejs", "tsx", "ts-node", "bun", "deno", "ruby", "php", "perl", "Rscript", "pwsh", "python", "python3"});

/// Options behind which the text of a program stands.
struct TextOption
{
  std::string_view language, option;
};

constexpr auto text_options = std::to_array<TextOption>({{"javascript", "-e"},
                                                         {"javascript", "--eval"},
                                                         {"javascript", "-p"},
                                                         {"javascript", "--print"},
                                                         {"javascript", "-pe"},
                                                         {"javascript", "eval"},
                                                         {"perl", "-e"},
                                                         {"perl", "-E"},
                                                         {"perl", "-ne"},
                                                         {"perl", "-pe"},
                                                         {"php", "-r"},
                                                         {"python", "-c"},
                                                         {"ruby", "-e"}});

bool
takes_program(std::string_view language, std::string_view option)
{
  return std::any_of(text_options.begin(), text_options.end(),
                     [&](const TextOption& each) { return each.language == language && each.option == option; });
}

/// An option that names a dotenv file.
struct FileOption
{
  std::string_view program, option, dialect, how;
  Load::To to;
};

constexpr auto file_options =
    std::to_array<FileOption>({{"node", "--env-file", "node", "node --env-file", Load::To::own},
                               {"node", "--env-file-if-exists", "node", "node --env-file", Load::To::own},
                               {"tsx", "--env-file", "node", "tsx --env-file", Load::To::own},
                               {"nodemon", "--env-file", "node", "nodemon --env-file", Load::To::own},
                               {"uvicorn", "--env-file", "python", "uvicorn --env-file", Load::To::own},
                               {"flask", "--env-file", "python", "flask --env-file", Load::To::own},
                               {"supabase", "--env-file", "godotenv", "supabase --env-file", Load::To::own},
                               {"act", "--secret-file", "godotenv", "act --secret-file", Load::To::unknown},
                               {"act", "--var-file", "godotenv", "act --var-file", Load::To::unknown},
                               {"act", "--env-file", "godotenv", "act --env-file", Load::To::unknown},
                               {"gh", "--env-file", "godotenv", "gh --env-file", Load::To::unknown}});

/// The name in front of `=`; empty if a text does not begin so.
std::string_view
name_before_equals(std::string_view text)
{
  const std::size_t end = text.find('=');
  const std::string_view name = text.substr(0, end);
  const bool is_name = end != std::string_view::npos && is_shell_name(name);
  return is_name ? name : std::string_view();
}

}  // namespace

Facts
facts_of_words(std::string_view program, std::string_view option, std::string_view text)
{
  const std::string_view name = file_name_of(program);
  if (is_shell(name)) {
    const bool has_text = option.starts_with('-') && option.find('c') != std::string_view::npos;
    return has_text ? facts_of(text, {.dialect = "dash"}) : Facts{};
  }
  const Language* language = language_of_program(name);
  Facts facts;
  if (language != nullptr && takes_program(language->id, option)) {
    Facts::Program inner{.language = language->id, .text = std::string(text), .lines = {0}};
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      inner.lines.push_back(at + 1);
    }
    facts.programs.push_back(std::move(inner));
  }
  return facts;
}

std::optional<OptionValue>
Walk::value_at(const Call& call, std::size_t i, std::string_view option) const
{
  if (call.text(i) == option && call.has(i + 1)) {
    return OptionValue{i + 1, call.text(i + 1), call.word(i + 1)};
  }
  const std::string front = call.front(i);
  const bool is_long = option.size() > 2;
  const std::size_t skipped = option.size() + (is_long ? 1 : 0);
  if (!front.starts_with(option) || front.size() < skipped || (is_long && front[option.size()] != '=')
      || front.size() == option.size()) {
    return std::nullopt;
  }
  OptionValue value{i, call.is_literal(i) ? call.text(i).substr(skipped) : std::string_view(), call.word(i)};
  Piece& first = value.value.pieces.front();
  if (first.at.size() < skipped) {
    return std::nullopt;
  }
  first.at.begin += skipped;
  return value;
}

void
Walk::load_option(const Call& call, std::size_t from, std::string_view option, const Facts::File& as)
{
  for (std::size_t i = from; i < call.size(); ++i) {
    const auto value = value_at(call, i, option);
    auto file = value ? path_of(text_, value->value) : std::nullopt;
    if (file) {
      file->dialect = as.dialect;
      file->how = as.how;
      file->to = as.to;
      facts_.loads.push_back(*std::move(file));
    }
  }
}

/// Goes from program to program as long as each only runs the next.
void
Walk::command(const Call& call)
{
  if (destination_ == Destination::dotenv) {
    facts_.writes_dotenv = true;
  }
  for (std::size_t i = 0; call.has(i);) {
    const std::size_t next = program(call, i);
    if (next <= i) {
      return;
    }
    i = next;
  }
}

/// The word of the program that this one runs; 0 if it runs none that is known.
std::size_t
Walk::program(const Call& call, std::size_t i)
{
  const std::string_view name = file_name_of(call.text(i));
  const auto two = std::find_if(double_wrappers.begin(), double_wrappers.end(), [&](const auto& each) {
    return each.first == name && each.second == call.text(i + 1);
  });
  if (two != double_wrappers.end()) {
    return wrapper(call, i + 1, wrappers.size());
  }
  const auto found =
      std::find_if(wrappers.begin(), wrappers.end(), [name](const Wrapper& each) { return each.name == name; });
  if (found != wrappers.end()) {
    return wrapper(call, i, static_cast<std::size_t>(found - wrappers.begin()));
  }
  if (name == "dotenv" || name == "dotenvx" || name == "env-cmd") {
    return loader(call, i);
  }
  if (is_shell(name)) {
    shell(call, i);
  } else if (is_one_of(name, interpreters)) {
    const bool is_module = call.text(i + 1) == "-m" && call.text(i + 2) == "dotenv";
    if (is_module) {
      return i + 2;
    }
    tool(call, i);
    interpreter(call, i);
  } else if (!of_shell(call, i) && !tool(call, i)) {
    run_file(call, i);
  }
  return 0;
}

/// Passes over the options and variables of a wrapper; `which` is of `wrappers`, or none of them.
std::size_t
Walk::wrapper(const Call& call, std::size_t i, std::size_t which)
{
  const Wrapper& wrapper = which < wrappers.size() ? wrappers[which] : Wrapper{};
  std::size_t next = i + 1;
  while (call.has(next)) {
    const std::string front = call.front(next);
    if (front == "--") {
      ++next;
      break;
    }
    if (front.starts_with('-')) {
      next += front.size() == 2 && is_any_of(front[1], wrapper.with_argument) ? 2 : 1;
    } else if (given_words(call, next) > next) {
      ++next;
    } else {
      break;
    }
  }
  return next + wrapper.positional;
}

/// Gives what `NAME=VALUE` names; the word behind it, or `i` if it is none.
std::size_t
Walk::given_words(const Call& call, std::size_t i)
{
  const std::string front = call.front(i);
  const std::string_view name = name_before_equals(front);
  if (name.empty()) {
    return i;
  }
  give(name, call.word(i).at.begin,
       call.is_literal(i) ? std::optional<std::string>(call.text(i).substr(name.size() + 1)) : std::nullopt);
  return i + 1;
}

/// A program in another language, with a character that means little for each part that the shell replaces.
void
Walk::program_text(std::string_view language, const Word& word, Facts::Program::Runs runs)
{
  Facts::Program program{.language = language, .text = {}, .lines = {word.at.begin}, .runs = runs};
  for (const Piece& piece : word.pieces) {
    program.text += piece.kind == Piece::Kind::text ? piece.at.of(text_) : "0";
  }
  for (std::size_t at = word.at.begin; at < word.at.end; ++at) {
    if (text_[at] == '\n') {
      program.lines.push_back(at + 1);
    }
  }
  facts_.programs.push_back(std::move(program));
}

/// The here-documents that an interpreter reads as its program.
void
Walk::documents_for(const Call& call, std::string_view language)
{
  for (const Redirection& redirection : call.node().redirections) {
    if (redirection.document != Redirection::no_document) {
      program_text(language, tree_->documents[redirection.document].body, Facts::Program::Runs::here);
    }
  }
}

/// The file that an interpreter runs, its first word that is no option, or the text that it is given.
void
Walk::interpreter(const Call& call, std::size_t i)
{
  const Language* language = language_of_program(file_name_of(call.text(i)));
  for (std::size_t word = i + 1; call.has(word); ++word) {
    const std::string front = call.front(word);
    if (language != nullptr && call.has(word + 1) && takes_program(language->id, front)) {
      program_text(language->id, call.word(word + 1), Facts::Program::Runs::here);
      return;
    }
    const bool has_text = front == "-e" || front == "-c" || front == "-m" || front == "-p" || front == "--eval";
    if (has_text || (front.empty() && call.is_literal(word))) {
      return;
    }
    if (!front.starts_with('-') && call.text(word) != "run") {
      run_file(call, word);
      return;
    }
  }
  if (language != nullptr) {
    documents_for(call, language->id);
  }
}

/// A word that names a file: with a slash, or with an extension.
void
Walk::run_file(const Call& call, std::size_t i)
{
  auto file = path_of(text_, call.word(i));
  const bool is_file = file
                       && (file->path.find('/') != std::string::npos || file->path.find('.', 1) != std::string::npos
                           || file->from != From::here);
  const auto may_be_of_path = [](char c) { return is_of_name(c) || is_any_of(c, "./-+"); };
  if (is_file && !file->path.starts_with('/') && std::all_of(file->path.begin(), file->path.end(), may_be_of_path)) {
    facts_.runs.push_back(*std::move(file));
  }
}

/// Programs that are known by name; false for others.
bool
Walk::tool(const Call& call, std::size_t i)
{
  const std::string_view name = file_name_of(call.text(i));
  bool is_known = false;
  for (const FileOption& option : file_options) {
    if (option.program == name) {
      is_known = true;
      load_option(call, i + 1, option.option, {.dialect = option.dialect, .how = option.how, .to = option.to});
    }
  }
  constexpr auto containers =
      std::to_array<std::string_view>({"docker", "podman", "nerdctl", "docker-compose", "finch"});
  constexpr auto copying = std::to_array<std::string_view>({"cp", "mv", "install", "vercel", "sops"});
  if (is_one_of(name, containers)) {
    container(call, i);
    return true;
  }
  for (std::size_t word = i + 1; name == "act" && call.has(word); ++word) {
    for (const std::string_view option : {"-s", "--secret", "--env", "--var"}) {
      container_option(call, word, option);
    }
  }
  if (is_one_of(name, copying) && is_dotenv(call.text(call.size() - 1))) {
    facts_.writes_dotenv = true;
  }
  if (name == "kamal") {
    facts_.loads.push_back({".kamal/secrets*", From::root, "ruby", "kamal", Load::To::own, call.word(i).at.begin});
  }
  stored(call, i);
  return is_known;
}

}  // namespace sluice::env::script
