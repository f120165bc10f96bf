// SPDX-License-Identifier: Apache-2.0
//
// A hit may be several vulnerabilities that are related, and a word that excuses one of them (an ignore of the policy,
// a statement of VEX) excuses no other. So each is asked about alone, and where some are excused and some are not,
// the two are hits of their own: what is excused must not make the rest critical, known to be exploited or old.
#pragma once

#include "deps/audit.hpp"

#include <functional>
#include <optional>

namespace sluice::deps {

/// What excuses a hit of one vulnerability, if anything does.
using ExcuseOf = std::function<std::optional<OwnRuling>(const Hit&)>;

/// Excuses hits that nothing has excused yet. What is left of one that was split is ruled on anew by the policy.
void excuse(Audit& audit, const ExcuseOf& excuse_of);

/// What a rule can ask about a hit.
[[nodiscard]] PolicyFacts facts_of(const Hit& hit);
/// The same, of what it is of a package alone; `path` is the lockfile's.
[[nodiscard]] PolicyFacts facts_of(const Package& package, std::string_view path);

}  // namespace sluice::deps
