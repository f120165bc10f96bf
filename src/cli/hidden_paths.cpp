// SPDX-License-Identifier: Apache-2.0
#include "cli/hidden_paths.hpp"

#include "gate/file_tree.hpp"

namespace sluice::cli {

namespace {

/// The content of the file at a place, from where the place says it is.
Result<std::string>
content_at(const Location& place, const Setup& setup)
{
  const auto commit = git::ObjectId::from_hex(place.commit);
  if (commit && setup.repository) {
    return gate::CommitTree(*setup.repository, *commit, {}).read(place.path);
  }
  return gate::DiskTree(setup.directory).read(place.path);
}

}  // namespace

void
name_blobs(RawReport& report, const Setup& setup, const Redactor& redactor)
{
  std::string_view shown;  // the path of the finding before, if it can be shown
  for (Judged& judged : report.judged) {
    const Location& place = judged.finding.where;
    if (place.path == shown || redactor.redacted(place.path, TextKind::name) == place.path) {
      shown = place.path;
      continue;
    }
    if (const auto content = content_at(place, setup)) {
      const std::uint8_t id_size = setup.repository && setup.repository->is_sha256() ? 32 : 20;
      judged.finding.facts.push_back(
          {"blob", "blob", git::ObjectId::of(git::ObjectKind::blob, *content, id_size).hex()});
    }
  }
}

}  // namespace sluice::cli
