// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"

#include <string>
#include <string_view>

namespace sluice::output {

/// Whether `url` is http(s) and made only of characters that mean nothing in an HTML attribute or in Markdown.
[[nodiscard]] bool is_web_url(std::string_view url);

/// URL of the place at its commit (or the head under test) on the platform; empty if the repository's URL or the
/// commit is not known or not what it should look like.
[[nodiscard]] std::string permalink(const Location& where, const RunContext& context);

}  // namespace sluice::output
