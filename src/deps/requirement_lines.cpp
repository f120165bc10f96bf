// SPDX-License-Identifier: Apache-2.0
#include "deps/requirement_lines.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

/// Behind "#" at the start or after a blank.
std::size_t
comment_in(std::string_view line)
{
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

RequirementLines::RequirementLines(std::string_view text)
{
  std::uint32_t number = 0;
  for (const std::string_view physical : lines_of(text)) {
    ++number;
    add(physical, number);
  }
  finish();
}

void
RequirementLines::add(std::string_view physical, std::uint32_t number)
{
  if (trim(physical).starts_with('#')) {
    note_via(trim(trim(physical).substr(1)));
    finish();
    return;
  }
  if (open_.number == 0) {
    open_.number = number;
  }
  const std::size_t comment = comment_in(physical);
  if (comment == std::string_view::npos && physical.ends_with('\\')) {
    open_.text += physical.substr(0, physical.size() - 1);
    return;
  }
  open_.text += physical.substr(0, comment);
  finish();
  if (comment != std::string_view::npos) {
    note_via(trim(physical.substr(comment + 1)));
  } else if (!trim(physical).empty()) {
    is_in_via_ = false;
  }
}

// "via flask", or "via" and then a line for each.
void
RequirementLines::note_via(std::string_view comment)
{
  if (lines.empty()) {
    return;
  }
  if (comment == "via" || comment.starts_with("via ")) {
    has_via = is_in_via_ = true;
    lines.back().is_via_package = true;
    comment = trim(comment.substr(3));
  }
  // A file that asks for it: "-r requirements.in", "app (pyproject.toml)", "(via …)".
  if (is_in_via_ && (comment.starts_with("-r ") || comment.ends_with(")"))) {
    lines.back().is_via_package = false;
    is_in_via_ = false;
  }
}

void
RequirementLines::finish()
{
  if (open_.number != 0 && !trim(open_.text).empty()) {
    lines.push_back(std::move(open_));
  }
  open_ = {};
}

std::string_view
requirement_argument(std::string_view line, std::string_view brief, std::string_view full)
{
  if (line.starts_with(full)) {
    const std::string_view rest = line.substr(full.size());
    return rest.starts_with('=') || rest.starts_with(' ') || rest.starts_with('\t') ? trim(rest.substr(1))
                                                                                    : std::string_view();
  }
  return line.starts_with(brief) && !line.starts_with("--") ? trim(line.substr(brief.size())) : std::string_view();
}

// Options begin with the first blank and hyphen.
std::string_view
without_requirement_options(std::string_view line, std::string& hashes)
{
  std::size_t at = line.find(" -");
  at = std::min({at, line.find("\t-"), line.size()});
  for (std::string_view rest = line.substr(at); !rest.empty();) {
    const std::size_t hash = rest.find("--hash");
    if (hash == std::string_view::npos) {
      break;
    }
    rest = trim(rest.substr(hash + 6));
    rest = trim(rest.starts_with('=') ? rest.substr(1) : rest);
    const std::string_view value = rest.substr(0, std::min(rest.find_first_of(" \t"), rest.size()));
    hashes.append(hashes.empty() ? "" : " ").append(value);
    rest.remove_prefix(value.size());
  }
  return trim(line.substr(0, at));
}

}  // namespace sluice::deps
