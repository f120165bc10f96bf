// SPDX-License-Identifier: Apache-2.0
//
// A makefile has two languages. Outside of recipes `$(NAME)` is a variable of make, which takes it from the environment
// where no line sets it; in recipes `$$NAME` is one of the shell. Source: GNU make's manual, "Variables from the
// Environment".
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/make/lines.hpp"
#include "env/script/telling.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

using script::NameSet;

constexpr auto extensions = std::to_array<std::string_view>({".mk", ".make"});
constexpr auto names = std::to_array<std::string_view>({"Makefile", "makefile", "GNUmakefile"});
/// What make sets by itself, and names of its built-in rules.
constexpr auto built_in =
    std::to_array<std::string_view>({"MAKE",         "MAKEFLAGS",    "MAKECMDGOALS",  "MAKEFILE_LIST", "MAKELEVEL",
                                     "MAKEFILES",    "MAKE_VERSION", "MAKE_HOST",     "MAKE_COMMAND",  "MAKE_RESTARTS",
                                     "MAKE_TERMOUT", "MAKE_TERMERR", "MAKEOVERRIDES", "CURDIR",        "VPATH",
                                     "SUFFIXES",     "ARFLAGS",      "LDLIBS",        "LOADLIBES",     "RM",
                                     "CPP",          "FC",           "LEX",           "YACC",          "LINT",
                                     "TEX",          "COMPILE"});

bool
has(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  return is_one_of(name, names) || name.starts_with("Makefile.") || has_extension(path, extensions);
}

class Reader
{
public:
  Reader(const gate::SourceText& source, Sightings& seen)
      : source_(source),
        seen_(seen),
        // One that others include has names of theirs.
        takes_in_others_(has_extension(source.path(), extensions))
  {}

  void
  look()
  {
    const std::vector<make::Line> lines = make::lines_of_makefile(source_.text());
    for (const make::Line& line : lines) {
      learn(line);
    }
    for (const make::Line& line : lines) {
      if (line.is_recipe) {
        references(line);
        recipe(line);
      } else {
        other(line);
      }
    }
  }

private:
  /// What the file sets, wherever.
  void
  learn(const make::Line& from)
  {
    const std::string_view line = from.text;
    const std::string_view first = trim(line).substr(0, trim(line).find_first_of(" \t"));
    const auto assignment = from.is_recipe ? std::nullopt : make::assignment_in(line);
    if (assignment) {
      own_.emplace(assignment->name);
    } else if (first == "define") {
      own_.emplace(trim(trim(line).substr(6)));
    } else if (first == "include" || first == "-include" || first == "sinclude") {
      // What a dotenv file has is of the environment for whoever reads the makefile.
      takes_in_others_ = takes_in_others_ || !script_is_dotenv(trim(line).substr(first.size()));
    }
    for (std::size_t at = line.find("$(foreach "); at != std::string_view::npos; at = line.find("$(foreach ", at + 1)) {
      const std::string_view rest = line.substr(at + 10, Sightings::max_name_bytes);
      own_.emplace(trim(rest.substr(0, rest.find(','))));
    }
  }

  static bool
  script_is_dotenv(std::string_view files)
  {
    return file_name_of(trim(files)).find(".env") != std::string_view::npos;
  }

  void
  other(const make::Line& line)
  {
    const std::string_view text = trim(line.text);
    if (text.starts_with('#')) {
      return;
    }
    const auto assignment = make::assignment_in(line.text);
    if (assignment && assignment->is_default) {
      const bool is_plain = assignment->value.find('$') == std::string_view::npos;
      read(assignment->name, line.number, Unset::defaulted,
           is_plain ? std::optional<std::string>(without_comment(assignment->value)) : std::nullopt);
    }
    // A default is there to be changed by whoever calls make, so that it declares the variable.
    if (assignment && (assignment->exports || (assignment->is_default && is_environment_name(assignment->name)))) {
      seen_.give(assignment->name, line.number);
    } else if (text.starts_with("export ")) {
      exported(text.substr(7), line.number);
    } else if (text.starts_with("ifdef ") || text.starts_with("ifndef ")) {
      unset_read(trim(text.substr(text.find(' '))), line.number);
    }
    references(line);
  }

  static std::string_view
  without_comment(std::string_view value)
  {
    return trim(value.substr(0, value.find('#')));
  }

  void
  exported(std::string_view words, std::uint32_t line)
  {
    for (const std::string_view name : split(words, ' ')) {
      if (own_.contains(name)) {
        seen_.give(name, line);
      }
    }
  }

  void
  unset_read(std::string_view name, std::uint32_t line)
  {
    if (!own_.contains(name)) {
      read(name, line, Unset::tested, {});
    }
  }

  void
  read(std::string_view name, std::uint32_t line, Unset unset, std::optional<std::string> literal)
  {
    if (is_environment_name(name) && !is_one_of(name, built_in)) {
      seen_.read(name, line, unset, std::move(literal));
    }
  }

  /// `$(NAME)`, `${NAME}` and `$(NAME:a=b)`.
  void
  references(const make::Line& line)
  {
    const std::string_view text = line.text;
    std::uint32_t number = line.number;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      number += text[at] == '\n' ? 1 : 0;
      if (text[at] != '$') {
        continue;
      }
      if (text[at + 1] == '$') {
        ++at;
        continue;
      }
      std::size_t end = at + 2;
      while (end < text.size() && is_of_name(text[end])) {
        ++end;
      }
      const std::string_view name = text.substr(std::min(at + 2, text.size()), end - at - 2);
      const bool is_whole = is_any_of(text[at + 1], "({") && end < text.size() && is_any_of(text[end], ")}:");
      if (is_whole && !own_.contains(name) && !takes_in_others_) {
        read(name, number, Unset::unknown, {});
      }
    }
  }

  /// Each recipe line is a script of its own, once make has replaced its variables.
  void
  recipe(const make::Line& line)
  {
    std::string_view text = line.text.substr(1);
    while (!text.empty() && is_any_of(text.front(), "@-+ ")) {
      text.remove_prefix(1);
    }
    const std::string script = make::script_of(text);
    script::look_at(script, {.dialect = "dash", .own = &own_}, script::Lines(source_, script, line.number),
                    script::in_directory_of(source_), seen_);
  }

  const gate::SourceText& source_;
  Sightings& seen_;
  NameSet own_;
  bool takes_in_others_;
};

void
look(const gate::SourceText& source, Sightings& seen)
{
  Reader(source, seen).look();
}

}  // namespace

extern const Language language_makefile{.id = "makefile", .title = "make", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
