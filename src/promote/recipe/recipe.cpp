// SPDX-License-Identifier: Apache-2.0
#include "promote/recipe/recipe.hpp"

#include "base/text.hpp"
#include "promote/recipe/recipe_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace sluice::promote {

namespace {

template<std::size_t N> using Names = std::array<std::string_view, N>;

constexpr Names<2> cloudflare_marks{"wrangler.toml", "wrangler.jsonc"};
constexpr Names<4> compose_marks{"compose.yml", "compose.yaml", "docker-compose.yml", "docker-compose.yaml"};
constexpr Names<2> frappe_marks{"sites/apps.txt", "apps.txt"};
constexpr Names<1> fly_marks{"fly.toml"};
constexpr Names<3> kubectl_marks{"k8s", "kubernetes", "kustomization.yaml"};
constexpr Names<1> netlify_marks{"netlify.toml"};
constexpr Names<3> pm2_marks{"ecosystem.config.js", "ecosystem.config.cjs", "ecosystem.config.json"};
constexpr Names<2> railway_marks{"railway.json", "railway.toml"};
constexpr Names<1> render_marks{"render.yaml"};
constexpr Names<1> supabase_marks{"supabase/config.toml"};
constexpr Names<2> vercel_marks{"vercel.json", ".vercel"};

constexpr Names<2> cloudflare_secrets{"CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN"};
constexpr Names<1> compose_secrets{"DOCKER_HOST"};
constexpr Names<1> fly_secrets{"FLY_API_TOKEN"};
constexpr Names<1> netlify_secrets{"NETLIFY_AUTH_TOKEN"};
constexpr Names<1> railway_secrets{"RAILWAY_TOKEN"};
constexpr Names<1> render_secrets{"RENDER_API_KEY"};
constexpr Names<2> supabase_secrets{"SUPABASE_ACCESS_TOKEN", "SUPABASE_DB_PASSWORD"};
constexpr Names<2> vercel_secrets{"VERCEL_ORG_ID", "VERCEL_TOKEN"};

constexpr std::array<Recipe, 12> all{{
    {"cloudflare-pages", "Cloudflare Pages with wrangler", cloudflare_marks, cloudflare_secrets},
    {"command", "programs of your own, deploy.sh and rollback.sh", {}, {}},
    {"compose", "Docker compose, with PostgreSQL", compose_marks, compose_secrets},
    {"fly", "Fly.io with flyctl", fly_marks, fly_secrets},
    {"frappe", "an app on a Frappe bench", frappe_marks, {}, RunsOn::own_machine},
    {"kubectl", "a Deployment in Kubernetes", kubectl_marks, {}},
    {"netlify", "Netlify", netlify_marks, netlify_secrets},
    {"pm2", "a server with PM2, over ssh", pm2_marks, {}},
    {"railway", "Railway", railway_marks, railway_secrets},
    {"render", "Render", render_marks, render_secrets},
    {"supabase", "Supabase: dumps, migrations, Edge Functions", supabase_marks, supabase_secrets},
    {"vercel", "Vercel", vercel_marks, vercel_secrets},
}};

constexpr auto names = [] {
  std::array<std::string_view, all.size()> result{};
  std::transform(all.begin(), all.end(), result.begin(), [](const Recipe& recipe) { return recipe.name; });
  return result;
}();

/// From what says most of how a thing is hosted to what is often there for another reason.
constexpr Names<11> likely{"frappe", "supabase", "cloudflare-pages", "vercel", "netlify", "fly", "railway",
                           "render", "pm2",      "kubectl",          "compose"};

/// The line says whose our template is, and nothing of what somebody makes of it.
std::string
without_licence(std::string_view text)
{
  std::string result;
  for (const std::string_view line : lines_of(text)) {
    if (line != "# SPDX-License-Identifier: Apache-2.0") {
      result += fmt::format("{}\n", line);
    }
  }
  return result;
}

std::string_view
template_named(std::string_view path)
{
  const auto files = embedded_files();
  const auto found = std::find_if(files.begin(), files.end(), [path](const auto& file) { return file.path == path; });
  return found == files.end() ? std::string_view() : found->text;
}

/// The template with the line that names a secret once for each, or not at all, with `before` if there is something.
std::string
with_secrets(std::string_view text, std::span<const std::string_view> secrets)
{
  std::string result;
  for (const std::string_view line : lines_of(text)) {
    if (!trim(line).starts_with("NAME: ")) {
      result += fmt::format("{}\n", line);
      continue;
    }
    for (const std::string_view secret : secrets) {
      result += replace_all(line, "NAME", secret) + "\n";
    }
  }
  return result;
}

/// Without what is for an image: the machine has everything.
std::string
on_own_machine(std::string_view text)
{
  std::string result;
  for (const std::string_view line : lines_of(text)) {
    const std::string_view words = trim(line);
    if (words.starts_with("image: ")) {
      result += "  tags: [$PROMOTE_TO]  # a runner on the machine of that environment\n";
    } else if (!words.starts_with("container: ") && line.find("safe.directory") == std::string_view::npos) {
      result += fmt::format("{}\n", line);
    }
  }
  return result;
}

std::string
runner(const Recipe& recipe, std::string_view environment)
{
  return recipe.runs_on == RunsOn::image ? "ubuntu-latest" : fmt::format("[self-hosted, {}]", environment);
}

RecipeFile
platform_file(const Recipe& recipe, const Target& target)
{
  const bool is_github = target.platform == CiHost::github;
  std::string text =
      with_secrets(without_licence(template_named(is_github ? "ci/github.yml" : "ci/gitlab.yml")), recipe.secrets);
  text = recipe.runs_on == RunsOn::image ? text : on_own_machine(text);
  text = replace_all(text, "STAGING-RUNNER", runner(recipe, "staging"));
  text = replace_all(text, "PRODUCTION-RUNNER", runner(recipe, "production"));
  text = replace_all(text, "[BRANCH]", fmt::format("[{}]", target.branch));
  return {is_github ? ".github/workflows/promote.yml" : ".gitlab/promote.yml", std::move(text)};
}

RecipeFile
file_of(std::string_view path, std::string_view text)
{
  const bool is_theirs = path.find('/') == std::string_view::npos && path.ends_with(".sh");
  return {std::string(path), without_licence(text), text.starts_with("#!"), is_theirs};
}

}  // namespace

