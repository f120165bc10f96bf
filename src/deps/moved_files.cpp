// SPDX-License-Identifier: Apache-2.0
#include "deps/moved_files.hpp"

#include "base/tree_path.hpp"

#include <algorithm>
#include <iterator>

namespace sluice::deps {

namespace {

/// That a change moves more of one name is not worth the time to compare each with each.
constexpr std::size_t max_compared = 50;

}  // namespace

std::optional<PackageList>
MovedFiles::find(const Lockfile& format, std::string_view path, const PackageList& list,
                 const std::function<bool(const std::string&)>& may_count)
{
  const std::vector<std::string> like = gone_like(path);
  if (like.empty()) {
    return std::nullopt;
  }
  const Identities now = identities_of(list);
  const std::string* best = nullptr;
  std::size_t most = 0;
  for (const std::string& gone : like) {
    if (!may_count(tree_.prefix + gone)) {
      continue;
    }
    const Identities& old = identities_of(format, gone);
    Identities both;
    std::set_intersection(old.begin(), old.end(), now.begin(), now.end(), std::back_inserter(both));
    if (both.size() > most && both.size() * 2 >= std::max(old.size(), now.size())) {
      most = both.size();
      best = &gone;
    }
  }
  return best == nullptr ? std::nullopt : read(format, *best);
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
    if (file_name_of(file) == file_name_of(path) && like.size() < max_compared) {
      like.push_back(file);
    }
  }
  return like;
}

MovedFiles::Identities
MovedFiles::identities_of(const PackageList& list)
{
  Identities all;
  for (const Package& package : list.packages()) {
    if (package.part == Part::third_party) {
      all.emplace_back(package.name, package.version);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::optional<PackageList>
MovedFiles::read(const Lockfile& format, const std::string& gone) const
{
  auto text = tree_.before->read(gone, max_lockfile_bytes);
  if (!text || find_lockfile(gone, *text) != &format) {
    return std::nullopt;
  }
  return read_lockfile(format, gone, *std::move(text), *tree_.before);
}

// A change that moves fifty files asks for each of them fifty times.
const MovedFiles::Identities&
MovedFiles::identities_of(const Lockfile& format, const std::string& gone)
{
  const auto [at, is_new] = known_.try_emplace({&format, gone});
  if (is_new) {
    if (const auto list = read(format, gone)) {
      at->second = identities_of(*list);
    }
  }
  return at->second;
}

}  // namespace sluice::deps
