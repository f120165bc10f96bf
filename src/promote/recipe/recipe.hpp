// SPDX-License-Identifier: Apache-2.0
//
// A recipe is text: a pipeline and the scripts that its hooks call, for one way of hosting. What a tool's command line
// takes is its vendor's to change, so it stands in files that their users own and can mend, and not in code of ours.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Where hooks run: in an image that the pipeline names, or on the machine that serves.
enum class RunsOn { image, own_machine };

struct Recipe
{
  std::string_view name;
  std::string_view title;                     ///< what it is for, in some words
  std::span<const std::string_view> marks;    ///< a repository with one of these files is most likely of this kind
  std::span<const std::string_view> secrets;  ///< variables that the tools read; each environment has its own values
  RunsOn runs_on = RunsOn::image;
};

enum class CiHost { github, gitlab };

/// What is written for a repository.
struct RecipeFile
{
  std::string path;  ///< from the root of the repository on
  std::string text;
  bool is_program = false;  ///< may be executed
  bool is_theirs = false;   ///< one that is there already does as well, and is kept
};

/// All of them, by name.
[[nodiscard]] std::span<const Recipe> recipes();
[[nodiscard]] std::span<const std::string_view> recipe_names();

/// Null: there is none of this name.
[[nodiscard]] const Recipe* find_recipe(std::string_view name);

/// The recipe that the files in a directory speak for; `command`, which fits everything, if none does.
[[nodiscard]] const Recipe& recipe_for(const std::filesystem::path& root);

struct Target
{
  CiHost platform = CiHost::github;
  std::string branch = "main";  ///< whose pushes are promoted
};

/// All files of a recipe, by path: the pipeline, its scripts, and the platform's own pipeline that runs them.
[[nodiscard]] std::vector<RecipeFile> files_of(const Recipe& recipe, const Target& target);

}  // namespace sluice::promote
