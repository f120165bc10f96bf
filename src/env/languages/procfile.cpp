// SPDX-License-Identifier: Apache-2.0
//
// A line for each process: its name and a command for the shell.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/script/telling.hpp"

namespace sluice::env {

namespace {

bool
has(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  return name == "Procfile" || name.starts_with("Procfile.");
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (const std::string_view line : lines_of(source.text())) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.starts_with('#')) {
      continue;
    }
    const std::string_view command = line.substr(colon + 1);
    script::look_at(command, {.dialect = "dash"}, script::Lines(source, command, 1), script::in_directory_of(source),
                    seen);
  }
}

}  // namespace

extern const Language language_procfile{.id = "procfile", .title = "Procfile", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
