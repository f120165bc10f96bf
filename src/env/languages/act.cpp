// SPDX-License-Identifier: Apache-2.0
//
// `.actrc` holds an option of act on each line. Without one act reads `.env`, `.secrets` and `.vars`, with
// joho/godotenv 1.5.1 (nektos/act, cmd/root.go).
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/script/telling.hpp"

namespace sluice::env {

namespace {

bool
has(std::string_view path)
{
  return file_name_of(path) == ".actrc";
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const std::string directory(directory_of(source.path()));
  for (const std::string_view name : {".env", ".secrets", ".vars"}) {
    seen.load({path_in(directory, name), "godotenv", 1, "act", Load::To::unknown});
  }
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    const std::string_view line = trim(source.line(number));
    if (line.starts_with('-')) {
      const std::string command = "act " + std::string(line);
      script::look_at(command, {}, script::Lines(source, command, number), script::in_directory_of(source), seen);
    }
  }
}

}  // namespace

extern const Language language_act{.id = "act", .title = "act", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
