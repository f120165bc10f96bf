// SPDX-License-Identifier: Apache-2.0
//
// Does an advisory speak of a version? By the algorithm of the OSV schema ("Evaluation" in its documentation), with
// what it leaves open decided so that nothing is missed:
//
// - Of several events at one version an end and a beginning together leave things as they were: [1, 2) and [2, 3) meet,
//   and [2, 2) is empty.
// - A range whose events are no versions of the ecosystem cannot be judged, and neither can a version that is none:
//   both are told. A version that a record lists literally is affected whatever it is.
#pragma once

#include "deps/advisories/index.hpp"
#include "deps/scheme.hpp"

#include <string_view>
#include <vector>

namespace sluice::deps {

enum class Judgement { clean, affected, unknown };

/// Whether the versions of a row of the index include `version`.
[[nodiscard]] Judgement judge(const Index& index, const index::Affected& affected, std::string_view version,
                              const Scheme* scheme);

/// What an index says of one version of a package.
struct Matches
{
  Judgement judgement = Judgement::clean;  ///< affected if anything is, else unknown if anything is
  std::vector<index::Affected> affected;   ///< by advisory, each once
  std::vector<index::Affected> undecided;  ///< those that cannot be judged
};

/// What is affected and what is undecided, without the judgement, which takes a version that most packages need not
/// have. `ecosystem` exactly, with its suffix; `name` as the lockfile has it.
[[nodiscard]] Matches rows_about(const Index& index, std::string_view ecosystem, std::string_view name,
                                 std::string_view version);
/// The same with the judgement.
[[nodiscard]] Matches match(const Index& index, std::string_view ecosystem, std::string_view name,
                            std::string_view version);

}  // namespace sluice::deps