std::span<const Recipe>
recipes()
{
  return all;
}

std::span<const std::string_view>
recipe_names()
{
  return names;
}

const Recipe*
find_recipe(std::string_view name)
{
  const auto* found = std::find_if(all.begin(), all.end(), [name](const Recipe& each) { return each.name == name; });
  return found == all.end() ? nullptr : found;
}

const Recipe&
recipe_for(const std::filesystem::path& root)
{
  for (const std::string_view name : likely) {
    const Recipe& recipe = *find_recipe(name);
    const bool is_marked = std::any_of(recipe.marks.begin(), recipe.marks.end(), [&root](std::string_view mark) {
      std::error_code failed;
      return std::filesystem::exists(root / mark, failed);
    });
    if (is_marked) {
      return recipe;
    }
  }
  return *find_recipe("command");
}

std::vector<RecipeFile>
files_of(const Recipe& recipe, const Target& target)
{
  std::map<std::string, RecipeFile, std::less<>> files;
  const std::string own = fmt::format("{}/", recipe.name);
  for (const auto& [path, text] : embedded_files()) {
    if (path.starts_with(own)) {
      RecipeFile file = file_of(path.substr(own.size()), text);
      files.insert_or_assign(file.path, std::move(file));
    }
  }
  constexpr std::string_view shared = "shared/";
  constexpr std::string_view scripts = "scripts/promote/";
  const auto first = files.lower_bound(scripts);
  if (first != files.end() && first->first.starts_with(scripts)) {
    for (const auto& [path, text] : embedded_files()) {
      if (path.starts_with(shared)) {
        RecipeFile file = file_of(path.substr(shared.size()), text);
        files.try_emplace(file.path, std::move(file));
      }
    }
  }
  RecipeFile platform = platform_file(recipe, target);
  files.emplace(platform.path, std::move(platform));
  std::vector<RecipeFile> result;
  for (auto& [path, file] : files) {
    result.push_back(std::move(file));
  }
  return result;
}

}  // namespace sluice::promote
