// SPDX-License-Identifier: Apache-2.0
//
// What workflows and composite actions use: other repositories at a tag, a branch or a commit, and images. A tag is
// whatever its owner says today; a commit is what was reviewed, and the version that the comment beside it names is
// what its author believed, which is the best that can be judged offline.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/action_reference.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

namespace sluice::deps {

namespace {

/// "owner/repo@ref" of everything that the repository's lock of actions pins.
std::set<std::string, std::less<>>
locked_actions(const LockText& file)
{
  std::set<std::string, std::less<>> locked;
  const Surroundings root(file.around.tree(), "");
  const auto text = root.read(".github/workflows/actions.lock");
  if (!text) {
    return locked;
  }
  if (const auto documents = read_yaml_data(*text); documents && documents->size() == 1) {
    for (const Value entry : documents->front().root()["dependencies"]) {
      locked.emplace(entry.key());
    }
  }
  return locked;
}

class WorkflowReader
{
public:
  WorkflowReader(const LockText& file, PackageList& list)
      : list_(list),
        lines_(lines_of(file.text)),
        locked_(locked_actions(file))
  {}

  void
  run(const Value& root)
  {
    for (const Value job : root["jobs"]) {
      take(job["uses"]);
      take_image(job["container"]);
      take_image(job["container"]["image"]);
      for (const Value service : job["services"]) {
        take_image(service["image"]);
      }
      take_steps(job["steps"]);
    }
    take_steps(root["runs"]["steps"]);
    if (const std::string_view image = root["runs"]["image"].text(); image.starts_with("docker://")) {
      take(root["runs"]["image"]);
    }
  }

private:
  void
  take_steps(const Value& steps)
  {
    for (const Value step : steps) {
      take(step["uses"]);
      take_tools(step);
    }
  }

  void
  take(const Value& uses)
  {
    const ActionReference reference = parse_action_reference(uses.text());
    switch (reference.kind) {
    case ActionReference::Kind::image:
      list_.refer({Reference::Kind::action, uses.text(), uses.line(), has_digest(reference.name)});
      break;
    case ActionReference::Kind::repository:
      take_repository(uses, reference);
      break;
    case ActionReference::Kind::own:
      break;
    case ActionReference::Kind::unknown:
      if (uses) {
        list_.gap(GapKind::unjudged, uses.line(),
                  fmt::format("{} names no action of a repository at a version", printable(uses.scalar())),
                  "Write it as owner/repository@version");
      }
      break;
    }
  }

  void
  take_repository(const Value& uses, const ActionReference& reference)
  {
    const bool is_locked = locked_.contains(uses.text());
    const bool is_commit = is_commit_id(reference.ref);
    list_.refer({Reference::Kind::action, uses.text(), uses.line(), is_commit || is_locked});
    if (is_locked) {
      return;  // the lock lists it
    }
    const std::string_view version = is_commit ? version_in_comment(line_at(uses.line())) : std::string_view();
    Package package;
    package.ecosystem = "GitHub Actions";
    package.name = list_.keep(reference.name);
    package.version = version.empty() ? reference.ref : version;
    package.scope = Scope::build;
    package.is_direct = true;
    package.line = uses.line();
    package.integrity = is_commit ? reference.ref : std::string_view();
    list_.add(package);
  }

  void
  take_image(const Value& image)
  {
    const std::string_view text = image.text();
    if (!text.empty() && text.find("${{") == std::string_view::npos) {
      list_.refer({Reference::Kind::image, text, image.line(), has_digest(text)});
    }
  }

  /// `with: version: latest` of an action that sets up a tool.
  void
  take_tools(const Value& step)
  {
    for (const Value input : step["with"]) {
      const std::string_view key = input.key();
      const bool is_version = key == "version" || key.ends_with("-version") || key.ends_with("_version");
      const std::string word = to_lower(input.scalar());
      if (is_version && (word == "latest" || word == "stable" || word == "nightly" || word == "canary")) {
        list_.refer({Reference::Kind::tool,
                     list_.keep(fmt::format("{} with {}: {}", step["uses"].text(), key, input.scalar())), input.line(),
                     false});
      }
    }
  }

  [[nodiscard]] std::string_view
  line_at(std::uint32_t number) const
  {
    return number == 0 || number > lines_.size() ? std::string_view() : lines_[number - 1];
  }

  PackageList& list_;
  std::vector<std::string_view> lines_;
  std::set<std::string, std::less<>> locked_;
};

bool
has_steps(Value part, PackageList& list)
{
  return has_shape(part["steps"], Data::Kind::list, list) && have_shape(part["steps"], Data::Kind::table, list);
}

bool
has_known_shape(Value root, PackageList& list)
{
  const Value jobs = root["jobs"];
  if (!has_shape(jobs, Data::Kind::table, list) || !have_shape(jobs, Data::Kind::table, list)) {
    return false;
  }
  for (const Value job : jobs) {
    const Value services = job["services"];
    const bool is_expression = services.text().find("${{") != std::string_view::npos;
    if (!has_steps(job, list)
        || (!is_expression
            && (!has_shape(services, Data::Kind::table, list) || !have_shape(services, Data::Kind::table, list)))) {
      return false;
    }
  }
  return has_shape(root["runs"], Data::Kind::table, list) && has_steps(root["runs"], list);
}

void
read(const LockText& file, PackageList& list)
{
  const auto documents = yaml_documents(file, list);
  if (!documents) {
    return;
  }
  for (const Data& document : *documents) {
    if (!has_known_shape(document.root(), list)) {
      return;
    }
    WorkflowReader(file, list).run(document.root());
  }
}

constexpr std::array<std::string_view, 4> paths{".github/workflows/*.yml", ".github/workflows/*.yaml", "action.yml",
                                                "action.yaml"};

}  // namespace

extern const Lockfile lockfile_github_workflow{.id = "github-workflow",
                                               .title = "GitHub workflows and actions",
                                               .purpose = Purpose::pipeline,
                                               .hashed = Hashed::some,
                                               .weak_hash = WeakHash::as_good_as_it_gets,
                                               .manifest = ManifestKind::itself,
                                               .installer = Installer::other,
                                               .paths = paths,
                                               .read = read,
                                               .has_versions_in_comments = true};

}  // namespace sluice::deps
