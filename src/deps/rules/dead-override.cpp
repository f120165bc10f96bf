// SPDX-License-Identifier: Apache-2.0
#include "deps/override_state.hpp"
#include "deps/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

std::string_view
help_of(DeadOverride::Kind kind)
{
  switch (kind) {
  case DeadOverride::Kind::no_package:
    return "Remove it, or name the package as the lockfile does";
  case DeadOverride::Kind::not_applied:
    return "Make the lockfile anew with it, or remove it";
  case DeadOverride::Kind::shadowed:
    return "Remove one of the two, or put the narrower one first";
  case DeadOverride::Kind::overtaken:
    break;
  }
  return "Remove it, so that updates are not held back";
}

std::vector<DeadOverride>
dead_before(const LockedFile& file, const std::vector<NodeOverride>& overrides)
{
  return file.before ? dead_overrides(file.format->installer, overrides, *file.before) : std::vector<DeadOverride>();
}

/// Whether the base has the same text in the same table, and it was as dead.
bool
was_dead(const NodeOverride& override, const std::vector<DeadOverride>& before)
{
  return std::any_of(before.begin(), before.end(), [&override](const DeadOverride& each) {
    return each.override->key == override.key && each.override->value == override.value
           && each.override->table == override.table;
  });
}

Finding
finding_of(const Rule& rule, const LockedFile& file, const DeadOverride& dead)
{
  const NodeOverride& override = *dead.override;
  Finding finding;
  finding.rule = &rule.meta;
  finding.where = {.path = override.path, .begin = {override.line, 0}, .end = {override.line, 0}};
  finding.message = fmt::format(
      "{} of {}{}{} {}: {}", override.table, override.key, override.value.empty() ? "" : " by ", override.value,
      dead.kind == DeadOverride::Kind::overtaken ? "is overtaken" : "has no effect", dead.why);
  finding.help = help_of(dead.kind);
  finding.facts = {{"package", "package", override.name}, {"lockfile", "lockfile", file.list.path}};
  finding.fingerprint = make_fingerprint(
      rule.meta.id, std::array<std::string_view, 4>{override.table, override.key, override.value, override.path});
  return finding;
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  const gate::ChangeTree* tree = audit.locked->tree;
  for (const LockedFile& file : audit.locked->files) {
    if (file.list.is_refused()) {
      continue;
    }
    const std::vector<NodeOverride> overrides = overrides_beside(file, tree);
    const std::vector<DeadOverride> dead = dead_overrides(file.format->installer, overrides, file.list);
    if (dead.empty()) {
      continue;
    }
    const std::vector<NodeOverride> old = overrides_before(file, tree);
    const std::vector<DeadOverride> before = dead_before(file, old);
    for (const DeadOverride& each : dead) {
      Finding finding = finding_of(rule, file, each);
      finding.is_older = was_dead(*each.override, before);
      found.push_back(std::move(finding));
    }
  }
}

constexpr std::array<std::string_view, 4> references{
    "https://docs.npmjs.com/cli/configuring-npm/package-json#overrides",
    "https://yarnpkg.com/configuration/manifest#resolutions", "https://pnpm.io/settings#overrides",
    "https://bun.sh/docs/install/overrides"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_dead_override{
    .meta =
        {.id = "dead-override",
         .title = "An override of a dependency does nothing, or holds it back",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(An entry of `overrides` or `resolutions` names a package that the lockfile does not have, was not used when the
lockfile was made, stands behind another that counts in its place, or pins a version where all that need the package ask
for a later one, or for no other, by themselves.)",
              .why =
                  R"(An override is how a hole in a transitive dependency is closed. One that does nothing is taken for a fix that is not there,
and one that is overtaken keeps later fixes away.)",
              .instead = R"(Remove it, or make the lockfile anew with it.)",
              .known_problems =
                  R"(pnpm does not write down what packages ask of each other, so that there only what the project and peers ask for
can tell that an override is overtaken.)",
              .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
