// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// The word as a POSIX shell reads it back: bare if nothing in it is special, else in quotes. A line feed, a control or
/// an invisible character, or a byte beyond ASCII, is spelled for printf, so that the text is one line of printable
/// ASCII that a terminal, a log and a copy leave as it is; nor does it hold `##[`, which runners take for a command. No
/// word of a command can hold a NUL, and none ends with a line feed: a NUL and line feeds at the end are dropped.
[[nodiscard]] std::string shell_word(std::string_view word);

/// The words, each as shell_word(), with blanks between.
[[nodiscard]] std::string shell_command(std::span<const std::string> words);

}  // namespace sluice
