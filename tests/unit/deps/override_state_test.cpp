// SPDX-License-Identifier: Apache-2.0
#include "deps/override_state.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace sluice::deps;

namespace {

using Kind = DeadOverride::Kind;

/// A project that asks for a ^1.2.0, which asks for target.
struct Project
{
  explicit Project(std::string_view target_version, std::string_view target_range)
  {
    root = add("", "", Part::root);
    a = add("a", "1.2.0");
    target = add("target", target_version);
    list.need(root, a, Scope::runtime, "^1.2.0");
    list.need(a, target, Scope::runtime, target_range);
  }

  PackageId
  add(std::string_view name, std::string_view version, Part part = Part::third_party)
  {
    Package package;
    package.ecosystem = "npm";
    package.name = name;
    package.version = version;
    package.part = part;
    return list.add(package);
  }

  [[nodiscard]] std::vector<Kind>
  dead(const std::vector<NodeOverride>& overrides, Installer installer = Installer::npm) const
  {
    std::vector<Kind> kinds;
    for (const DeadOverride& each : dead_overrides(installer, overrides, list)) {
      kinds.push_back(each.kind);
    }
    return kinds;
  }

  PackageList list;
  PackageId root = 0, a = 0, target = 0;
};

NodeOverride
entry(std::string name, std::string value, std::string within = {}, std::string asked = {})
{
  NodeOverride override;
  override.key = within + ">" + name + "@" + asked;
  override.name = std::move(name);
  override.value = std::move(value);
  override.within = std::move(within);
  override.asked = std::move(asked);
  override.table = "overrides";
  return override;
}

using Kinds = std::vector<Kind>;

}  // namespace

TEST_CASE("an override that raises what a package asks for is alive")
{
  const Project project("1.4.2", "1.4.0");
  CHECK(project.dead({entry("target", "1.4.2")}).empty());
  CHECK(project.dead({entry("target", "^1.4.1")}).empty());
  CHECK(project.dead({entry("target", "1.4.2", "a")}).empty());
}

TEST_CASE("an override of what the lockfile does not have is dead, and so is one below what does not lead to it")
{
  Project project("1.4.2", "1.4.0");
  project.add("lone", "1.0.0");
  CHECK(project.dead({entry("absent", "1.0.0")}) == Kinds{Kind::no_package});
  CHECK(project.dead({entry("target", "1.4.2", "absent")}) == Kinds{Kind::no_package});
  CHECK(project.dead({entry("target", "1.4.2", "lone")}) == Kinds{Kind::no_package});
  CHECK(project.dead({entry("target", "npm:other@1.0.0")}) == Kinds{Kind::no_package});
  CHECK(project.dead({entry("target", "1.9.0", "", "^3")}) == Kinds{Kind::no_package});
}

TEST_CASE("addresses, removals and tags are not judged")
{
  const Project project("1.4.2", "1.4.0");
  CHECK(project
            .dead({entry("target", "file:../target"), entry("gone", "-"), entry("other", "github:o/n"),
                   entry("tagged", "latest")})
            .empty());
}

TEST_CASE("an override of which no entry is was not applied")
{
  const Project project("1.4.0", "1.4.0");
  CHECK(project.dead({entry("target", "1.4.2")}) == Kinds{Kind::not_applied});
  CHECK(project.dead({entry("target", "1.4.2", "", "^1")}) == Kinds{Kind::not_applied});
}

TEST_CASE("an override is overtaken where all that need the package ask for later versions, or for no others")
{
  CHECK(Project("1.4.2", "^1.5.0").dead({entry("target", "1.4.2")}) == Kinds{Kind::overtaken});
  CHECK(Project("1.6.0", "^1.5.0").dead({entry("target", ">=1.4.2")}) == Kinds{Kind::overtaken});
  CHECK(Project("1.4.2", "^1.4.2").dead({entry("target", "1.4.2")}).empty());
  Project two("1.4.2", "^1.5.0");
  two.list.need(two.root, two.target, Scope::runtime, "^1.4.0");
  CHECK(two.dead({entry("target", "1.4.2")}).empty());
  Project untold("1.4.2", "^1.5.0");
  untold.list.need(untold.root, untold.target);
  CHECK(untold.dead({entry("target", "1.4.2")}).empty());
  NodeOverride reference = entry("target", "1.4.2");
  reference.is_reference = true;
  CHECK(Project("1.4.2", "^1.5.0").dead({reference}).empty());
}

TEST_CASE("the first entry that fits counts for npm and Yarn, and the last of two that are the same")
{
  const Project project("1.4.2", "1.4.0");
  CHECK(project.dead({entry("target", "1.4.2"), entry("target", "1.4.2", "", "^1")}) == Kinds{Kind::shadowed});
  CHECK(project.dead({entry("target", "1.4.2", "", "^1"), entry("target", "1.4.2")}).empty());
  CHECK(project.dead({entry("target", "1.4.1"), entry("target", "1.4.2")}) == Kinds{Kind::shadowed});
  CHECK(project.dead({entry("target", "1.4.2"), entry("target", "1.4.2", "a")}).empty());
  CHECK(project.dead({entry("target", "1.4.2"), entry("target", "1.4.2", "a")}, Installer::yarn_classic)
        == Kinds{Kind::shadowed});
  CHECK(project.dead({entry("target", "1.4.2", "a"), entry("target", "1.4.2")}, Installer::yarn_classic).empty());
}

TEST_CASE("entries below different versions of a package are each for their own")
{
  const Project project("1.4.2", "1.4.0");
  NodeOverride first = entry("target", "1.4.2", "a");
  first.key = "a@1 > target";
  NodeOverride second = entry("target", "1.4.2", "a");
  second.key = "a > target";
  CHECK(project.dead({first, second}).empty());
  CHECK(project.dead({first, second}, Installer::yarn_berry).empty());
}

TEST_CASE("what the lockfile of pnpm or Bun was not made with is told")
{
  Project project("1.4.2", "1.4.0");
  NodeOverride override = entry("target", "1.4.2");
  override.key = "target";
  CHECK(project.dead({override}, Installer::pnpm) == Kinds{Kind::not_applied});
  project.list.override_by({"target", "1.4.1"});
  CHECK(project.dead({override}, Installer::pnpm) == Kinds{Kind::not_applied});
  Project made("1.4.2", "1.4.0");
  made.list.override_by({"target", "1.4.2"});
  CHECK(made.dead({override}, Installer::bun).empty());
}

TEST_CASE("an override pins a package where it names the version and not the one that is clean")
{
  const Project project("1.4.2", "1.4.0");
  WayFinder finder(project.list);
  const std::array entries{project.target};
  const auto is_pinned = [&](const NodeOverride& override, const std::optional<std::string>& clean) {
    return pinning({override}, project.list, finder, entries, clean) != nullptr;
  };
  CHECK(is_pinned(entry("target", "1.4.2"), "1.4.3"));
  CHECK(is_pinned(entry("target", "1.4.2"), std::nullopt));
  CHECK(is_pinned(entry("other", "npm:target@1.4.2"), "1.4.3"));
  CHECK_FALSE(is_pinned(entry("target", "^1.4.2"), "1.4.3"));
  CHECK_FALSE(is_pinned(entry("target", "1.4.1"), "1.4.3"));
  CHECK_FALSE(is_pinned(entry("other", "1.4.2"), "1.4.3"));
  CHECK(is_pinned(entry("target", "1.4.2", "a"), "1.4.3"));
  CHECK_FALSE(is_pinned(entry("target", "1.4.2", "b"), "1.4.3"));
}
