// SPDX-License-Identifier: Apache-2.0
//
// Which packages a manifest names, and at which lines. Only names: what is asked for is the package manager's to read.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace sluice::deps {

/// Gets each name, as the registry has it, with its line.
using OnName = std::function<void(std::string_view name, std::uint32_t line)>;

/// Of a text that cannot be read they name nothing. Bounded as the readers of data are.
void names_in_package_json(std::string_view text, const OnName& on_name);
void names_in_composer_json(std::string_view text, const OnName& on_name);
void names_in_cargo_toml(std::string_view text, const OnName& on_name);
void names_in_pyproject(std::string_view text, const OnName& on_name);
void names_in_pipfile(std::string_view text, const OnName& on_name);
void names_in_pubspec(std::string_view text, const OnName& on_name);
void names_in_gemfile(std::string_view text, const OnName& on_name);
void names_in_mix(std::string_view text, const OnName& on_name);
void names_in_msbuild(std::string_view text, const OnName& on_name);

}  // namespace sluice::deps
