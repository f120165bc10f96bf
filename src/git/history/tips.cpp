// SPDX-License-Identifier: Apache-2.0
#include "git/history/tips.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

namespace sluice::git {

namespace {

constexpr std::uint64_t max_reflog_bytes = 64U << 20U;

}  // namespace

/// All stashes but the last live in the reflog of refs/stash: "<old id> <new id> who when<tab>message".
Tips
tips_of(const Repository& repository, std::vector<Gap>& gaps)
{
  Tips tips;
  const auto references = repository.references();
  if (!references) {
    gaps.push_back({GapKind::unreadable, "refs", references.error().message, ""});
  }
  for (const Reference& reference : references ? *references : std::vector<Reference>()) {
    const bool is_tag = reference.name.starts_with("refs/tags/");
    (reference.name == "refs/stash" ? tips.stash : is_tag ? tips.tags : tips.refs).push_back(reference.id);
  }
  const auto log = read_file(repository.common_directory() / "logs/refs/stash", max_reflog_bytes);
  const std::size_t digits = repository.is_sha256() ? 64 : 40;
  for (const std::string_view line : log ? lines_of(*log) : std::vector<std::string_view>()) {
    if (line.size() > 2 * digits) {
      if (const auto id = ObjectId::from_hex(line.substr(digits + 1, digits))) {
        tips.stash.push_back(*id);
      }
    }
  }
  return tips;
}

}  // namespace sluice::git
