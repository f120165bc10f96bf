// SPDX-License-Identifier: Apache-2.0
#include "deps/override_state.hpp"

#include "base/text.hpp"
#include "deps/node_packages.hpp"
#include "deps/range.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace sluice::deps {

namespace {

using Kind = DeadOverride::Kind;

/// pnpm takes a dependency away by this in place of a version.
constexpr std::string_view removal = "-";

/// "overrides" of the manifest and pnpm-workspace.yaml are told as they are written there.
std::string
place_of(const NodeOverride& override)
{
  return fmt::format("{} at line {}", override.table, override.line);
}

/// The entries in which one of npm's is nested.
std::pair<std::string_view, std::string_view>
level_of(const NodeOverride& override)
{
  const std::size_t end = override.key.rfind(" > ");
  return {override.within, std::string_view(override.key).substr(0, end == std::string::npos ? 0 : end)};
}

class OverrideJudge
{
public:
  OverrideJudge(Installer installer, const std::vector<NodeOverride>& overrides, const PackageList& list)
      : installer_(installer),
        overrides_(overrides),
        list_(list),
        finder_(list)
  {
    for (PackageId id = 0; id < list.packages().size(); ++id) {
      by_name_[list.packages()[id].name].push_back(id);
    }
    for (const LockedOverride& each : list.overrides()) {
      locked_.insert_or_assign(each.key, each.value);
    }
    for (const NodeOverride& each : overrides) {
      by_override_[each.name].push_back(&each);
    }
  }

  std::vector<DeadOverride>
  run()
  {
    for (const NodeOverride& override : overrides_) {
      entries_ = entries_of(override);
      if (finder_.is_tired()) {
        break;
      }
      for (const auto judge :
           {&OverrideJudge::shadowed, &OverrideJudge::not_in_lockfile, &OverrideJudge::without_package,
            &OverrideJudge::not_applied, &OverrideJudge::overtaken}) {
        if (auto why = (this->*judge)(override)) {
          dead_.push_back({kind_, &override, *std::move(why)});
          break;
        }
      }
    }
    return std::move(dead_);
  }

private:
  using Why = std::optional<std::string>;

  Why
  because(Kind kind, std::string why)
  {
    kind_ = kind;
    return why;
  }

  /// npm and Yarn take the first entry that fits; of one that stands twice, JSON has the last.
  Why
  shadowed(const NodeOverride& override)
  {
    const bool takes_first =
        installer_ == Installer::npm || installer_ == Installer::yarn_classic || installer_ == Installer::yarn_berry;
    bool is_behind = false;
    for (const NodeOverride* other : by_override_[override.name]) {
      if (other == &override) {
        is_behind = true;
        continue;
      }
      const bool is_same = other->key == override.key && other->path == override.path;
      if (is_same && is_behind
          && (other->table == override.table || installer_ == Installer::pnpm || installer_ == Installer::bun)) {
        return because(Kind::shadowed, fmt::format("{} has it again, and that counts", place_of(*other)));
      }
      // npm looks at the entries of one level; a pattern of Yarn's that is for everywhere fits first wherever it
      // stands.
      const bool is_wider =
          other->asked.empty()
          && (installer_ == Installer::npm ? level_of(*other) == level_of(override) : other->within.empty());
      if (takes_first && !is_behind && is_wider && !is_same) {
        return because(Kind::shadowed, fmt::format("{} fits before it and counts for all", place_of(*other)));
      }
    }
    return std::nullopt;
  }

