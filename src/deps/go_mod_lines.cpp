// SPDX-License-Identifier: Apache-2.0
#include "deps/go_mod_lines.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

/// A line without its comment, in words. A text in quotes is one word, without them.
struct Words
{
  std::vector<std::string_view> words;
  std::string_view comment;
  std::string_view defect;
};

Words
words_of(std::string_view line)
{
  Words result;
  for (line = trim(line); !line.empty(); line = trim(line)) {
    if (line.starts_with("//")) {
      result.comment = trim(line.substr(2));
      return result;
    }
    if (line.front() == '"' || line.front() == '`') {
      const std::size_t end = line.find(line.front(), 1);
      if (end == std::string_view::npos) {
        result.defect = "a quote is not closed";
        return result;
      }
      // Go would take the escape for another character, and nobody needs one in a module's path.
      if (line.front() == '"' && line.substr(0, end).find('\\') != std::string_view::npos) {
        result.defect = "a text in quotes has an escape";
        return result;
      }
      result.words.push_back(line.substr(1, end - 1));
      line.remove_prefix(end + 1);
      continue;
    }
    if (line.front() == '(' || line.front() == ')') {
      result.words.push_back(line.substr(0, 1));
      line.remove_prefix(1);
      continue;
    }
    // Two slashes end a word, blank or not (golang.org/x/mod, modfile/read.go, readToken).
    const std::size_t end = std::min({line.find_first_of(" \t()"), line.find("//"), line.size()});
    result.words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return result;
}

}  // namespace

GoModLines
read_go_mod_lines(std::string_view text)
{
  GoModLines result;
  std::string_view block;
  std::uint32_t block_line = 0, number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    Words all = words_of(line);
    std::vector<std::string_view>& words = all.words;
    if (!all.defect.empty()) {
      result.broken_line = number;
      result.why = all.defect;
      return result;
    }
    if (words.empty()) {
      continue;
    }
    if (!block.empty()) {
      if (words.size() == 1 && words.front() == ")") {
        block = {};
      } else {
        result.lines.push_back({block, std::move(words), all.comment, number});
      }
    } else if (words.size() == 2 && words[1] == "(") {
      block = words.front();
      block_line = number;
    } else if (words.size() != 3 || words[1] != "(" || words[2] != ")") {
      const std::string_view verb = words.front();
      words.erase(words.begin());
      result.lines.push_back({verb, std::move(words), all.comment, number});
    }
  }
  if (!block.empty()) {
    result.broken_line = block_line;
    result.why = fmt::format("the block of {} is not closed", printable(block));
  }
  return result;
}

tl::expected<GoReplacement, std::string>
read_go_replacement(const std::vector<std::string_view>& words)
{
  const std::size_t arrow = words.size() > 1 && words[1] == "=>" ? 1 : 2;
  const std::size_t behind = words.size() > arrow ? words.size() - arrow - 1 : 0;
  if (words.size() <= arrow || words[arrow] != "=>" || behind < 1 || behind > 2) {
    return tl::unexpected<std::string>("a replacement is written OLD [VERSION] => NEW [VERSION]");
  }
  if (behind == 1 && !is_local_go_module(words[arrow + 1])) {
    return tl::unexpected(fmt::format("the replacement {} is a module without a version", printable(words[arrow + 1])));
  }
  return GoReplacement{words[0], arrow == 2 ? words[1] : std::string_view(), words[arrow + 1],
                       behind == 2 ? words[arrow + 2] : std::string_view()};
}

bool
is_local_go_module(std::string_view path)
{
  return path.starts_with("./") || path.starts_with("../") || path.starts_with('/') || path == "." || path == ".."
         || (path.size() > 2 && path[1] == ':');
}

void
GoReplacements::add(const GoReplacement& replacement)
{
  replacements_[fmt::format("{}\n{}", replacement.path, replacement.version)] = replacement;
}

const GoReplacement*
GoReplacements::of(std::string_view path, std::string_view version) const
{
  for (const std::string_view each : {version, std::string_view()}) {
    const auto found = replacements_.find(fmt::format("{}\n{}", path, each));
    if (found != replacements_.end()) {
      return &found->second;
    }
  }
  return nullptr;
}

bool
go_names_the_selection(std::string_view go)
{
  const std::vector<std::string_view> parts = split(go, '.');
  const auto major = number_of<unsigned>(parts.front());
  const std::string_view minor_text = parts.size() > 1 ? parts[1] : std::string_view("0");
  const auto minor = number_of<unsigned>(
      minor_text.substr(0, std::min(minor_text.find_first_not_of("0123456789"), minor_text.size())));
  return major && minor && (*major > 1 || (*major == 1 && *minor >= 17));
}

}  // namespace sluice::deps
