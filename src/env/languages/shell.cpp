// SPDX-License-Identifier: Apache-2.0
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/script/telling.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".sh", ".bash", ".zsh", ".ksh", ".dash", ".bats"});
constexpr auto names = std::to_array<std::string_view>(
    {".envrc", ".bashrc", ".bash_profile", ".profile", ".zshrc", ".zshenv", ".zprofile", "PKGBUILD"});
constexpr auto directories_of_hooks = std::to_array<std::string_view>({".husky", ".githooks", ".git-hooks"});
constexpr auto interpreters = std::to_array<std::string_view>({"sh", "bash", "zsh", "dash", "ash", "ksh", "bats"});

/// Words in the names of scripts that others take in.
constexpr auto words_of_libraries = std::to_array<std::string_view>(
    {"common", "lib", "util", "helper", "func", "config", "vars", "setting", "color", "colour", "logging", "defaults"});

bool
is_hook(std::string_view path)
{
  return is_one_of(file_name_of(directory_of(path)), directories_of_hooks)
         && file_name_of(path).find('.') == std::string_view::npos;
}

bool
has(std::string_view path)
{
  return has_extension(path, extensions) || is_one_of(file_name_of(path), names) || is_hook(path);
}

/// What a script sets without exporting it is seen by those that take it in with `.`.
bool
is_taken_in(const gate::SourceText& source)
{
  const std::string name = to_lower(file_name_of(source.path()));
  const std::string_view directory = file_name_of(directory_of(source.path()));
  const bool is_named = std::any_of(words_of_libraries.begin(), words_of_libraries.end(), [&](std::string_view word) {
    return name.find(word) != std::string::npos || directory == word;
  });
  return is_named || (!source.text().starts_with("#!") && !is_hook(source.path()) && name != ".envrc");
}

/// Whether the first line asks for a shell that is no more than POSIX.
bool
is_plain(const gate::SourceText& source)
{
  const std::string_view line = trim(source.line(1));
  return line.starts_with("#!") && (line.ends_with("/sh") || line.ends_with(" sh") || line.ends_with("ash"))
         && !line.ends_with("bash");
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  // What `run` of bats leaves behind.
  static const script::NameSet of_bats{"lines", "output", "status", "stderr", "stderr_lines"};
  const bool is_of_bats = source.path().ends_with(".bats") || source.path().ends_with(".bash");
  const script::Setting setting{.dialect = is_plain(source) ? "dash" : "bash",
                                .own = is_of_bats ? &of_bats : nullptr,
                                .place = is_taken_in(source) ? script::Setting::Place::taken_in
                                                             : script::Setting::Place::itself};
  const std::string beside(directory_of(source.path()));
  script::look_at(source.text(), setting, script::Lines(source, source.text(), 1),
                  {.here = {"", beside}, .beside = beside}, seen);
}

}  // namespace

extern const Language language_shell{
    .id = "shell", .title = "shell", .has = has, .words = {}, .look = look, .interpreters = interpreters};

}  // namespace sluice::env
