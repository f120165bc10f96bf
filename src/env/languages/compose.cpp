// SPDX-License-Identifier: Apache-2.0
//
// Compose files, as https://docs.docker.com/reference/compose-file/ and its chapter on interpolation have them.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".yml", ".yaml"});
constexpr std::string_view how_interpolated = "docker compose";
constexpr std::string_view how_given = "env_file";

bool
has(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return has_extension(path, extensions)
         && (name.starts_with("compose.") || name.starts_with("compose-") || name.starts_with("docker-compose")
             || stem.ends_with("docker-compose") || stem.ends_with(".compose"));
}

void
load(const gate::SourceText& source, Value path, std::string_view dialect, Load::To to, Sightings& seen)
{
  auto resolved = resolved_in(directory_of(source.path()), path.text());
  if (resolved && !path.text().empty()) {
    seen.load({*std::move(resolved), dialect, path.line(), how_given, to});
  }
}

/// A path, or a list of paths and of tables with `path` and `format`.
void
look_at_env_file(const gate::SourceText& source, Value service, Sightings& seen)
{
  // What runs an image of others gives the keys to a program that is not here.
  const Load::To to = member_of(service, "build") ? Load::To::own : Load::To::foreign;
  const Value files = member_of(service, "env_file");
  if (files.is_text()) {
    load(source, files, "compose", to, seen);
  }
  for (const Value file : files.is_list() ? files : Value()) {
    const bool is_raw = file["format"].text() == "raw";
    load(source, file.is_table() ? file["path"] : file, is_raw ? "docker" : "compose", to, seen);
  }
}

void
look_at_service(const gate::SourceText& source, Value service, Sightings& seen)
{
  give_environment(source, member_of(service, "environment"), WithoutValue::reads, seen);
  give_environment(source, member_of(service, "build")["args"], WithoutValue::reads, seen);
  look_at_env_file(source, service, seen);
}

/// Secrets and configurations whose content is a variable.
void
look_at_contents(Value contents, Sightings& seen)
{
  each_member(contents, [&](Value content) {
    const Value name = content["environment"];
    if (name.is_text()) {
      seen.read(name.text(), name.line());
    }
  });
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (const Data& document : yaml_of(source, seen)) {
    const Value root = document.root();
    if (!root["services"] && !root["include"]) {
      continue;
    }
    seen.load({path_in(directory_of(source.path()), ".env"), "compose", 1, how_interpolated, Load::To::unknown});
    each_member(root["services"], [&](Value service) { look_at_service(source, service, seen); });
    look_at_contents(root["secrets"], seen);
    look_at_contents(root["configs"], seen);
    each_text(root, [&](Value text) { read_references(source, text, seen); });
  }
}

}  // namespace

extern const Language language_compose{.id = "compose", .title = "Compose", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
