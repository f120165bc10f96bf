// SPDX-License-Identifier: Apache-2.0
#include "deps/moved_files.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace sluice::deps {

namespace {

/// That a change moves more of one name is not worth the time to compare each with each.
constexpr std::size_t max_compared = 50;

using Identities = std::set<std::pair<std::string_view, std::string_view>>;

Identities
identities_of(const PackageList& list)
{
  Identities all;
  for (const Package& package : list.packages()) {
    if (package.part == Part::third_party) {
      all.emplace(package.name, package.version);
    }
  }
  return all;
}

std::string_view
name_in(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

std::optional<PackageList>
MovedFiles::find(const Lockfile& format, std::string_view path, const PackageList& list,
                 const std::function<bool(const std::string&)>& may_count)
{
  std::optional<PackageList> best;
  std::size_t most = 0;
  for (const std::string& gone : gone_like(path)) {
    if (may_count(tree_.prefix + gone)) {
      choose(format, gone, list, most, best);
    }
  }
  return best;
}

std::vector<std::string>
MovedFiles::gone_like(std::string_view path)
{
  if (!gone_) {
    gone_.emplace();
    for (std::string& file : tree_.before->tracked().files) {
      if (may_be_lockfile(file) && !std::binary_search(after_.begin(), after_.end(), file)) {
        gone_->push_back(std::move(file));
      }
    }
  }
  std::vector<std::string> like;
  for (const std::string& file : *gone_) {
    if (name_in(file) == name_in(path) && like.size() < max_compared) {
      like.push_back(file);
    }
  }
  return like;
}

void
MovedFiles::choose(const Lockfile& format, const std::string& gone, const PackageList& list, std::size_t& most,
                   std::optional<PackageList>& best) const
{
  auto text = tree_.before->read(gone, max_lockfile_bytes);
  if (!text || find_lockfile(gone, *text) != &format) {
    return;
  }
  PackageList candidate = read_lockfile(format, gone, *std::move(text), *tree_.before);
  const Identities old = identities_of(candidate);
  const Identities now = identities_of(list);
  const auto shared = static_cast<std::size_t>(
      std::count_if(now.begin(), now.end(), [&old](const auto& identity) { return old.contains(identity); }));
  if (shared > most && shared * 2 >= std::max(old.size(), now.size())) {
    most = shared;
    best = std::move(candidate);
  }
}

}  // namespace sluice::deps
