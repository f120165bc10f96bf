// SPDX-License-Identifier: Apache-2.0
//
// The scripts of package.json, which a shell runs in its directory.
#include "base/tree_path.hpp"
#include "env/document.hpp"

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 1> words{"\"scripts\""};

bool
has(std::string_view path)
{
  return file_name_of(path) == "package.json";
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const auto data = json_of(source, seen);
  if (!data) {
    return;
  }
  const Value scripts = data->root()["scripts"];
  for (const Value script : scripts.is_table() ? scripts : Value()) {
    script::look_at(script.text(), {}, script::Lines(source, script.text(), script.line()),
                    script::in_directory_of(source), seen);
  }
}

}  // namespace

extern const Language language_package_json{
    .id = "package-json", .title = "package.json", .has = has, .words = words, .look = look};

}  // namespace sluice::env
