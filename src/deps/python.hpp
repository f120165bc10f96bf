// SPDX-License-Identifier: Apache-2.0
//
// What the lockfiles of Python's tools have in common: names, requirements (packaging.python.org, "Dependency
// specifiers"), and the pyproject.toml that says which of the locked packages a project asks for itself.
#pragma once

#include "deps/lockfile.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

inline constexpr std::string_view pypi = "PyPI";

/// As PEP 503 compares names.
[[nodiscard]] std::string python_name(std::string_view name);

/// "name[extra] >=1 ; marker" or "name @ url ; marker". Views into what was parsed.
struct PythonRequirement
{
  std::string_view name;
  std::vector<std::string_view> extras;
  std::string_view specifier;  ///< ">=1,<2", with its parentheses taken off
  std::string_view url;
  std::string_view marker;
};

/// Nothing if the text does not start with a name, or goes on with something else than the above.
[[nodiscard]] std::optional<PythonRequirement> parse_python_requirement(std::string_view text);

/// The version of "==1.2" or "===anything", if the specifier is that alone and no prefix ("==1.*"); else empty.
[[nodiscard]] std::string_view pinned_python_version(std::string_view specifier);

/// The version in the name of a wheel or source archive of `name` (PEP 427, PEP 625); empty if there is none.
[[nodiscard]] std::string_view version_in_python_archive(std::string_view url, std::string_view name);

/// What a project asks for.
struct PythonProject
{
  struct Named
  {
    Scope scope = Scope::runtime;
    std::vector<std::string> extras;  ///< normalised
    bool has_marker = false;          ///< not needed everywhere, so that a lockfile may rightly lack it
    bool is_registry = true;          ///< not by path, URL or repository
  };

  std::string name;                         ///< normalised; may be empty
  std::multimap<std::string, Named> needs;  ///< by normalised name
  std::map<std::string, Scope> groups;      ///< extras and groups of development, by normalised name
};

/// Nothing if there is no such file, or it is no TOML (which is a gap of the list).
[[nodiscard]] std::optional<PythonProject> read_python_project(const Surroundings& around, PackageList& list,
                                                               std::string_view path = "pyproject.toml");

/// What a group of requirements is for by its name alone: for development where it is "dev", "tests", "docs" or the
/// like, else optional.
[[nodiscard]] Scope scope_of_group_name(std::string_view group);

/// A gap if the list lacks what the project asks for of a registry, everywhere and at most for `worst`.
void require_python_packages(const PythonProject& project, PackageList& list, std::string_view command,
                             Scope worst = Scope::runtime);

}  // namespace sluice::deps
