// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "git/object_id.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::git {

/// Objects that a walk needed and could not read. A repository may lack a million, so the first few become gaps of
/// their own and the rest share one.
class UnreadObjects
{
public:
  /// `kind` is "commit" or "tree"; `why` what ObjectStore::read said of it.
  void add(std::string_view kind, const ObjectId& id, std::string why);

  /// A tree that was read and has an entry of this name, which git does not check out.
  void add_odd_entry(const ObjectId& tree, std::string_view name);

  /// `is_partial`: name the filter of the clone as the likely cause.
  void report(bool is_partial, std::vector<Gap>& gaps) const;

private:
  std::vector<Gap> first_;
  std::size_t more_ = 0;
};

}  // namespace sluice::git
