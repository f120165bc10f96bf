// SPDX-License-Identifier: Apache-2.0
#include "deps/go_workspace.hpp"

#include "base/tree_path.hpp"

#include <fmt/format.h>

#include <string>

namespace sluice::deps {

namespace {

struct Workspace
{
  bool uses_module = false;
  GoReplacements replacements;
};

Workspace
workspace_in(std::string_view text, std::string_view path, const Surroundings& from_root, const LockText& file,
             PackageList& list)
{
  Workspace workspace;
  const auto refuse = [&](std::uint32_t line, std::string why) {
    list.gap_elsewhere(GapKind::unparsable, fmt::format("{}:{}", path, line), std::move(why), "Run go work sync");
  };
  const GoModLines all = read_go_mod_lines(text);
  if (all.broken_line != 0) {
    refuse(all.broken_line, all.why);
  }
  for (const GoModLine& line : all.lines) {
    if (line.verb == "use" && line.words.size() == 1) {
      const auto used = from_root.resolve(path_in(directory_of(path), line.words.front()));
      workspace.uses_module = workspace.uses_module || (used && *used == directory_of(file.path));
    } else if (line.verb == "replace") {
      if (const auto replacement = read_go_replacement(line.words)) {
        workspace.replacements.add(*replacement);
      } else {
        refuse(line.number, replacement.error());
      }
    }
  }
  return workspace;
}

}  // namespace

std::optional<GoReplacements>
read_go_workspace(const LockText& file, PackageList& list)
{
  const Surroundings from_root(file.around.tree(), "");
  for (std::string_view directory = directory_of(file.path);; directory = directory_of(directory)) {
    const std::string path = path_in(directory, "go.work");
    if (auto text = from_root.read(path)) {
      Workspace workspace = workspace_in(list.keep(*std::move(text)), path, from_root, file, list);
      return workspace.uses_module ? std::optional(std::move(workspace.replacements)) : std::nullopt;
    }
    if (directory.empty()) {
      return std::nullopt;
    }
  }
}

}  // namespace sluice::deps
