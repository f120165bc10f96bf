// SPDX-License-Identifier: Apache-2.0
//
// What a script writes into dotenv files and into the file by which the later steps of a job get their variables.
#include "env/script/walk.hpp"
#include "env/script/words.hpp"

#include <algorithm>

namespace sluice::env::script {

namespace {

/// Of the first newline, or of the `\n` that `printf` and `echo -e` make one of, and how long it is.
Span
newline_in(std::string_view text, std::size_t from)
{
  for (std::size_t at = text.find_first_of("\n\\", from); at < text.size(); at = text.find_first_of("\n\\", at + 1)) {
    if (text[at] == '\n' || text.substr(at + 1).starts_with('n')) {
      return {at, at + (text[at] == '\n' ? 1 : 2)};
    }
  }
  return {text.size(), text.size()};
}

}  // namespace

void
Walk::written(const std::vector<Piece>& pieces, Destination destination)
{
  bool begins_line = true;
  for (const Piece& piece : pieces) {
    if (destination == Destination::elsewhere) {
      return;
    }
    if (piece.kind != Piece::Kind::text) {
      begins_line = false;
      continue;
    }
    const std::string_view text = piece.at.of(text_);
    for (std::size_t at = 0; at < text.size();) {
      const Span newline = newline_in(text, at);
      if (begins_line) {
        written_line(text.substr(at, newline.begin - at), piece.at.begin + at, destination);
      }
      begins_line = newline.size() > 0;
      at = std::max(newline.end, at + 1);
    }
  }
}

void
Walk::written_line(std::string_view line, std::size_t at, Destination destination)
{
  std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  if (line.substr(begin).starts_with("export ")) {
    begin += 7;
  }
  std::size_t end = begin;
  while (end < line.size() && (end == begin ? begins_name(line[end]) : is_of_name(line[end]))) {
    ++end;
  }
  const std::string_view sign = line.substr(end);
  if (end > begin && (sign.starts_with('=') || sign.starts_with("<<"))) {
    const std::string name(line.substr(begin, end - begin));
    give(name, at + begin);
    if (destination == Destination::later_steps) {
      facts_.handed_on.insert(name);
    }
  }
}

}  // namespace sluice::env::script
