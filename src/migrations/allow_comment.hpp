// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "migrations/reporter.hpp"

#include <optional>

namespace sluice::migrations {

/// A `sluice:allow[rule]` or `-- squawk-ignore rule` that covers a statement: on one of its lines or in the comment
/// right above it.
[[nodiscard]] std::optional<InlineAllow> allow_comment(const gate::SourceText& source, Span statement,
                                                       const Rule& rule);

/// The same for a finding about the file as a whole: in its first line, or in the comment that it begins with.
[[nodiscard]] std::optional<InlineAllow> allow_comment_at_top(const gate::SourceText& source, const Rule& rule);

/// A `-- squawk-ignore-file` with this rule or without any, anywhere in the file.
[[nodiscard]] std::optional<InlineAllow> file_allow_comment(const gate::SourceText& source, const Rule& rule);

}  // namespace sluice::migrations