  /// pnpm and Bun write into the lockfile which overrides it was made with.
  Why
  not_in_lockfile(const NodeOverride& override)
  {
    if (installer_ != Installer::pnpm && installer_ != Installer::bun) {
      return std::nullopt;
    }
    const auto locked = locked_.find(override.key);
    if (locked == locked_.end()) {
      return because(Kind::not_applied, "the lockfile was made without it");
    }
    const bool is_resolved_elsewhere = override.is_reference || override.value.starts_with("catalog:");
    if (!is_resolved_elsewhere && locked->second != override.value) {
      return because(Kind::not_applied, fmt::format("the lockfile was made with {} in its place", locked->second));
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<PackageId>
  entries_of(const NodeOverride& override)
  {
    std::vector<PackageId> entries;
    const auto named = by_name_.find(target_of(override));
    if (named == by_name_.end()) {
      return entries;
    }
    for (const PackageId id : named->second) {
      if (list_.packages()[id].part == Part::third_party
          && (override.within.empty() || finder_.is_below(std::span(&id, 1), override.within))) {
        entries.push_back(id);
      }
    }
    return entries;
  }

  Why
  without_package(const NodeOverride& override)
  {
    // What is put in place by an address or a path need not stand in the lockfile under that name.
    if (override.value == removal || override.value.empty() || !npm_range_in(override.value)) {
      return std::nullopt;
    }
    const std::string_view name = target_of(override);
    if (!by_name_.contains(name)) {
      return because(Kind::no_package, fmt::format("nothing in the lockfile is {}", name));
    }
    if (!override.within.empty() && !by_name_.contains(override.within)) {
      return because(Kind::no_package, fmt::format("nothing in the lockfile is {}", override.within));
    }
    const bool is_own = std::any_of(by_name_[name].begin(), by_name_[name].end(),
                                    [this](PackageId id) { return list_.packages()[id].part != Part::third_party; });
    if (!is_own && entries_.empty()) {
      return because(Kind::no_package, fmt::format("nothing of {} leads to {}", override.within, name));
    }
    return std::nullopt;
  }

  Why
  not_applied(const NodeOverride& override)
  {
    const auto range = npm_range_in(override.value);
    if (!range || override.value == removal || override.value.empty() || entries_.empty()) {
      return std::nullopt;
    }
    const auto has = [this](const NpmRange& wanted) {
      return std::any_of(entries_.begin(), entries_.end(), [this, &wanted](PackageId id) {
        const Package& package = list_.packages()[id];
        return package.source != Source::registry || wanted.admits(package.version);
      });
    };
    if (has(*range)) {
      return std::nullopt;
    }
    if (const auto asked = npm_range_in(override.asked); asked && !override.asked.empty() && !has(*asked)) {
      return because(Kind::no_package,
                     fmt::format("the lockfile has no {} that anybody asks for as {}", override.name, override.asked));
    }
    return because(Kind::not_applied, fmt::format("the lockfile has {} {}, and none that is {}", target_of(override),
                                                  list_.packages()[entries_.front()].version, override.value));
  }

  /// Only where every range is known.
  Why
  overtaken(const NodeOverride& override)
  {
    const auto pinned = npm_range_in(override.value);
    if (!pinned || !override.asked.empty() || override.is_reference || alias_in(override.value)
        || override.value.empty()) {
      return std::nullopt;
    }
    bool is_below = true;
    bool is_same = true;
    std::size_t needs = 0;
    for (const PackageId entry : entries_) {
      for (const Need* need : finder_.needs_of(entry)) {
        const auto range = need->range.empty() ? std::nullopt : npm_range_in(need->range);
        const auto least = range ? range->least() : std::nullopt;
        if (!least) {
          return std::nullopt;
        }
        ++needs;
        is_same = is_same && range->is_within(*pinned);
        is_below = is_below && is_before(list_.packages()[entry].version, *least);
      }
    }
    if (needs == 0 || (!is_below && !is_same)) {
      return std::nullopt;
    }
    return because(Kind::overtaken,
                   is_below
                       ? fmt::format("all that need {} ask for a later version by themselves, so that it holds it back",
                                     override.name)
                       : fmt::format("all that need {} ask for no other version by themselves", override.name));
  }

  static bool
  is_before(std::string_view a, std::string_view b)
  {
    const auto left = parse_npm_version(a);
    const auto right = parse_npm_version(b);
    return left && right && compare(*left, *right) < 0;
  }

  Installer installer_;
  const std::vector<NodeOverride>& overrides_;
  const PackageList& list_;
  WayFinder finder_;
  std::unordered_map<std::string_view, std::vector<PackageId>> by_name_;
  std::unordered_map<std::string_view, std::string_view> locked_;
  std::unordered_map<std::string_view, std::vector<const NodeOverride*>> by_override_;
  std::vector<DeadOverride> dead_;
  std::vector<PackageId> entries_;  ///< that the override which is judged may be about
  Kind kind_ = Kind::no_package;
};

}  // namespace

std::string_view
target_of(const NodeOverride& override)
{
  const auto alias = alias_in(override.value);
  return alias ? alias->name : std::string_view(override.name);
}

std::vector<DeadOverride>
dead_overrides(Installer installer, const std::vector<NodeOverride>& overrides, const PackageList& list)
{
  return overrides.empty() ? std::vector<DeadOverride>() : OverrideJudge(installer, overrides, list).run();
}

const NodeOverride*
pinning(const std::vector<NodeOverride>& overrides, const PackageList& list, WayFinder& finder,
        std::span<const PackageId> entries, const std::optional<std::string>& wanted)
{
  const Package& package = list.packages()[entries.front()];
  for (const NodeOverride& each : overrides) {
    const auto range = target_of(each) == package.name ? npm_range_in(each.value) : std::nullopt;
    if (range && range->admits(package.version) && (!wanted || !range->admits(*wanted))
        && (each.within.empty() || finder.is_below(entries, each.within))) {
      return &each;
    }
  }
  return nullptr;
}

}  // namespace sluice::deps
