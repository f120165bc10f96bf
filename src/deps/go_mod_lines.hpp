// SPDX-License-Identifier: Apache-2.0
//
// The syntax of go.mod (go.dev/ref/mod, "Lexical elements" and "Grammar"), as lines of one directive each: blocks are
// taken apart.
#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::deps {

struct GoModLine
{
  std::string_view verb;
  std::vector<std::string_view> words;  ///< behind the verb; a text in quotes is one word, without them
  std::string_view comment;
  std::uint32_t number = 0;
};

struct GoModLines
{
  std::vector<GoModLine> lines;
  std::uint32_t broken_line = 0;  ///< 0: none
  std::string why;                ///< a clause, if a line is broken
};

[[nodiscard]] GoModLines read_go_mod_lines(std::string_view text);

/// "OLD [VERSION] => NEW [VERSION]".
struct GoReplacement
{
  std::string_view path, version;  ///< of the old; no version: of every
  std::string_view new_path, new_version;
};

/// The words behind `replace`; an error says what is wrong with them, as a sentence.
[[nodiscard]] tl::expected<GoReplacement, std::string> read_go_replacement(const std::vector<std::string_view>& words);

/// Whether a replacement is a directory: it begins as a path.
[[nodiscard]] bool is_local_go_module(std::string_view path);

/// What is used in place of modules: of several for one module and version the last counts, and of one for a version
/// and one for all of them the former.
class GoReplacements
{
public:
  void add(const GoReplacement& replacement);
  /// Null if the module is used as it is.
  [[nodiscard]] const GoReplacement* of(std::string_view path, std::string_view version) const;

private:
  std::unordered_map<std::string, GoReplacement> replacements_;
};

/// Whether `go` is at least 1.17; without a go line it is 1.16.
[[nodiscard]] bool go_names_the_selection(std::string_view go);

}  // namespace sluice::deps
