// SPDX-License-Identifier: Apache-2.0
#include "secrets/examination.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::secrets {

Result<std::vector<MatchWorker>>
make_workers(const Assignment& assignment)
{
  std::vector<MatchWorker> workers;
  for (unsigned i = 0; i < assignment.threads; ++i) {
    TRY_ASSIGN(MatchWorker worker, MatchWorker::create(assignment.matcher));
    workers.push_back(std::move(worker));
  }
  return workers;
}

Gap
lfs_gap(std::uint64_t pointers)
{
  return {GapKind::lfs, "Git LFS",
          fmt::format("{} kept outside the repository, only the pointers to them are here",
                      counted(pointers, "file is", "files are")),
          "git lfs fetch --all\nsluice-secrets --scope worktree"};
}

void
add_unread(const git::Repository& repository, std::vector<UnreadBlob> unread, std::vector<Gap>& gaps)
{
  // Threads and hash maps brought them in no order.
  std::sort(unread.begin(), unread.end());
  constexpr std::size_t most = 20;
  for (std::size_t i = 0; i < std::min(unread.size(), most); ++i) {
    gaps.push_back(git::unread_gap(repository, fmt::format("object {}", unread[i].id.hex()), unread[i].why));
  }
  if (unread.size() > most) {
    gaps.push_back(git::unread_gap(repository, "further objects",
                                   fmt::format("{} not read", counted(unread.size() - most, "more was", "more were"))));
  }
}

Examination
without_repository(const Assignment& assignment)
{
  Examination nothing(assignment.matcher.rules());
  nothing.coverage.scope = "nothing: there is no repository";
  nothing.gaps.push_back(assignment.input.no_repository);
  return nothing;
}

}  // namespace sluice::secrets
