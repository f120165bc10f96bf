// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"
#include "gate/command.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace sluice::deps {

/// The packages of a list as `sluice-deps packages` prints them: one JSON object a line, one line for each ecosystem,
/// name, version and source, in the order of the file.
[[nodiscard]] std::string json_lines(const PackageList& list);

/// A lockfile on disk, with its neighbours.
struct NamedLockfile
{
  PackageList list;
  std::filesystem::path root;  ///< the work tree that it lies in, without one its directory
};

/// Errors: ErrorKind::usage: it is none that is known.
[[nodiscard]] Result<NamedLockfile> read_named_lockfile(const std::filesystem::path& file, std::string_view shown);

/// A line for each gap.
[[nodiscard]] std::string note_of(std::span<const Gap> gaps);

/// `packages FILE`.
[[nodiscard]] Result<gate::CommandOutcome> list_packages(const gate::NoOptions& options,
                                                         const gate::CommandInput& input);

/// For fixtures/deps/lockfiles/<id>: what `packages` prints of the one file in `input` (a directory) that is of the
/// format, without "parents", and then its gaps: "gap KIND SUBJECT: WHY".
[[nodiscard]] Result<std::string> lockfile_listing(std::string_view id, const std::filesystem::path& input);

}  // namespace sluice::deps
