// SPDX-License-Identifier: Apache-2.0
#include "deps/reference_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  report_unpinned(rule, audit, Reference::Kind::image,
                  "the image behind this tag can change from one build to the next",
                  "Add the digest: NAME:TAG@sha256:…", found);
}

constexpr std::array<std::string_view, 1> references{"https://docs.docker.com/reference/dockerfile/#from"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_floating_image{
    .meta = {.id = "floating-image",
             .title = "A container image is named without its digest",
             .since = "0.1.0",
             .doc = {.what = R"(A `FROM` line, a job's container or a service names an image by tag.)",
                     .why = R"(The same commit builds something else tomorrow, and nobody reviewed it.)",
                     .instead = R"(Name the image with its digest, and let a bot move it.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
