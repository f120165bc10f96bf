// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/ci_context.hpp"
#include "cli/invocation.hpp"
#include "config/common_options.hpp"
#include "finding/report.hpp"

#include <span>

namespace sluice::cli {

/// Checks every --format before anything is judged: ErrorKind::usage with a did-you-mean.
[[nodiscard]] Result<> check_formats(const config::CommonOptions& options);

/// Renders the reports: what --format asks for, else text; on GitHub and act also annotations, the job summary and
/// GITHUB_OUTPUT. A format without a file takes standard output for itself. A platform's file that cannot be written is
/// a warning on `err`; a file that the user asked for is an Error.
[[nodiscard]] Result<> emit(std::span<const Report> reports, const config::CommonOptions& options,
                            const ci::CiContext& context, const Invocation& invocation);

/// Prints an error the way this platform shows one: a line on `err`, on GitHub and act also an annotation.
void emit_error(const Error& error, const Invocation& invocation);

}  // namespace sluice::cli
