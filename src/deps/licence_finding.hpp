// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/licence_audit.hpp"
#include "deps/rule.hpp"

namespace sluice::deps {

/// Findings of all packages whose licence comes to `outcome`.
void report_licences(const Rule& rule, const Audit& audit, LicenceVerdict::Outcome outcome,
                     std::vector<Finding>& found);

}  // namespace sluice::deps
