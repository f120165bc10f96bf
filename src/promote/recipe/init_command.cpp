// SPDX-License-Identifier: Apache-2.0
#include "promote/recipe/init_command.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/recipe/recipe.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

namespace fs = std::filesystem;

/// Where git's own commands would work: the root of the work tree, else the directory itself.
fs::path
root_of(const gate::Input& input)
{
  return input.repository && !input.repository->is_bare() ? input.repository->work_tree() : input.directory;
}

/// The branch that is promoted: origin's default, else the one that is checked out, as far as it can be written into
/// YAML as it is.
std::string
branch_of(const gate::Input& input)
{
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./";
  if (!input.repository) {
    return "main";
  }
  for (const auto& [ref, prefix] : {std::pair("refs/remotes/origin/HEAD", std::string_view("refs/remotes/origin/")),
                                    std::pair("HEAD", std::string_view("refs/heads/"))}) {
    const std::string target = input.repository->symbolic_target(ref).value_or("");
    const std::string_view name = target.starts_with(prefix) ? std::string_view(target).substr(prefix.size()) : "";
    const bool begins_with_letter = !name.empty() && plain.substr(0, 52).find(name.front()) != std::string_view::npos;
    if (begins_with_letter && name.find_first_not_of(plain) == std::string_view::npos) {
      return std::string(name);
    }
  }
  return "main";
}

Result<Target>
target_of(const gate::Input& input, const fs::path& root)
{
  TRY_ASSIGN(const bool is_gitlab, is_there(root / ".gitlab-ci.yml"));
  return Target{is_gitlab ? CiHost::gitlab : CiHost::github, branch_of(input)};
}

/// Takes what is kept out of the files. Errors: as those of init_command.
Result<std::vector<std::string>>
set_aside(std::vector<RecipeFile>& files, const fs::path& root)
{
  std::vector<std::string> kept;
  std::vector<std::string> problems;
  for (const RecipeFile& file : files) {
    if (auto literal = refuse_links(root, root / file.path); !literal) {
      return fail(ErrorKind::input, "{}: {}; nothing is written through one", file.path,
                  printable(literal.error().message));
    }
    TRY_ASSIGN(const bool is_taken, is_there(root / file.path));
    if (is_taken) {
      (file.is_theirs ? kept : problems).push_back(file.path);
    }
  }
  if (!problems.empty()) {
    return fail(ErrorKind::usage, "{}: there already, and nothing is written over it; move it away first",
                join(problems, ", "));
  }
  std::erase_if(
      files, [&kept](const RecipeFile& file) { return std::find(kept.begin(), kept.end(), file.path) != kept.end(); });
  return kept;
}

Result<>
write_new(const fs::path& root, const RecipeFile& file)
{
  const fs::path target = root / file.path;
  TRY(make_directories(target.parent_path()));
  TRY(write_file(target, file.text));
  if (file.is_program) {
    std::error_code failed;
    using enum fs::perms;
    fs::permissions(target, owner_exec | group_exec | others_exec, fs::perm_options::add, failed);
    if (failed) {
      return fail(ErrorKind::environment, "{}: cannot be made executable: {}", file.path, failed.message());
    }
  }
  return {};
}

std::string
next_steps(const std::vector<RecipeFile>& files)
{
  const bool has_gitlab =
      std::any_of(files.begin(), files.end(), [](const RecipeFile& file) { return file.path.starts_with(".gitlab/"); });
  return fmt::format("Next: fill in what promotion.yml says{}; commit; sluice promote plan --environment staging\n",
                     has_gitlab ? "; include .gitlab/promote.yml in .gitlab-ci.yml" : "");
}

}  // namespace

void
describe(InitOptions& options, config::OptionTable& table)
{
  table.one_of(options.recipe, recipe_names(),
               {.key = "recipe",
                .value = "NAME",
                .help = "How the service is hosted; by default what the repository's files speak for, else command."});
}

Result<gate::CommandOutcome>
init_command(const InitOptions& options, const gate::CommandInput& input)
{
  const fs::path root = root_of(input.input);
  const Recipe* recipe = options.recipe.empty() ? &recipe_for(root) : find_recipe(options.recipe);
  if (recipe == nullptr) {
    return fail(ErrorKind::usage, "{}: is no recipe; there are {}{}", printable(options.recipe),
                fmt::join(recipe_names(), ", "), did_you_mean(options.recipe, recipe_names()));
  }
  TRY_ASSIGN(const Target target, target_of(input.input, root));
  std::vector<RecipeFile> files = files_of(*recipe, target);
  TRY_ASSIGN(const std::vector<std::string> kept, set_aside(files, root));
  gate::CommandOutcome outcome;
  outcome.note = fmt::format(
      "recipe {}: {}{}\n", recipe->name, recipe->title,
      options.recipe.empty() ? fmt::format(" (--recipe has others: {})", fmt::join(recipe_names(), ", ")) : "");
  for (const RecipeFile& file : files) {
    TRY(write_new(root, file));
    outcome.note += fmt::format("wrote  {}\n", file.path);
  }
  for (const std::string& path : kept) {
    outcome.note += fmt::format("kept   {} (it exists already)\n", path);
  }
  outcome.note += next_steps(files);
  return outcome;
}

}  // namespace sluice::promote
