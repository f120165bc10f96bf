// SPDX-License-Identifier: Apache-2.0
//
// A runner that starts with an empty disk has never seen the ledger before, and would take one that was wound back for
// what it is. The platform remembers: each deployment that it records names the entries that it was made from.
#pragma once

#include "promote/engine/session.hpp"

#include <string>

namespace sluice::promote {

/// Sets `session.rewind` if the platform's newest record of that environment names entries that the ledger does not
/// have, after it was read again, and that nobody has accepted the loss of. A platform that does not answer is told of
/// and changes nothing.
void look_for_rewind(Session& session, const std::string& environment);

/// The member of an entry of kind unlocked that names lost entries which somebody has accepted the loss of.
inline constexpr std::string_view accepted_member{"accepted"};

}  // namespace sluice::promote
