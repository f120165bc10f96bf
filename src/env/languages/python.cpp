// SPDX-License-Identifier: Apache-2.0
#include "env/code/children.hpp"
#include "env/code/imported_calls.hpp"
#include "env/code/reads.hpp"
#include "env/code/syntaxes.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace sluice::env {

namespace {

using code::Getter;
using code::Token;
using Tokens = std::span<const Token>;

constexpr auto extensions = std::to_array<std::string_view>({".py", ".pyi", ".pyw"});
constexpr auto words = std::to_array<std::string_view>({"env", "Env", "config("});
constexpr auto interpreters = std::to_array<std::string_view>({"python3", "python", "uv"});

constexpr auto of_os = std::to_array<Getter>({{.front = "os . environ [", .unset = Unset::fails},
                                              {.front = "os . environ . get ("},
                                              {.front = "os . environ . pop ("},
                                              {.front = "os . environ . setdefault ("},
                                              {.front = "os . environ . items", .count = Getter::Count::all},
                                              {.front = "os . environ . keys", .count = Getter::Count::all},
                                              {.front = "os . environ . copy", .count = Getter::Count::all},
                                              {.front = "os . environ )", .count = Getter::Count::all},
                                              {.front = "os . environ ,", .count = Getter::Count::all},
                                              {.front = "os . environ }", .count = Getter::Count::all},
                                              {.front = "os . getenv ("},
                                              {.front = "envvar ="},
                                              {.front = "envvar = [", .count = Getter::Count::many},
                                              {.front = "os . environb [", .unset = Unset::fails},
                                              {.front = "os . environb . get ("},
                                              {.front = "os . getenvb ("}});

/// What is called on a mapping of the environment that has another name.
constexpr auto of_mapping = std::to_array<Getter>({{.front = "* [", .unset = Unset::fails},
                                                   {.front = "* . get ("},
                                                   {.front = "* . pop ("},
                                                   {.front = "* . setdefault ("}});

constexpr auto of_call = std::to_array<Getter>({{.front = "* ("}});

/// django-environ and environs: an object that is called, or by the type that is wanted.
constexpr auto of_django = std::to_array<Getter>({{.front = "* ("},
                                                  {.front = "* [", .unset = Unset::fails},
                                                  {.front = "* . str ("},
                                                  {.front = "* . bool ("},
                                                  {.front = "* . int ("},
                                                  {.front = "* . float ("},
                                                  {.front = "* . list ("},
                                                  {.front = "* . tuple ("},
                                                  {.front = "* . dict ("},
                                                  {.front = "* . json ("},
                                                  {.front = "* . url ("},
                                                  {.front = "* . db ("},
                                                  {.front = "* . db_url ("},
                                                  {.front = "* . cache ("},
                                                  {.front = "* . email ("},
                                                  {.front = "* . path ("},
                                                  {.front = "* . bytes ("},
                                                  {.front = "* . decimal ("},
                                                  {.front = "* . date ("},
                                                  {.front = "* . datetime ("},
                                                  {.front = "* . enum ("},
                                                  {.front = "* . uuid ("},
                                                  {.front = "* . log_level ("},
                                                  {.front = "* . cache_url ("},
                                                  {.front = "* . email_url ("},
                                                  {.front = "* . search_url ("},
                                                  {.front = "* . timedelta ("},
                                                  {.front = "* . get_value ("},
                                                  {.front = "* . dj_db_url ("}});

/// Tokens that are looked at behind one `import`.
constexpr std::size_t max_imported = 256;

constexpr auto loaders = std::to_array<code::Loader>({{"load_dotenv", "python", "load_dotenv"},
                                                      {"dotenv . load_dotenv", "python", "load_dotenv"},
                                                      {"dotenv_values", "python", "dotenv_values"},
                                                      {"dotenv . dotenv_values", "python", "dotenv_values"}});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

/// What `from MODULE import … NAME …` calls it here; empty if the text has none.
std::string_view
imported(Tokens tokens, std::string_view module, std::string_view name)
{
  for (std::size_t at = 0; at + 3 < tokens.size(); ++at) {
    const auto behind = code::is_name(tokens, at, "from") ? code::follows(tokens, at + 1, module) : std::nullopt;
    if (!behind || !code::is_name(tokens, *behind, "import")) {
      continue;
    }
    const bool has_bracket = code::is_mark(tokens, *behind + 1, '(');
    const std::size_t close =
        std::min(*behind + max_imported, has_bracket ? code::closing(tokens, *behind + 1) : tokens.size());
    for (std::size_t i = *behind + 1; i < close && (has_bracket || tokens[i].line == tokens[at].line); ++i) {
      if (code::is_name(tokens, i, name)) {
        return code::is_name(tokens, i + 1, "as") && i + 2 < close ? tokens[i + 2].text : name;
      }
    }
  }
  return {};
}

/// The name that a value is given to: `NAME = os.environ`, `NAME = environ.Env(`.
std::string_view
assigned(Tokens tokens, std::string_view value)
{
  for (std::size_t at = 1; at + 1 < tokens.size(); ++at) {
    if (code::is_mark(tokens, at, '=') && code::is_name(tokens, at - 1) && !code::is_member(tokens, at - 1)) {
      const auto behind = code::follows(tokens, at + 1, value);
      if (behind && !code::is_mark(tokens, *behind, '.') && !code::is_mark(tokens, *behind, '[')) {
        return tokens[at - 1].text;
      }
    }
  }
  return {};
}

/// The getters with a name in place of their `*`.
void
look_for_named(Tokens tokens, std::string_view name, code::Getters getters, Sightings& seen)
{
  if (name.empty()) {
    return;
  }
  for (const Getter& getter : getters) {
    const std::string front = std::string(name) + std::string(getter.front.substr(1));
    Getter named = getter;
    named.front = front;
    code::look_for(tokens, std::span(&named, 1), seen);
  }
}

/// "NAME" in os.mapping; `for name in os.mapping`.
void
look_for_tests(Tokens tokens, std::string_view mapping, Sightings& seen)
{
  for (std::size_t at = 1; at + 1 < tokens.size(); ++at) {
    if (!code::is_name(tokens, at, "in")) {
      continue;
    }
    const auto whole = code::follows(tokens, at + 1, "os . environ");
    const bool is_environment = whole || (!mapping.empty() && code::is_name(tokens, at + 1, mapping));
    const std::size_t behind = whole.value_or(at + 2);
    if (!is_environment || code::is_mark(tokens, behind, '.') || code::is_mark(tokens, behind, '[')) {
      continue;
    }
    const std::size_t text = at > 1 && code::is_name(tokens, at - 1, "not") ? at - 2 : at - 1;
    if (code::is_whole_text(tokens, text)) {
      seen.read(tokens[text].text, tokens[text].line, Unset::tested);
    } else {
      seen.read_any({}, tokens[at].line);
    }
  }
}

void
look_for_environ(Tokens tokens, Sightings& seen)
{
  code::look_for(tokens, of_os, seen);
  const std::string_view mapping = imported(tokens, "os", "environ");
  look_for_named(tokens, mapping, of_mapping, seen);
  look_for_named(tokens, imported(tokens, "os", "getenv"), of_call, seen);
  look_for_named(tokens, assigned(tokens, "os . environ"), of_mapping, seen);
  look_for_tests(tokens, mapping, seen);
}

/// Libraries whose objects are called with a name.
void
look_for_libraries(Tokens tokens, Sightings& seen)
{
  look_for_named(tokens, imported(tokens, "decouple", "config"), of_call, seen);
  const bool has_starlette = !imported(tokens, "starlette . config", "Config").empty();
  look_for_named(tokens, has_starlette ? assigned(tokens, "Config (") : std::string_view(), of_call, seen);
  for (const std::string_view made : {"environ . Env (", "Env (", "FileAwareEnv (", "environ . FileAwareEnv ("}) {
    look_for_named(tokens, assigned(tokens, made), of_django, seen);
  }
  // Settings that are split import the object from each other.
  for (const std::string_view module : {". base", ". env", "config . env", "config . settings . base"}) {
    look_for_named(tokens, imported(tokens, module, "env"), of_django, seen);
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const code::Tokens tokens = code::tokens_of(source.text(), code::python_syntax);
  look_for_environ(tokens.all, seen);
  look_for_libraries(tokens.all, seen);
  code::look_for_loads(tokens.all, loaders, seen);
  code::look_for_python_calls(tokens.all, seen);
  code::look_for_python_children(tokens.all, seen);
  code::tell_fault(tokens, seen);
}

}  // namespace

extern const Language language_python{
    .id = "python", .title = "Python", .has = has, .words = words, .look = look, .interpreters = interpreters};

}  // namespace sluice::env
