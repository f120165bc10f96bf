// SPDX-License-Identifier: Apache-2.0
#include "cli/policy_file.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "git/history.hpp"

#include <fmt/format.h>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_file_bytes = 16U << 20U;

Result<std::optional<std::string>>
read_if_there(const fs::path& file)
{
  if (file == "/dev/null") {
    return std::optional<std::string>("");  // how people say that there is to be none
  }
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
  if (wanted.is_absolute()) {
    return wanted;
  }
  std::error_code error;
  const fs::path here = fs::weakly_canonical(invocation.directory, error) / wanted;
  return fs::exists(fs::symlink_status(here, error)) ? here : policy_root(setup) / wanted;
}

std::optional<std::string>
path_in_repository(const Setup& setup, const fs::path& file)
{
  if (!setup.repository || setup.repository->is_bare()) {
    return std::nullopt;
  }
  const fs::path& root = setup.repository->work_tree();
  std::error_code error;
  // As it is written first: a link on the way that leads elsewhere does not take the file out of the repository.
  for (const fs::path& named :
       {file.lexically_normal(), fs::weakly_canonical(file.parent_path(), error) / file.filename()}) {
    const fs::path relative = named.lexically_relative(root);
    if (!relative.empty() && *relative.begin() != ".." && relative != ".") {
      return relative.generic_string();
    }
  }
  return std::nullopt;
}

Result<PolicyFile>
read_policy_file(const Setup& setup, const fs::path& file, const std::string& name)
{
  PolicyFile result;
  result.own.name = name;
  const auto inside = path_in_repository(setup, file);
  if (!inside) {
    TRY_ASSIGN(result.own.text, read_if_there(file));
    return result;
  }
  const fs::path& root = setup.repository->work_tree();
  if (auto literal = refuse_links(root, root / *inside); !literal) {
    return fail(ErrorKind::config, "{}: {}; what decides a verdict must be a file of the repository", printable(name),
                printable(literal.error().message));
  }
  TRY_ASSIGN(result.own.text, read_if_there(root / *inside));
  const ci::Trust& trust = setup.trust;
  if (trust.source == ci::Trust::Source::work_tree && !trust.tip) {
    return result;
  }
  const std::string whose = trust.branch.empty() ? "the default branch" : printable(trust.branch);
  result.trusted = config::ConfigFile{fmt::format("{} (of {})", name, whose), {}};
  if (trust.tip) {
    auto text = setup.repository->file_at(*trust.tip, *inside);
    if (!text && text.error().kind != ErrorKind::input) {
      return Failure(text.error());
    }
    if (!text) {
      result.unread = git::unread_gap(*setup.repository, fmt::format("{} of {}", name, whose), text.error().message);
    } else {
      result.trusted->text = *std::move(text);
    }
  }
  return result;
}

}  // namespace sluice::cli
