// SPDX-License-Identifier: Apache-2.0
//
// Pipelines of GitLab. Every job gets every variable of the project's settings, so that all of them receive all.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

using script::NameSet;

constexpr auto extensions = std::to_array<std::string_view>({".yml", ".yaml"});
constexpr auto script_keys =
    std::to_array<std::string_view>({"before_script", "script", "after_script", "pre_get_sources_script"});

bool
has(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  return has_extension(path, extensions)
         && (name.find(".gitlab-ci.") != std::string_view::npos || path.starts_with(".gitlab/ci/")
             || path.find("/.gitlab/ci/") != std::string_view::npos);
}

bool
is_script(std::string_view key)
{
  return std::find(script_keys.begin(), script_keys.end(), key) != script_keys.end();
}

/// Looks at a table of the file, and keeps what its scripts set for those behind them.
class Pipeline
{
public:
  Pipeline(const gate::SourceText& source, Sightings& seen)
      : source_(source),
        seen_(seen)
  {}

  void
  look(Value root)
  {
    for (const Value member : root.is_table() ? root : Value()) {
      own_.clear();
      job_ = Job{
          .name = std::string(member.key()), .line = member.line(), .received = {}, .receives_all = true, .runs = {}};
      if (member.key() == "variables") {
        variables(member);
      } else if (is_script(member.key())) {
        scripts(member, 0);
      } else {
        value(member);
      }
      if (!job_.runs.empty()) {
        seen_.job(std::move(job_));
      }
    }
  }

private:
  void
  value(Value value)
  {
    if (value.is_text()) {
      read_references(source_, value, seen_);
    }
    for (const Value member : value) {
      if (is_script(member.key())) {
        scripts(member, 0);
      } else if (member.key() == "variables") {
        variables(member);
      } else if (member.key() != "description") {
        this->value(member);
      }
    }
  }

  /// A value, or a table with `value` and `description`.
  void
  variables(Value table)
  {
    each_member(table, [&](Value variable) {
      const Value given = variable.is_table() ? variable["value"] : variable;
      seen_.give(variable.key(), variable.line(), plain_literal(given));
      if (given.is_text()) {
        read_references(source_, given, seen_);
      }
    });
  }

  /// A script, or a list of them within each other, which run one after the other.
  void
  scripts(Value value, int depth)
  {
    if (value.is_text()) {
      run(value);
    }
    for (const Value each : value.is_list() && depth < 10 ? value : Value()) {
      scripts(each, depth + 1);
    }
  }

  void
  run(Value text)
  {
    const std::string script = without_holes(text.text(), "$[[", "]]");
    const script::Standing standing{.here = {""}, .beside = ""};
    const script::Lines lines = lines_of_text(source_, text);
    const script::Facts facts = script::look_at(script, {.own = &own_}, lines, standing, seen_);
    own_.insert(facts.set.begin(), facts.set.end());
    for (const script::Facts::File& file : facts.runs) {
      for (std::string& path : script::paths_of(file, standing)) {
        job_.runs.push_back({std::move(path), lines.line_of(file.at, file_name_of(file.path)), {}});
      }
    }
  }

  const gate::SourceText& source_;
  Sightings& seen_;
  NameSet own_;
  Job job_;
};

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (const Data& document : yaml_of(source, seen)) {
    Pipeline(source, seen).look(document.root());
  }
}

}  // namespace

extern const Language language_gitlab_ci{
    .id = "gitlab-ci", .title = "GitLab CI", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
