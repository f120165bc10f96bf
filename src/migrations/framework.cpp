// SPDX-License-Identifier: Apache-2.0
#include "migrations/framework.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

bool
shows_sign(const Framework& framework, std::string_view directory, const gate::FileTree& tree)
{
  if (framework.sign == Framework::Sign::directory) {
    return tree.is_directory(directory);
  }
  const std::vector<std::string> files = tree.list(directory).files;
  return std::any_of(files.begin(), files.end(), [](const std::string& file) { return file.ends_with(".sql"); });
}

}  // namespace

bool
Framework::in_transaction(const Session& session, const Statement& statement, std::size_t position,
                          const MigrationsOptions& options) const
{
  return session.in_transaction() && (session.in_explicit_transaction() || !runs_outside(statement, position, options));
}

const Framework*
find_framework(std::string_view id)
{
  const auto all = frameworks();
  const auto found = std::find_if(all.begin(), all.end(), [id](const Framework* each) { return each->id == id; });
  return found == all.end() ? nullptr : *found;
}

std::vector<const Framework*>
frameworks_by_precedence()
{
  std::vector<const Framework*> all(frameworks().begin(), frameworks().end());
  std::stable_partition(all.begin(), all.end(),
                        [](const Framework* framework) { return framework->precedence == Framework::Precedence::own; });
  return all;
}

std::optional<Detection>
detect(const Framework& framework, const gate::FileTree& tree)
{
  Detection detection;
  for (const std::string_view directory : framework.usual_directories) {
    if (shows_sign(framework, directory, tree)) {
      detection.directories.emplace_back(directory);
    }
  }
  if (detection.directories.empty()) {
    return std::nullopt;
  }
  detection.reason = fmt::format("{} {}", detection.directories.front(),
                                 framework.sign == Framework::Sign::directory ? "is there" : "holds .sql files");
  return detection;
}

}  // namespace sluice::migrations
