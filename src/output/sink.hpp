// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "finding/report.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sluice::output {

enum class Colour { off, on };

/// Whose texts go into the JSON: of the rules that findings refer to, or of all that were applied.
enum class RuleTexts { used, all };

struct RenderOptions
{
  Colour colour = Colour::off;             ///< text only
  bool verbose = false;                    ///< text only: also what passed (baselined, suppressed, below the threshold)
  bool quiet = false;                      ///< text only: only active findings, gaps and the last line
  unsigned width = 100;                    ///< text only: columns
  RuleTexts rule_texts = RuleTexts::used;  ///< JSON only
};

/// A format. One file each in src/output, all rendered from the same reports; pure: no clock, no environment.
struct Sink
{
  std::string_view name;       ///< "sarif", as in --format
  std::string_view help;       ///< one sentence
  std::string_view file_name;  ///< where it usually goes, "gl-code-quality-report.json"; empty for a terminal
  std::string (*render)(std::span<const Report> reports, const RenderOptions& options);
};

/// Every sink, by name.
[[nodiscard]] std::span<const Sink> sinks();
[[nodiscard]] const Sink* find_sink(std::string_view name);

/// The `name=value` and `name<<delimiter` blocks for GITHUB_OUTPUT: result, findings-count, highest-severity, range,
/// and one `<format>-file` per entry of `files`. `nonce` (at least 16 hexadecimal digits) makes the delimiter
/// unguessable.
struct OutputFile
{
  std::string format, path;
};
[[nodiscard]] std::string github_output(std::span<const Report> reports, std::span<const OutputFile> files,
                                        std::string_view nonce);

/// Untrusted text for a line of a log that is no report (an error, a warning): printable, and free of anything that
/// GitHub's runner, act or GitLab would take for a command, wherever it stands in the line.
[[nodiscard]] std::string inert(std::string_view untrusted);

/// The same for a text of any length and of several lines that is printed as it stands: what a command answers.
[[nodiscard]] std::string inert_text(std::string_view untrusted);

/// The same for JSON that was dumped as ASCII, one value or one a line.
[[nodiscard]] std::string inert_json_text(std::string_view dumped);

/// `::error title=…::…` with its newline, for a run that judged nothing.
[[nodiscard]] std::string error_annotation(std::string_view title, std::string_view message);

/// The canonical JSON (schema version 3) back into reports. Errors: ErrorKind::input "NAME: …".
[[nodiscard]] Result<std::vector<Report>> parse_reports(std::string_view json, std::string_view name,
                                                        const Redactor& redactor);

}  // namespace sluice::output
