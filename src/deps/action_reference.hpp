// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::deps {

/// What `uses:` of a workflow names (docs.github.com, "Workflow syntax", jobs.<job_id>.steps[*].uses).
struct ActionReference
{
  enum class Kind {
    repository,  ///< owner/repo[/path]@ref
    image,       ///< docker://image
    own,         ///< ./path, or $/path: of this repository
    unknown      ///< an expression, or nothing that runs
  } kind = Kind::unknown;
  std::string name;      ///< "owner/repo", or of an image what stands behind docker://
  std::string_view ref;  ///< behind the @
};

[[nodiscard]] ActionReference parse_action_reference(std::string_view uses);

/// Whether it is a full commit id of SHA-1 or SHA-256.
[[nodiscard]] bool is_commit_id(std::string_view ref);

/// Whether an image is named by digest: name@sha256:….
[[nodiscard]] bool has_digest(std::string_view image);

/// The version that a comment behind a commit id tells of, as tools write it: "# v4.1.2", "# tag=v4", "# pin@v4"; empty
/// if there is none.
[[nodiscard]] std::string_view version_in_comment(std::string_view line);

}  // namespace sluice::deps
