// SPDX-License-Identifier: Apache-2.0
//
// .github/workflows/actions.lock, which `gh actions-lock` writes and the runner obeys (docs.github.com, "Workflow
// dependency lockfiles"): every action that a workflow uses, and what those use, each at a commit.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/action_reference.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

class LockReader
{
public:
  LockReader(const Value& root, PackageList& list)
      : root_(root),
        list_(list)
  {}

  void
  run()
  {
    Package project;
    project.part = Part::root;
    const PackageId from = list_.add(project);
    for (const Value entry : root_["dependencies"]) {
      add(entry);
    }
    for (const Value workflow : root_["workflows"]) {
      for (const Value uses : workflow) {
        need(from, uses);
      }
    }
    for (const Value entry : root_["dependencies"]) {
      const auto found = ids_.find(entry.key());
      for (const Value uses : entry["uses"]) {
        if (found != ids_.end()) {
          need(found->second, uses);
        }
      }
    }
  }

private:
  void
  add(const Value& entry)
  {
    const ActionReference reference = parse_action_reference(entry.key());
    if (reference.kind != ActionReference::Kind::repository) {
      list_.gap(GapKind::unparsable, entry.line(), fmt::format("{} names no action", printable(entry.key())));
      return;
    }
    Package package;
    package.ecosystem = "GitHub Actions";
    package.name = list_.keep(reference.name);
    // The workflow names the key, and the commit is taken for it.
    const std::string_view ref = entry["ref"].scalar();
    package.version = reference.ref;
    if (!ref.empty() && ref != reference.ref) {
      list_.gap(GapKind::unjudged, entry.line(),
                fmt::format("{} says that it is {}", printable(entry.key()), printable(ref)),
                "Make the lock anew with `gh actions-lock`");
    }
    package.scope = Scope::build;
    package.line = entry.line();
    package.integrity = entry["commit"].text();
    if (package.integrity.empty()) {
      list_.gap(GapKind::unparsable, entry.line(), fmt::format("{} has no commit", printable(entry.key())),
                "Make the lock anew with `gh actions-lock`");
    }
    ids_.insert_or_assign(entry.key(), list_.add(package));
  }

  void
  need(PackageId from, const Value& uses)
  {
    if (const auto found = ids_.find(uses.text()); found != ids_.end()) {
      list_.need(from, found->second, Scope::build);
    } else if (parse_action_reference(uses.text()).kind == ActionReference::Kind::repository) {
      list_.gap(GapKind::unparsable, uses.line(), fmt::format("{} is named and not locked", printable(uses.text())),
                "Make the lock anew with `gh actions-lock`");
    }
  }

  const Value& root_;
  PackageList& list_;
  std::unordered_map<std::string_view, PackageId> ids_;
};

bool
has_known_shape(Value root, PackageList& list)
{
  const Value dependencies = root["dependencies"];
  const Value workflows = root["workflows"];
  if (!has_shape(dependencies, Data::Kind::table, list) || !have_shape(dependencies, Data::Kind::table, list)
      || !has_shape(workflows, Data::Kind::table, list) || !have_shape(workflows, Data::Kind::list, list)) {
    return false;
  }
  for (const Value entry : dependencies) {
    if (!has_shape(entry["uses"], Data::Kind::list, list)) {
      return false;
    }
  }
  return true;
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = yaml_document(file, list);
  if (!root) {
    return;
  }
  const std::string_view version = root["version"].scalar();
  if (!version.starts_with("v0.0.")) {
    refuse_version(list, root["version"], "version");
    return;
  }
  if (!root["dependencies"]) {
    list.refuse(GapKind::unparsable, 1, "it has no `dependencies`", "Make the lock anew with `gh actions-lock`");
    return;
  }
  if (has_known_shape(root, list)) {
    LockReader(root, list).run();
  }
}

constexpr std::array<std::string_view, 1> paths{".github/workflows/actions.lock"};

}  // namespace

extern const Lockfile lockfile_actions_lock{.id = "actions-lock",
                                            .title = "GitHub actions.lock",
                                            .purpose = Purpose::pipeline,
                                            .hashed = Hashed::some,
                                            .weak_hash = WeakHash::as_good_as_it_gets,
                                            .manifest = ManifestKind::not_searched,
                                            .installer = Installer::other,
                                            .paths = paths,
                                            .read = read};

}  // namespace sluice::deps
