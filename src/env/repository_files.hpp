// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/glob.hpp"
#include "env/survey.hpp"

#include <string>
#include <vector>

namespace sluice::env {

/// The files of a tree that can say anything: those that are tracked, and dotenv files and schemas that lie beside them
/// on a disk. Fills `paths`, `excluded`, `deleted` and gaps.
void list_files(Survey& survey);

/// Whether a path is of a file that is a schema and nothing else, by its name: `.env.schema`, `.env.example`.
[[nodiscard]] bool is_schema_path(std::string_view path);

/// Whether a path is of code that others wrote or a program made.
[[nodiscard]] bool is_vendored(std::string_view path);

/// Reads every file that is of some language or format, on all threads. Fills `seen`, `schemas` and gaps.
void look_at_files(Survey& survey, unsigned threads);

}  // namespace sluice::env
