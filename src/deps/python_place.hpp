// SPDX-License-Identifier: Apache-2.0
//
// Where a requirement of Python points that is not a registry's: a repository, an archive, a directory.
#pragma once

#include "deps/package.hpp"

#include <string_view>

namespace sluice::deps {

/// Whether it has a scheme: "https://…", "git+ssh://…", "file:…".
[[nodiscard]] bool is_python_url(std::string_view text);

/// "git+https://…" and the other systems that pip knows, "file:…" and paths, other URLs.
[[nodiscard]] Source source_of_python_place(std::string_view place);

/// The name behind "#egg="; empty if there is none.
[[nodiscard]] std::string_view python_egg_of(std::string_view url);

/// The name that a wheel or source archive has in its own name; empty if it is none.
[[nodiscard]] std::string_view name_of_python_archive(std::string_view url);

/// Whether it is written as the path of a directory.
[[nodiscard]] bool is_python_directory(std::string_view place);

}  // namespace sluice::deps
