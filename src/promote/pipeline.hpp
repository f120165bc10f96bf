// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/input.hpp"
#include "promote/options.hpp"

#include <string>

namespace sluice::promote {

inline constexpr std::string_view pipeline_file{"promotion.yml"};

struct Pipeline
{
  PromoteOptions options;
  std::string digest;         ///< SHA-256 over all that it says, however it is written
  bool is_from_file = false;  ///< promotion.yml, and not .sluice.yml
};

/// The options that a pipeline's text has, checked; `name` is what messages call it. Errors: ErrorKind::config.
[[nodiscard]] Result<PromoteOptions> decode_pipeline(std::string_view text, std::string_view name);

/// The pipeline that counts: `promotion.yml` as the branch has it whose files decide (of a change under test not its
/// own), else what `.sluice.yml` says, which is `configured`. Errors (ErrorKind::config): it cannot be read, is not
/// well formed, or stands in both.
[[nodiscard]] Result<Pipeline> load_pipeline(const PromoteOptions& configured, const gate::Input& input);

/// The environment of that name. Errors (ErrorKind::usage): there is none, with the nearest name.
[[nodiscard]] Result<const Stage*> find_stage(const PromoteOptions& pipeline, std::string_view name);

}  // namespace sluice::promote
