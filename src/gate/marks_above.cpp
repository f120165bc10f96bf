// SPDX-License-Identifier: Apache-2.0
//
// Where a mark can stand if the line itself takes no comment. A key in PEM armour, a value in .properties and a
// template literal have one thing in common: above the line on which they begin a comment is a comment. So a mark for
// the next line counts for whatever begins there, however long it is, and for what lies further down if that line opens
// it: the mark is then above the block and not within, where it would be text.
//
// To parse the language would say what a block is, for the languages that somebody wrote a parser for. The openings are
// few and told from the lines alone: a literal between backticks or three quotes, lines that a backslash continues, a
// block of YAML, a here-document and PEM armour. Whatever is not clearly one of these is none.
#include "gate/marks_above.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace sluice::gate {

namespace {

constexpr std::size_t max_line = 4096;
constexpr std::size_t max_block = 8192;  ///< bytes above the line that are looked at
constexpr std::size_t max_lines = 100;

std::string_view
without_return(std::string_view line)
{
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// The line that holds `offset`, of a very long one the part around it.
std::string_view
line_at(std::string_view text, std::size_t offset)
{
  const std::size_t left = offset - std::min(offset, max_line);
  const std::size_t newline = text.substr(left, offset - left).rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? left : left + newline + 1;
  const std::string_view rest = text.substr(begin, 2 * max_line);
  return without_return(rest.substr(0, rest.find('\n')));
}

/// Whole lines above the one that begins at `begin`, the nearest first.
std::vector<std::string_view>
lines_above(std::string_view text, std::size_t begin)
{
  std::vector<std::string_view> lines;
  const std::size_t least = begin - std::min(begin, max_block);
  for (std::size_t end = begin; end > least && text[end - 1] == '\n' && lines.size() < max_lines;) {
    const std::string_view before = text.substr(least, end - 1 - least);
    const std::size_t newline = before.rfind('\n');
    if (newline == std::string_view::npos && least != 0) {
      break;  // its beginning is not seen
    }
    const std::size_t line = newline == std::string_view::npos ? least : least + newline + 1;
    lines.push_back(without_return(text.substr(line, end - 1 - line)));
    end = line;
  }
  return lines;
}

std::size_t
count_of(std::string_view line, std::string_view what)
{
  std::size_t count = 0;
  for (std::size_t at = line.find(what); at != std::string_view::npos; at = line.find(what, at + what.size())) {
    ++count;
  }
  return count;
}

std::size_t
indentation(std::string_view line)
{
  return std::min(line.find_first_not_of(" \t"), line.size());
}

/// What a possible block consists of, down to where the finding begins.
struct Block
{
  std::string_view opening;
  std::span<const std::string_view> inner;  ///< whole lines between
  std::string_view last;                    ///< the line of the finding, up to it
  std::string_view after;                   ///< the text from there on

  template<typename Predicate>
  [[nodiscard]] bool
  no_line(const Predicate& predicate) const
  {
    return !predicate(last) && std::none_of(inner.begin(), inner.end(), predicate);
  }
};

bool
is_literal(const Block& block)
{
  constexpr std::array<std::string_view, 3> delimiters{"`", "\"\"\"", "'''"};
  return std::any_of(delimiters.begin(), delimiters.end(), [&block](std::string_view delimiter) {
    return count_of(block.opening, delimiter) % 2 == 1
           && block.no_line([delimiter](std::string_view line) { return line.find(delimiter) != line.npos; });
  });
}

bool
is_continued(std::string_view line)
{
  const std::size_t kept = line.find_last_not_of('\\');
  return (line.size() - (kept == std::string_view::npos ? 0 : kept + 1)) % 2 == 1;
}

bool
is_continuation(const Block& block)
{
  return is_continued(block.opening) && std::all_of(block.inner.begin(), block.inner.end(), is_continued);
}

/// `key: |`, `- >-2` (YAML 1.2, 8.1).
bool
is_yaml_block(const Block& block)
{
  std::string_view opening = trim(block.opening);
  while (!opening.empty() && std::string_view("+-0123456789").find(opening.back()) != std::string_view::npos) {
    opening.remove_suffix(1);
  }
  const bool opens =
      (opening.ends_with('|') || opening.ends_with('>')) && (opening.size() == 1 || opening[opening.size() - 2] == ' ');
  const std::size_t outer = indentation(block.opening);
  return opens && indentation(block.last) > outer
         && std::all_of(block.inner.begin(), block.inner.end(),
                        [outer](std::string_view line) { return trim(line).empty() || indentation(line) > outer; });
}

/// `<<EOF`, `<<-'EOF'`, `<<~SQL`. Elsewhere `<<` is an operator; what follows it there ends no line below.
bool
is_here_document(const Block& block)
{
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
  const std::size_t at = block.opening.find("<<");
  if (at == std::string_view::npos) {
    return false;
  }
  std::string_view word = block.opening.substr(at + 2);
  word.remove_prefix(std::min(word.find_first_not_of("-~ '\"\\"), word.size()));
  word = word.substr(0, word.find_first_not_of(letters));
  const auto is_end = [word](std::string_view line) { return trim(line) == word; };
  const std::vector<std::string_view> below = lines_of(block.after.substr(0, max_block));
  return !word.empty() && block.no_line(is_end) && std::any_of(below.begin(), below.end(), is_end);
}

bool
is_armour(const Block& block)
{
  return block.opening.find("-----BEGIN ") != std::string_view::npos
         && block.opening.find("-----END ") == std::string_view::npos
         && block.no_line([](std::string_view line) { return line.find("-----END ") != line.npos; });
}

bool
is_block(const Block& block)
{
  return is_literal(block) || is_continuation(block) || is_yaml_block(block) || is_here_document(block)
         || is_armour(block);
}

}  // namespace

/// The part of a very long line around one place is not that around another.
void
MarkReader::go_to(std::string_view line)
{
  if (line.data() == line_.data() && line.size() == line_.size()) {
    return;
  }
  line_ = line;
  marks_.clear();
  const auto begin = static_cast<std::size_t>(line.data() - text_.data());
  above_.clear();
  if (begin == 0 || text_[begin - 1] != '\n') {
    return;
  }
  const std::size_t seen = std::min(begin, max_block);
  work_ += seen;
  if (text_.substr(begin - seen, seen).find("next") != std::string_view::npos) {
    above_ = lines_above(text_, begin);
  }
}

MarkReader::LineMarks
MarkReader::read(std::string_view rule_id)
{
  constexpr std::size_t most_over_blocks = 4;
  LineMarks marks;
  MarkChoice choice;
  choice.add(inline_allow(line_, rule_id, peers_));
  work_ += line_.size();
  if (!above_.empty() && !choice.is_best()) {
    choice.add(next_line_allow(above_.front(), rule_id, peers_));
  }
  for (std::size_t i = 1; i < above_.size() && !choice.is_best() && marks.over_blocks.size() < most_over_blocks; ++i) {
    work_ += above_[i].size();
    if (above_[i].find("next") == std::string_view::npos) {
      continue;
    }
    if (auto allow = next_line_allow(above_[i], rule_id, peers_)) {
      allow->lines_before = static_cast<std::uint32_t>(i + 1);
      marks.over_blocks.push_back({i, *std::move(allow)});
    }
  }
  marks.best = choice.take();
  return marks;
}

std::optional<InlineAllow>
MarkReader::allow_at(std::size_t offset, std::string_view rule_id)
{
  go_to(line_at(text_, offset));
  auto known = marks_.find(rule_id);
  if (known == marks_.end()) {
    known = marks_.emplace(rule_id, read(rule_id)).first;
  }
  MarkChoice choice;
  choice.add(known->second.best);
  const auto begin = static_cast<std::size_t>(line_.data() - text_.data());
  for (const MarkAbove& mark : known->second.over_blocks) {
    const Block block{above_[mark.line - 1], std::span(above_).first(mark.line - 1),
                      text_.substr(begin, offset - begin), text_.substr(offset)};
    work_ += static_cast<std::uint64_t>(line_.data() + (offset - begin) - block.opening.data());
    if (is_block(block)) {
      choice.add(mark.allow);
      break;
    }
  }
  return choice.take();
}

std::optional<InlineAllow>
allow_at(std::string_view text, std::size_t offset, std::string_view rule_id, PeerMarks peers)
{
  return MarkReader(text, peers).allow_at(offset, rule_id);
}

}  // namespace sluice::gate
