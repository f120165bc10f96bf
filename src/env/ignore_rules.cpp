// SPDX-License-Identifier: Apache-2.0
#include "env/ignore_rules.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"

namespace sluice::env {

namespace {

bool
fits(const IgnorePattern& pattern, std::string_view path, bool is_directory)
{
  if (pattern.is_directory && !is_directory) {
    return false;
  }
  // A glob without a slash fits in any directory, and a line that is anchored in its own alone.
  const bool is_elsewhere =
      pattern.is_anchored && pattern.glob.find('/') == std::string::npos && path.find('/') != std::string_view::npos;
  return !is_elsewhere && Glob(pattern.glob).matches(pattern.is_anchored ? path : file_name_of(path));
}

}  // namespace

std::vector<IgnorePattern>
parse_ignore_file(std::string_view text)
{
  std::vector<IgnorePattern> patterns;
  std::uint32_t number = 0;
  for (std::string_view line : lines_of(text)) {
    ++number;
    while (line.ends_with(' ') && !line.ends_with("\\ ")) {
      line.remove_suffix(1);
    }
    if (line.empty() || line.starts_with('#')) {
      continue;
    }
    IgnorePattern pattern;
    pattern.line = number;
    if (line.starts_with('!')) {
      pattern.is_negated = true;
      line.remove_prefix(1);
    }
    line.remove_prefix(line.starts_with('\\') ? 1 : 0);
    pattern.is_directory = line.ends_with('/');
    line.remove_suffix(pattern.is_directory ? 1 : 0);
    pattern.is_anchored = line.find('/') != std::string_view::npos;
    line.remove_prefix(line.starts_with('/') ? 1 : 0);
    pattern.glob = line;
    if (!pattern.glob.empty()) {
      patterns.push_back(std::move(pattern));
    }
  }
  return patterns;
}

const std::vector<IgnorePattern>&
IgnoreRules::patterns_of(const std::string& directory)
{
  const auto known = files_.find(directory);
  if (known != files_.end()) {
    return known->second;
  }
  const auto text = tree_.read(path_in(directory, ".gitignore"));
  return files_.emplace(directory, text ? parse_ignore_file(*text) : std::vector<IgnorePattern>()).first->second;
}

std::optional<Ignored>
IgnoreRules::decided(std::string_view path, bool is_directory, bool& is_negated)
{
  // The nearest file counts first, and of its lines the last.
  for (std::string_view directory = directory_of(path);; directory = directory_of(directory)) {
    const std::vector<IgnorePattern>& patterns = patterns_of(std::string(directory));
    const std::string_view below = directory.empty() ? path : path.substr(directory.size() + 1);
    for (auto pattern = patterns.rbegin(); pattern != patterns.rend(); ++pattern) {
      if (fits(*pattern, below, is_directory)) {
        is_negated = pattern->is_negated;
        return Ignored{path_in(directory, ".gitignore"), pattern->line};
      }
    }
    if (directory.empty()) {
      return std::nullopt;
    }
  }
}

std::optional<Ignored>
IgnoreRules::ignored(std::string_view path)
{
  // What lies in an ignored directory cannot be taken back.
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    bool is_negated = false;
    if (auto found = decided(path.substr(0, slash), true, is_negated); found && !is_negated) {
      return found;
    }
  }
  bool is_negated = false;
  auto found = decided(path, false, is_negated);
  return is_negated ? std::nullopt : found;
}

}  // namespace sluice::env
