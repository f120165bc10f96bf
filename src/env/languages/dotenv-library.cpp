// SPDX-License-Identifier: Apache-2.0
//
// Which programs of a project read its dotenv files, by the libraries that its manifests name.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// A library and who reads for it.
struct Library
{
  std::string_view name, dialect, how;
};

constexpr auto of_node = std::to_array<Library>({{"dotenv", "motdotla", "dependency dotenv"},
                                                 {"dotenv-cli", "motdotla", "dependency dotenv-cli"},
                                                 {"dotenv-flow", "motdotla", "dependency dotenv-flow"},
                                                 {"dotenv-safe", "motdotla", "dependency dotenv-safe"},
                                                 {"@nestjs/config", "motdotla", "dependency @nestjs/config"},
                                                 {"next", "motdotla", "dependency next"},
                                                 {"vite", "motdotla", "dependency vite"},
                                                 {"nuxt", "motdotla", "dependency nuxt"},
                                                 {"astro", "motdotla", "dependency astro"},
                                                 {"react-scripts", "motdotla", "dependency react-scripts"},
                                                 {"env-cmd", "motdotla", "dependency env-cmd"},
                                                 {"@dotenvx/dotenvx", "dotenvx", "dependency @dotenvx/dotenvx"}});

constexpr auto of_php = std::to_array<Library>({{"vlucas/phpdotenv", "php", "dependency vlucas/phpdotenv"},
                                                {"laravel/framework", "php", "dependency laravel/framework"}});

/// Of manifests that are no documents: a line that begins with the name, or has it in quotes.
constexpr auto of_lines = std::to_array<Library>({{"python-dotenv", "python", "dependency python-dotenv"},
                                                  {"pydantic-settings", "python", "dependency pydantic-settings"},
                                                  {"github.com/joho/godotenv", "godotenv", "dependency joho/godotenv"},
                                                  {"\"dotenv\"", "ruby", "gem dotenv"},
                                                  {"'dotenv'", "ruby", "gem dotenv"},
                                                  {"\"dotenv-rails\"", "ruby", "gem dotenv-rails"},
                                                  {"'dotenv-rails'", "ruby", "gem dotenv-rails"}});

constexpr std::array<std::string_view, 3> sections_of_node{"dependencies", "devDependencies", "optionalDependencies"};
constexpr std::array<std::string_view, 2> sections_of_php{"require", "require-dev"};

constexpr auto names = std::to_array<std::string_view>(
    {"package.json", "composer.json", "Gemfile", "go.mod", "pyproject.toml", "Pipfile", "setup.py", "setup.cfg"});

bool
has(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  return std::find(names.begin(), names.end(), name) != names.end()
         || (name.starts_with("requirements") && name.ends_with(".txt")) || path == "supabase/config.toml"
         || path.ends_with("/supabase/config.toml");
}

void
load(Sightings& seen, std::string_view directory, const Library& library, std::uint32_t line)
{
  seen.load({path_in(directory, ".env*"), library.dialect, line, library.how, Load::To::own});
}

void
look_at_json(const gate::SourceText& source, std::span<const std::string_view> sections,
             std::span<const Library> libraries, Sightings& seen)
{
  const auto data = json_of(source, seen);
  if (!data) {
    return;
  }
  for (const std::string_view section : sections) {
    for (const Value dependency : data->root()[section]) {
      for (const Library& library : libraries) {
        if (dependency.key() == library.name) {
          load(seen, directory_of(source.path()), library, dependency.line());
        }
      }
    }
  }
}

void
look_at_lines(const gate::SourceText& source, Sightings& seen)
{
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(source.text())) {
    ++number;
    const std::string_view content = line.substr(0, line.find('#'));
    for (const Library& library : of_lines) {
      const bool is_gem = library.dialect == "ruby";
      if (content.find(library.name) != std::string_view::npos && (!is_gem || trim(content).starts_with("gem"))) {
        load(seen, directory_of(source.path()), library, number);
      }
    }
  }
}

/// The command line reads the dotenv files of the project and of its functions.
void
look_at_supabase(const gate::SourceText& source, Sightings& seen)
{
  const std::string_view directory = directory_of(source.path());
  seen.load({path_in(directory_of(directory), ".env"), "godotenv", 1, "supabase/config.toml", Load::To::unknown});
  for (const std::string_view name : {".env", ".env.local", "functions/.env"}) {
    seen.load({path_in(directory, name), "godotenv", 1, "supabase/config.toml", Load::To::own});
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const std::string_view name = file_name_of(source.path());
  if (name == "package.json") {
    look_at_json(source, sections_of_node, of_node, seen);
  } else if (name == "composer.json") {
    look_at_json(source, sections_of_php, of_php, seen);
  } else if (name == "config.toml") {
    look_at_supabase(source, seen);
  } else {
    look_at_lines(source, seen);
  }
}

}  // namespace

extern const Language language_dotenv_library{
    .id = "dotenv-library", .title = "manifests", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
