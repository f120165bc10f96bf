// SPDX-License-Identifier: Apache-2.0
#include "deps/fix_route.hpp"

#include "deps/override_state.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

constexpr std::size_t most_holds = 5;

std::vector<NodeOverride>
overrides_in(const gate::FileTree& files, const LockedFile& file, const std::string& prefix)
{
  const Surroundings around(files, std::string_view(file.list.path).substr(prefix.size()));
  std::vector<NodeOverride> overrides = read_node_overrides(file.format->installer, around);
  for (NodeOverride& each : overrides) {
    each.path.insert(0, prefix);
  }
  return overrides;
}

}  // namespace

std::vector<NodeOverride>
overrides_beside(const LockedFile& file, const gate::ChangeTree* tree)
{
  return tree == nullptr ? std::vector<NodeOverride>() : overrides_in(*tree->after, file, tree->prefix);
}

std::vector<NodeOverride>
overrides_before(const LockedFile& file, const gate::ChangeTree* tree)
{
  return tree == nullptr || tree->before == nullptr ? std::vector<NodeOverride>()
                                                    : overrides_in(*tree->before, file, tree->prefix);
}

FixRoutes::FixRoutes(const LockedFile& file, const gate::ChangeTree* tree, WayFinder& finder, ManifestLines& lines)
    : file_(file),
      finder_(finder),
      lines_(lines),
      overrides_(overrides_beside(file, tree))
{}

FixRoute
FixRoutes::to(std::span<const PackageId> entries, const std::optional<std::string>& clean)
{
  FixRoute route;
  if (clean) {
    route.holds = holds_of(file_.list, finder_, entries, *clean, most_holds);
  }
  if (const NodeOverride* pin = pinning(overrides_, file_.list, finder_, entries, clean)) {
    route.pin = *pin;
  }
  const bool is_direct = std::any_of(entries.begin(), entries.end(),
                                     [this](PackageId entry) { return file_.list.packages()[entry].is_direct; });
  if (is_direct) {
    route.named = lines_.naming(file_, entries, finder_);
  }
  return route;
}

}  // namespace sluice::deps
