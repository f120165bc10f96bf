// SPDX-License-Identifier: Apache-2.0
#include "output/sink.hpp"

#include "output/renderers.hpp"

#include <algorithm>
#include <array>

namespace sluice::output {

namespace {

constexpr std::array<Sink, 13> all{{
    {"github", "Annotations on the changed files of a GitHub pull request, at most ten of a kind.", "", render_github},
    {"gitlab-codequality", "Code quality report for GitLab's merge request widget.", "gl-code-quality-report.json",
     render_code_quality},
    {"gitlab-dependency-scanning", "Dependency scanning report for GitLab (schema 15.0).",
     "gl-dependency-scanning-report.json", render_dependency_scanning},
    {"gitlab-sast", "Static analysis (SAST) report for GitLab (schema 15.0).", "gl-sast-report.json", render_sast},
    {"gitlab-secret-detection", "Secret detection report for GitLab (schema 15.0).", "gl-secret-detection-report.json",
     render_secret_detection},
    {"html", "One page that needs nothing else, for people.", "sluice.html", render_html},
    {"in-toto", "An in-toto statement about the commit per report, one a line, to be signed as an attestation.",
     "sluice.intoto.jsonl", render_in_toto},
    {"json", "Everything that is known, in the versioned schema that can be merged and rendered again.",
     "sluice-report.json", render_json},
    {"junit", "JUnit XML with one test case per rule, for test report viewers.", "sluice-junit.xml", render_junit},
    {"oneline", "One line per finding and gap, for editors and grep: PATH:LINE:COLUMN: SEVERITY RULE: MESSAGE.", "",
     render_one_line},
    {"sarif", "SARIF 2.1.0 for code scanning.", "sluice.sarif", render_sarif},
    {"summary", "Markdown for a job summary, under 900 KiB.", "sluice-summary.md", render_summary},
    {"text", "For people at a terminal.", "", render_text},
}};

}  // namespace

std::span<const Sink>
sinks()
{
  return all;
}

const Sink*
find_sink(std::string_view name)
{
  const auto* found = std::find_if(all.begin(), all.end(), [name](const Sink& sink) { return sink.name == name; });
  return found == all.end() ? nullptr : found;
}

}  // namespace sluice::output
