// SPDX-License-Identifier: Apache-2.0
#include "cli/policy_file.hpp"

#include "base/path.hpp"

#include <fmt/format.h>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_file_bytes = 16U << 20U;

Result<std::optional<std::string>>
read_if_there(const fs::path& file)
{
  std::error_code error;
  if (!fs::exists(fs::symlink_status(file, error))) {
    return std::optional<std::string>();
  }
  auto text = read_file(file, max_file_bytes);
  if (!text) {
    return fail(ErrorKind::config, "{}", text.error().message);
  }
  return std::optional<std::string>(*std::move(text));
}

}  // namespace

fs::path
policy_root(const Setup& setup)
{
  const bool has_tree = setup.repository && !setup.repository->is_bare();
  return has_tree ? setup.repository->work_tree() : setup.directory;
}

fs::path
policy_path(const Setup& setup, const Invocation& invocation, const fs::path& wanted)
{
  std::error_code error;
  const fs::path here = invocation.directory / wanted;
  return wanted.is_absolute() || fs::exists(here, error) ? here : policy_root(setup) / wanted;
}

std::optional<std::string>
path_in_repository(const Setup& setup, const fs::path& file)
{
  if (!setup.repository || setup.repository->is_bare()) {
    return std::nullopt;
  }
  std::error_code error;
  const fs::path root = fs::weakly_canonical(setup.repository->work_tree(), error);
  // The name itself is not followed: a change that makes it a link would choose which file is trusted.
  const fs::path named = fs::weakly_canonical(file.parent_path(), error) / file.filename();
  const fs::path relative = named.lexically_relative(root);
  if (error || relative.empty() || *relative.begin() == "..") {
    return std::nullopt;
  }
  return relative.generic_string();
}

Result<PolicyFile>
read_policy_file(const Setup& setup, const fs::path& file, const std::string& name)
{
  PolicyFile result;
  result.own.name = name;
  TRY_ASSIGN(result.own.text, read_if_there(file));
  const auto inside = path_in_repository(setup, file);
  if (!setup.context.change_under_test() || !inside) {
    return result;
  }
  result.trusted = config::ConfigFile{fmt::format("{} (of the base branch)", name), {}};
  if (setup.trusted) {
    TRY_ASSIGN(result.trusted->text, setup.repository->file_at(*setup.trusted, *inside));
  }
  return result;
}

}  // namespace sluice::cli
