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
  return has_extension(path, extensions);
}

bool
is_named_so(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return name.starts_with("compose.") || name.starts_with("compose-") || name.starts_with("docker-compose")
         || stem.ends_with("-compose") || stem.ends_with("_compose") || stem.ends_with(".compose");
}

/// Whether a line of the text is this key at the outermost level, without a value behind it.
bool
has_table(std::string_view text, std::string_view key)
{
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    const bool is_first = at == 0 || text[at - 1] == '\n';
    const std::size_t behind = text.find_first_not_of(" \t\r", at + key.size());
    if (is_first && (behind == std::string_view::npos || is_any_of(text[behind], "\n#"))) {
      return true;
    }
  }
  return false;
}

/// By its name, or because it has services, whatever it is called.
bool
is(std::string_view path, std::string_view text)
{
  return is_named_so(path)
         || (has_table(text, "services:")
             && (text.find(" image:") != std::string_view::npos || text.find(" build:") != std::string_view::npos));
}

/// Whether a document that is not named so is one of compose: a service has an image or is built. Pipelines have
/// services beside their steps.
bool
has_services(Value root)
{
  bool has = false;
  each_member(root["services"], [&](Value service) {
    has = has || member_of(service, "image").is_text() || member_of(service, "build");
  });
  return has && !root["steps"] && !root["pipeline"] && !root["jobs"];
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

/// A file that is not named so and is no YAML is a template of something, and none of compose as far as can be told.
std::vector<Data>
documents_of(const gate::SourceText& source, Sightings& seen)
{
  if (is_named_so(source.path())) {
    return yaml_of(source, seen);
  }
  auto documents = read_yaml_data(source.text());
  return documents ? *std::move(documents) : std::vector<Data>();
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (const Data& document : documents_of(source, seen)) {
    const Value root = document.root();
    const bool is_named = is_named_so(source.path());
    if (is_named ? !root["services"] && !root["include"] : !has_services(root)) {
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

extern const Language language_compose{
    .id = "compose", .title = "Compose", .has = has, .words = {}, .look = look, .is = is};

}  // namespace sluice::env
