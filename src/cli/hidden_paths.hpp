// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/setup.hpp"
#include "finding/report.hpp"

namespace sluice::cli {

/// Of a file whose name holds a credential and is not shown whole, the report tells the blob: by its id
/// (`git ls-tree -r HEAD | grep ID`) the file is found in spite of that. Adds the fact `blob` to each such finding
/// whose file can be read.
void name_blobs(RawReport& report, const Setup& setup, const Redactor& redactor);

}  // namespace sluice::cli
