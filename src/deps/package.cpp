// SPDX-License-Identifier: Apache-2.0
#include "deps/package.hpp"

#include "deps/need_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sluice::deps {

namespace {

constexpr std::size_t scope_count = EnumNames<Scope>::names.size();

}  // namespace

PackageId
PackageList::add(Package package)
{
  if (is_refused_) {
    return 0;
  }
  packages_.push_back(package);
  return static_cast<PackageId>(packages_.size() - 1);
}

void
PackageList::need(PackageId from, PackageId to, Scope scope, std::string_view range)
{
  if (is_refused_) {
    return;
  }
  if (needs_.size() < max_needs) {
    needs_.push_back({from, to, scope, range});
  } else {
    leave_needs_out();
  }
}

void
PackageList::leave_needs_out()
{
  if (!std::exchange(lacks_needs_, true)) {
    gap(GapKind::too_many, 0,
        fmt::format("its packages need each other in more than {} ways, and scopes may be other than told", max_needs));
  }
}

void
PackageList::refer(Reference reference)
{
  if (!is_refused_) {
    references_.push_back(reference);
  }
}

void
PackageList::override_by(LockedOverride override)
{
  if (!is_refused_) {
    overrides_.push_back(override);
  }
}

bool
PackageList::has_third_party() const
{
  return std::any_of(packages_.begin(), packages_.end(),
                     [](const Package& package) { return package.part == Part::third_party; });
}

std::string_view
PackageList::keep(std::string text)
{
  return texts_.emplace_back(std::move(text));
}

void
PackageList::keep(std::shared_ptr<const void> owner)
{
  owners_.push_back(std::move(owner));
}

void
PackageList::gap(GapKind kind, std::uint32_t line, std::string why, std::string fix)
{
  gaps_.push_back({kind, line == 0 ? path : fmt::format("{}:{}", path, line), std::move(why), std::move(fix)});
}

void
PackageList::gap_elsewhere(GapKind kind, std::string subject, std::string why, std::string fix)
{
  gaps_.push_back({kind, std::move(subject), std::move(why), std::move(fix)});
}

void
PackageList::leave_out(const std::function<bool(const Package&)>& is_out)
{
  if (needs_.empty()) {
    std::erase_if(packages_, is_out);
  }
}

void
PackageList::refuse(GapKind kind, std::uint32_t line, std::string why, std::string fix)
{
  packages_.clear();
  needs_.clear();
  references_.clear();
  overrides_.clear();
  gaps_.clear();
  is_refused_ = true;
  gap(kind, line, std::move(why), std::move(fix));
}

// One pass per scope, best first: a package that a pass reaches has that scope, because every way to it that is better
// was walked before.
void
PackageList::settle()
{
  const NeedIndex needs(needs_, packages_.size(), NeedIndex::By::from);
  std::vector<bool> reached(packages_.size());
  // What is to be walked in the pass of a scope: a need that is worse than the way so far waits for its own.
  std::array<std::vector<PackageId>, scope_count> waiting;
  const auto follow = [&](PackageId from, std::size_t so_far) {
    for (const Need* need : needs.of(from)) {
      waiting[std::max(so_far, static_cast<std::size_t>(need->scope))].push_back(need->to);
    }
  };
  for (PackageId id = 0; id < packages_.size(); ++id) {
    if (packages_[id].part != Part::third_party) {
      follow(id, 0);
      for (const Need* need : needs.of(id)) {
        packages_[need->to].is_direct = true;
      }
    }
  }
  for (std::size_t scope = 0; scope < scope_count; ++scope) {
    while (!waiting[scope].empty()) {
      const PackageId id = waiting[scope].back();
      waiting[scope].pop_back();
      if (!reached[id]) {
        reached[id] = true;
        packages_[id].scope = static_cast<Scope>(scope);
        follow(id, scope);
      }
    }
  }
}

}  // namespace sluice::deps
