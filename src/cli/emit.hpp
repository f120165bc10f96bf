// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/setup.hpp"
#include "finding/report.hpp"

#include <span>
#include <string_view>

namespace sluice::cli {

/// Checks every --format before anything is judged: an unknown one is an ErrorKind::usage with a did-you-mean, as are
/// two for one file; a file that cannot be written, or would be through a symbolic link of the examined tree, is an
/// ErrorKind::environment.
[[nodiscard]] Result<> check_formats(const Setup& setup, const Invocation& invocation);

/// Whether all that was printed got to where standard output goes.
[[nodiscard]] Result<> flushed(const Invocation& invocation);

/// The exit status of a command whose own is `status`: that of `unable` if what it printed did not get out, which is
/// said on standard error.
[[nodiscard]] int finished(int status, const Invocation& invocation);

/// Renders the reports: what --format asks for, else text; on GitHub and act also annotations, the job summary and
/// GITHUB_OUTPUT. A format without a file takes standard output for itself. A platform's file that cannot be written is
/// a warning on standard error; standard output or a file that the user asked for makes the status that of `unable`.
/// Returns the exit status that the reports' verdict has under the options. `own_text`: takes the place of the text of
/// the reports, if it is not empty.
[[nodiscard]] int emit_reports(std::span<const Report> reports, const Setup& setup, const Invocation& invocation,
                               std::string_view own_text = {});

/// Tells of a tool that could not run: by a line on standard error, by a report in every format that was asked for and
/// can be had, and to the platform. Standard output stays empty unless a format was asked for there. Returns the exit
/// status. `tool`: "secrets", "check".
[[nodiscard]] int emit_failure(std::string_view tool, const Error& error, const Setup& setup,
                               const Invocation& invocation);

/// A text for standard output or standard error as it may be shown.
[[nodiscard]] std::string redacted(std::string_view text, const Invocation& invocation);

/// Prints an error the way this platform shows one: a line on standard error, on GitHub and act also an annotation.
/// Whatever secret it quotes is not in them.
void emit_error(const Error& error, const Invocation& invocation);

}  // namespace sluice::cli
