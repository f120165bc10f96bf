// SPDX-License-Identifier: Apache-2.0
#include "env/code/imported_calls.hpp"

#include "base/tree_path.hpp"
#include "env/code/reads.hpp"

#include <algorithm>
#include <map>

namespace sluice::env::code {

namespace {

/// Tokens of one import, and arguments of one call, that are looked at.
constexpr std::size_t max_imported = 256;
constexpr std::size_t max_arguments = 8;

struct Imported
{
  std::string_view name;    ///< in its module
  std::string_view module;  ///< last part
};

/// By what a file calls them.
using Imports = std::map<std::string_view, Imported>;

/// "env" of "@acme/lib/env.js" and of "settings.env".
std::string_view
last_part(std::string_view module, char separator)
{
  while (module.ends_with(separator)) {
    module.remove_suffix(1);
  }
  module = module.substr(module.rfind(separator) + 1);
  return separator == '/' ? module.substr(0, module.find('.', 1)) : module;
}

/// Tells a call that opens at `open` by each of its arguments that is a name of the environment.
void
tell_call(std::span<const Token> tokens, std::size_t open, const Imported& function, Sightings& seen)
{
  const std::size_t close = closing(tokens, open);
  std::size_t number = 0;
  int depth = 0;
  for (std::size_t i = open + 1; i < close && number < max_arguments; ++i) {
    const bool is_whole = is_whole_text(tokens, i) && (is_mark(tokens, i + 1, ',') || is_mark(tokens, i + 1, ')'));
    if (depth == 0 && is_whole && is_environment_name(tokens[i].text)) {
      const Otherwise end = otherwise(tokens, {open - 1, i + 1, ReadPlace::Second::fallback}, Unset::unknown);
      seen.call({.function = std::string(function.name),
                 .module = std::string(function.module),
                 .argument = number,
                 .read = {.name = std::string(tokens[i].text),
                          .kind = SightingKind::read,
                          .line = tokens[i].line,
                          .unset = end.unset,
                          .literal = end.literal}});
    }
    depth += is_mark(tokens, i, '(') || is_mark(tokens, i, '[') || is_mark(tokens, i, '{')   ? 1
             : is_mark(tokens, i, ')') || is_mark(tokens, i, ']') || is_mark(tokens, i, '}') ? -1
                                                                                             : 0;
    number += depth == 0 && is_mark(tokens, i, ',') ? 1 : 0;
  }
}

void
tell_calls(std::span<const Token> tokens, const Imports& imports, Sightings& seen)
{
  for (std::size_t at = 0; !imports.empty() && at + 1 < tokens.size(); ++at) {
    if (!is_name(tokens, at) || !is_mark(tokens, at + 1, '(') || is_member(tokens, at)) {
      continue;
    }
    const auto found = imports.find(tokens[at].text);
    if (found != imports.end()) {
      tell_call(tokens, at + 1, found->second, seen);
    }
  }
}

/// The names between the braces that close at `close`, each as `NAME`, `NAME as HERE` or `NAME: HERE`.
void
import_names(std::span<const Token> tokens, std::size_t close, std::string_view module, Imports& imports)
{
  std::size_t open = close;
  while (open > 0 && close - open < max_imported && !is_mark(tokens, open, '{')) {
    --open;
  }
  for (std::size_t i = open + 1; i < close; ++i) {
    const bool begins = is_mark(tokens, i - 1, '{') || is_mark(tokens, i - 1, ',');
    if (begins && is_name(tokens, i)) {
      const bool is_renamed = (is_name(tokens, i + 1, "as") || is_mark(tokens, i + 1, ':')) && is_name(tokens, i + 2);
      imports[tokens[is_renamed ? i + 2 : i].text] = {tokens[i].text, module};
    }
  }
}

}  // namespace

void
look_for_javascript_calls(std::span<const Token> tokens, Sightings& seen)
{
  Imports imports;
  for (std::size_t at = 1; at + 1 < tokens.size(); ++at) {
    const auto required = is_mark(tokens, at, '=') ? follows(tokens, at + 1, "require (") : std::nullopt;
    const std::size_t text = required.value_or(at + 1);
    if (!(required || is_name(tokens, at, "from")) || !is_whole_text(tokens, text)) {
      continue;
    }
    const std::string_view module = last_part(tokens[text].text, '/');
    if (is_mark(tokens, at - 1, '}')) {
      import_names(tokens, at - 1, module, imports);
    } else if (is_name(tokens, at - 1)) {
      imports[tokens[at - 1].text] = {tokens[at - 1].text, module};
    }
  }
  tell_calls(tokens, imports, seen);
}

void
look_for_python_calls(std::span<const Token> tokens, Sightings& seen)
{
  Imports imports;
  for (std::size_t at = 0; at + 3 < tokens.size(); ++at) {
    if (!is_name(tokens, at, "from")) {
      continue;
    }
    std::size_t import = at + 1;
    while (import < std::min(tokens.size(), at + 32) && !is_name(tokens, import, "import")) {
      ++import;
    }
    const std::string_view module = is_name(tokens, import - 1) ? tokens[import - 1].text : std::string_view();
    const bool has_bracket = is_mark(tokens, import + 1, '(');
    const std::size_t end = std::min(import + max_imported, has_bracket ? closing(tokens, import + 1) : tokens.size());
    for (std::size_t i = import + 1; i < end && (has_bracket || tokens[i].line == tokens[at].line); ++i) {
      if (is_name(tokens, i) && !is_name(tokens, i, "as")) {
        const bool is_renamed = is_name(tokens, i + 1, "as") && is_name(tokens, i + 2);
        imports[tokens[is_renamed ? i + 2 : i].text] = {tokens[i].text, module};
        i += is_renamed ? 2 : 0;
      }
    }
  }
  tell_calls(tokens, imports, seen);
}

void
look_for_go_calls(std::span<const Token> tokens, Sightings& seen)
{
  const std::string_view package = file_name_of(directory_of(seen.path()));
  for (std::size_t at = 0; at + 2 < tokens.size(); ++at) {
    if (!is_name(tokens, at) || !is_mark(tokens, at + 1, '(')) {
      continue;
    }
    if (!is_member(tokens, at)) {
      tell_call(tokens, at + 1, {tokens[at].text, package}, seen);
    } else if (at > 1 && is_name(tokens, at - 2) && !is_member(tokens, at - 2)) {
      tell_call(tokens, at + 1, {tokens[at].text, tokens[at - 2].text}, seen);
    }
  }
}

}  // namespace sluice::env::code
