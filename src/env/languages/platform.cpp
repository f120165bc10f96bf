// SPDX-License-Identifier: Apache-2.0
//
// Configurations of platforms that give variables to what they run. Each row is of the platform's own reference.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

enum class Form { json, toml, yaml };

/// Where a file has a table of variables: keys separated by blanks, `*` for any.
struct Place
{
  std::string_view file;
  Form form;
  std::string_view path;
};

constexpr auto places = std::to_array<Place>({
    {"vercel.json", Form::json, "env"},
    {"vercel.json", Form::json, "build env"},
    {"vercel.toml", Form::toml, "env"},
    {"vercel.toml", Form::toml, "build env"},
    {"now.json", Form::json, "env"},
    {"netlify.toml", Form::toml, "build environment"},
    {"netlify.toml", Form::toml, "context * environment"},
    {"fly.toml", Form::toml, "env"},
    {"wrangler.toml", Form::toml, "vars"},
    {"wrangler.toml", Form::toml, "env * vars"},
    {"wrangler.json", Form::json, "vars"},
    {"wrangler.json", Form::json, "env * vars"},
    {"wrangler.jsonc", Form::json, "vars"},
    {"wrangler.jsonc", Form::json, "env * vars"},
    {"app.json", Form::json, "env"},
    {"app.json", Form::json, "environments * env"},
    {"app.yaml", Form::yaml, "env_variables"},
    {"app.yaml", Form::yaml, "build_env_variables"},
    {"serverless.yml", Form::yaml, "provider environment"},
    {"serverless.yml", Form::yaml, "functions * environment"},
    {"render.yaml", Form::yaml, "services * envVars"},
    {"render.yaml", Form::yaml, "envVarGroups * envVars"},
    {"eas.json", Form::json, "build * env"},
});

bool
has(std::string_view path)
{
  return std::any_of(places.begin(), places.end(),
                     [path](const Place& place) { return place.file == file_name_of(path); });
}

/// A table of variables, or a list of tables with `key`.
void
give(const gate::SourceText& source, Value value, Sightings& seen)
{
  if (value.is_table()) {
    give_environment(source, value, WithoutValue::gives, seen);
  }
  for (const Value item : value.is_list() ? value : Value()) {
    if (item["key"].is_text()) {
      seen.give(item["key"].text(), item["key"].line(), plain_literal(item["value"]));
    }
  }
}

void
look_at(const gate::SourceText& source, Value value, std::string_view path, Sightings& seen)
{
  if (path.empty()) {
    give(source, value, seen);
    return;
  }
  const std::size_t end = std::min(path.find(' '), path.size());
  const std::string_view key = path.substr(0, end);
  const std::string_view rest = path.substr(std::min(end + 1, path.size()));
  if (key != "*") {
    look_at(source, value[key], rest, seen);
    return;
  }
  for (const Value each : value) {
    look_at(source, each, rest, seen);
  }
}

void
look_at_places(const gate::SourceText& source, const Data& data, Sightings& seen)
{
  for (const Place& place : places) {
    if (place.file == file_name_of(source.path())) {
      look_at(source, data.root(), place.path, seen);
    }
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const auto place = std::find_if(places.begin(), places.end(),
                                  [&](const Place& each) { return each.file == file_name_of(source.path()); });
  const Form form = place == places.end() ? Form::json : place->form;
  if (form == Form::yaml) {
    for (const Data& document : yaml_of(source, seen)) {
      look_at_places(source, document, seen);
    }
    return;
  }
  const auto data =
      form == Form::json ? read_json_data(source.text(), JsonDialect::with_comments) : read_toml_data(source.text());
  if (!data) {
    seen.gap(std::max(data.error().line, 1U), data.error().what);
    return;
  }
  look_at_places(source, *data, seen);
}

}  // namespace

extern const Language language_platform{
    .id = "platform", .title = "platform configuration", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
