// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/language.hpp"
#include "env/script/facts.hpp"
#include "gate/source_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::script {

/// The lines of a text in the file that it comes from. A text of which the reader of a document made another one (a
/// folded scalar, a string with escapes) has its lines only about where they are, so that a name is looked for.
class Lines
{
public:
  /// `text` is in the file, or was made of what stands there from a line on.
  Lines(const gate::SourceText& source, std::string_view text, std::uint32_t line);

  /// Of the place `at` in the text, at which `name` stands.
  [[nodiscard]] std::uint32_t line_of(std::size_t at, std::string_view name) const;

private:
  const gate::SourceText& source_;
  std::uint32_t line_;
  std::size_t offset_;             ///< of the text in the file; npos: it was made
  std::vector<std::size_t> ends_;  ///< of its lines, where it was made
};

/// Where a script runs, as paths from the root of the repository.
struct Standing
{
  std::vector<std::string> here;  ///< directories that it may run in, the likeliest first
  std::string beside;             ///< directory of the script
};

/// The directory of the file that a script is in, where most of them are started.
[[nodiscard]] Standing in_directory_of(const gate::SourceText& source);

/// The paths that a file of a script may have, from the root.
[[nodiscard]] std::vector<std::string> paths_of(const Facts::File& file, const Standing& standing);

/// Hands on what a script says.
void tell(const Facts& facts, const Lines& lines, const Standing& standing, Sightings& seen);

/// Reads a script and hands on what it says.
Facts look_at(std::string_view script, const Setting& setting, const Lines& lines, const Standing& standing,
              Sightings& seen);

}  // namespace sluice::env::script
