// SPDX-License-Identifier: Apache-2.0
#include "deps/haskell_project.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

void
add_words(std::string_view text, std::set<std::string, std::less<>>& words)
{
  constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  for (const std::string_view line : lines_of(text)) {
    const std::string_view code = line.substr(0, line.find("--"));
    for (std::size_t at = code.find_first_of(of_names); at != std::string_view::npos;) {
      const std::size_t end = std::min(code.find_first_not_of(of_names, at), code.size());
      words.emplace(code.substr(at, end - at));
      at = code.find_first_of(of_names, end);
    }
  }
}

}  // namespace

std::set<std::string, std::less<>>
words_of_haskell_project(const LockText& file)
{
  std::set<std::string, std::less<>> words;
  for (const std::string& name : file.around.tree().list(directory_of(file.path)).files) {
    if (name.ends_with(".cabal") || name == "package.yaml" || name.ends_with("/package.yaml")) {
      add_words(file.around.read(name).value_or(""), words);
    }
  }
  return words;
}

}  // namespace sluice::deps
