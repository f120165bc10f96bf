// SPDX-License-Identifier: Apache-2.0
//
// Taskfiles (taskfile.dev), whose commands a shell of POSIX runs once `{{…}}` is replaced, and which loads dotenv files
// with joho/godotenv.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr auto names = std::to_array<std::string_view>(
    {"Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml", "Taskfile.dist.yml", "Taskfile.dist.yaml"});
constexpr auto keys_of_scripts =
    std::to_array<std::string_view>({"cmds", "cmd", "sh", "status", "preconditions", "defer"});

bool
has(std::string_view path)
{
  return std::find(names.begin(), names.end(), file_name_of(path)) != names.end();
}

class Reader
{
public:
  Reader(const gate::SourceText& source, Sightings& seen)
      : source_(source),
        seen_(seen),
        directory_(directory_of(source.path()))
  {}

  void
  look(Value value)
  {
    for (const Value member : value) {
      const std::string_view key = member.key();
      if (key == "env") {
        give(member);
      } else if (key == "dotenv") {
        load(member);
      } else if (std::find(keys_of_scripts.begin(), keys_of_scripts.end(), key) != keys_of_scripts.end()) {
        scripts(member);
      } else {
        look(member);
      }
    }
  }

private:
  void
  give(Value table)
  {
    each_member(table, [&](Value member) {
      seen_.give(member.key(), member.line(), plain_literal(member));
      if (member["sh"].is_text()) {
        run(member["sh"]);
      }
    });
  }

  void
  load(Value list)
  {
    for (const Value path : list) {
      auto resolved = resolved_in(directory_, path.text());
      if (resolved && path.is_text() && path.text().find("{{") == std::string_view::npos) {
        seen_.load({*std::move(resolved), "godotenv", path.line(), "Taskfile dotenv", Load::To::own});
      }
    }
  }

  /// A command, a list of commands, or tables that hold them.
  void
  scripts(Value value)
  {
    if (value.is_text()) {
      run(value);
    } else if (value.is_table()) {
      look(value);
    }
    for (const Value each : value.is_list() ? value : Value()) {
      scripts(each);
    }
  }

  void
  run(Value text)
  {
    const std::string script = without_holes(text.text(), "{{", "}}");
    script::look_at(script, {}, lines_of_text(source_, text), script::in_directory_of(source_), seen_);
  }

  const gate::SourceText& source_;
  Sightings& seen_;
  std::string directory_;
};

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (const Data& document : yaml_of(source, seen)) {
    Reader(source, seen).look(document.root());
  }
}

}  // namespace

extern const Language language_taskfile{.id = "taskfile", .title = "Taskfile", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
