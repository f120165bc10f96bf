// SPDX-License-Identifier: Apache-2.0
#include "deps/reference_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  report_unpinned(rule, audit, Reference::Kind::tool,
                  "the next run may use another version than the one that was tested", "Name the version", found);
}

constexpr std::array<std::string_view, 1> references{
    "https://docs.github.com/en/actions/reference/security/secure-use"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_floating_tool{
    .meta =
        {.id = "floating-tool",
         .title = "A tool is set up at whatever version is newest",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(An action that sets up a tool is told `latest`, `stable`, `nightly` or `canary` for a version.)",
              .why = R"(A bad release of the tool, or a hijacked one, reaches every run at once.)",
              .instead = R"(Name the version that was tested, and let a bot move it.)",
              .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
