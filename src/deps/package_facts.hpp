// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"
#include "finding/finding.hpp"

#include <string>

namespace sluice::deps {

/// Adds what there is: of an empty value nothing.
void add_fact(Finding& finding, std::string key, std::string label, std::string value);

/// What every finding about a package tells of it.
void add_name_and_version(Finding& finding, const Package& package);
void add_scope(Finding& finding, const Package& package);

}  // namespace sluice::deps
