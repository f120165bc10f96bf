// SPDX-License-Identifier: Apache-2.0
#include "migrations/framework.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

bool
shows_sign(const Framework& framework, std::string_view directory, const gate::FileTree& tree)
{
  if (framework.sign == Framework::Sign::directory) {
    return tree.is_directory(directory);
  }
  const gate::Listing listing = tree.list(directory);
  return !listing.submodules.empty()
         || std::any_of(listing.files.begin(), listing.files.end(),
                        [](const std::string& file) { return is_sql(file); });
}

}  // namespace

bool
Framework::in_transaction(const Session& session, const Statement& statement, std::size_t position,
                          const MigrationsOptions& options) const
{
  return session.in_transaction() && (session.in_explicit_transaction() || !runs_outside(statement, position, options));
}

bool
is_sql(std::string_view path)
{
  return to_lower(path.substr(path.size() - std::min<std::size_t>(path.size(), 4))) == ".sql";
}

bool
may_be_migration(std::string_view path)
{
  constexpr std::array<std::string_view, 26> others{
      ".md",   ".txt", ".rst", ".adoc", ".html", ".pdf", ".png",    ".jpg", ".svg", ".puml", ".mmd",  ".dbml", ".json",
      ".toml", ".ini", ".cfg", ".conf", ".lock", ".sum", ".prisma", ".csv", ".tsv", ".orig", ".diff", ".bib",  ".log"};
  constexpr std::array<std::string_view, 8> names{"readme",     "license",    "notice", "makefile",
                                                  "dockerfile", "codeowners", "owners", "changelog"};
  const std::string name = to_lower(path.substr(path.rfind('/') + 1));
  const bool is_setting = name.starts_with('.') && name.rfind('.') == 0;  // ".gitkeep"
  return !is_sql(name) && !is_setting && std::find(names.begin(), names.end(), name) == names.end()
         && std::none_of(others.begin(), others.end(), [&name](std::string_view end) { return name.ends_with(end); });
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
  const auto add = [&detection](std::string directory) {
    auto& all = detection.directories;
    if (std::find(all.begin(), all.end(), directory) == all.end()) {
      all.push_back(std::move(directory));
    }
  };
  for (const std::string_view usual : framework.usual_directories) {
    const auto directory = tree.directory_at(usual);
    const gate::EntryKind kind = tree.kind(usual);
    if (directory && kind != gate::EntryKind::submodule && shows_sign(framework, *directory, tree)) {
      add(*directory);
    } else if (kind == gate::EntryKind::submodule || (kind == gate::EntryKind::link && !directory)) {
      add(std::string(usual));  // whatever is behind it
    } else if (tree.kind(usual.substr(0, usual.find('/'))) == gate::EntryKind::submodule
               && framework.sign == Framework::Sign::directory) {
      add(std::string(usual.substr(0, usual.find('/'))));
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
