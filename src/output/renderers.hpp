// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/sink.hpp"

#include <span>
#include <string>

namespace sluice::output {

using Reports = std::span<const Report>;

[[nodiscard]] std::string render_text(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_github(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_summary(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_sarif(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_code_quality(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_sast(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_dependency_scanning(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_secret_detection(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_html(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_one_line(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_in_toto(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_junit(Reports reports, const RenderOptions& options);
[[nodiscard]] std::string render_json(Reports reports, const RenderOptions& options);

}  // namespace sluice::output
