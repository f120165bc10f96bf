// SPDX-License-Identifier: Apache-2.0
#include "deps/lockfile.hpp"

#include "base/encoding.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "base/utf8.hpp"
#include "deps/archive_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace sluice::deps {

namespace {

/// A glob of a format. Names that differ in case are one on macOS and Windows, and a tool that asks for its own gets
/// either there.
struct Pattern
{
  const Lockfile* format = nullptr;
  std::string lower;
  std::optional<Glob> glob;  ///< nothing: it is the name itself
  bool is_whole = false;     ///< it is for the whole path

  /// `path` in lower case.
  [[nodiscard]] bool
  fits(std::string_view path) const
  {
    const std::string_view text = is_whole ? path : file_name_of(path);
    return glob ? glob->matches(text) : lower == text;
  }
};

/// Of all formats, in their order.
const std::vector<Pattern>&
patterns()
{
  static const std::vector<Pattern> all = [] {
    std::vector<Pattern> made;
    for (const Lockfile* format : lockfiles()) {
      for (const std::string_view path : format->paths) {
        Pattern& pattern = made.emplace_back();
        pattern.format = format;
        pattern.lower = to_lower(path);
        pattern.is_whole = path.find('/') != std::string_view::npos;
        if (pattern.is_whole || path.find_first_of("*?[{") != std::string_view::npos) {
          pattern.glob.emplace(pattern.lower);
        }
      }
    }
    return made;
  }();
  return all;
}

/// The line of the first merge marker at the start of a line; 0 if there is none. Both the beginning and the end must
/// be there, for a heading of seven characters is no conflict.
std::uint32_t
merge_marker(std::string_view text)
{
  if (text.find("<<<<<<< ") == std::string_view::npos || text.find(">>>>>>> ") == std::string_view::npos) {
    return 0;
  }
  std::uint32_t line = 0;
  for (const std::string_view each : lines_of(text)) {
    ++line;
    if (each.starts_with("<<<<<<< ")) {
      return line;
    }
  }
  return 0;
}

/// The encoding that a byte order mark tells of, or the first character of XML (XML 1.0, appendix F); empty: UTF-8.
std::string_view
marked_encoding(std::string_view text)
{
  if (text.starts_with(std::string_view("<\0", 2))) {
    return "UTF-16LE";
  }
  if (text.starts_with(std::string_view("\0<", 2))) {
    return "UTF-16BE";
  }
  if (text.starts_with("\xFF\xFE")) {
    return "UTF-16LE-BOM";
  }
  return text.starts_with("\xFE\xFF") ? "UTF-16BE-BOM" : "";
}

Result<std::string>
decoded(std::string text)
{
  if (const std::string_view encoding = marked_encoding(text); !encoding.empty()) {
    return to_utf8(text, encoding);
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.erase(0, 3);
  }
  if (!is_utf8(text)) {
    return fail(ErrorKind::input, "it is not UTF-8");
  }
  return text;
}

/// Readers ask no version of what lies in the repository. An archive there is of others, and has to tell its own.
void
tell_archives_without_version(PackageList& list)
{
  std::unordered_set<std::string> told;
  for (const Gap& gap : list.gaps()) {
    told.insert(gap.subject);
  }
  for (PackageId id = 0; id < list.packages().size(); ++id) {
    const Package package = list.packages()[id];
    if (package.part != Part::third_party || package.source != Source::path || !package.version.empty()
        || is_own_directory(package)) {
      continue;
    }
    const std::string_view file = package.written_in.empty() ? std::string_view(list.path) : package.written_in;
    if (std::string subject = fmt::format("{}:{}", file, package.line); told.insert(subject).second) {
      list.gap_elsewhere(GapKind::unjudged, std::move(subject),
                         fmt::format("{} is an archive of which no version is told", printable(package.name)),
                         "Take a release of a registry, or name the archive NAME-VERSION");
    }
  }
}

}  // namespace

Surroundings::Surroundings(const gate::FileTree& tree, std::string_view path)
    : tree_(tree),
      directory_(directory_of(path))
{}

std::optional<std::string>
Surroundings::resolve(std::string_view relative) const
{
  // A slash in front is of the project's root to some tools and a slip to others; none means the machine's.
  relative.remove_prefix(std::min(relative.find_first_not_of('/'), relative.size()));
  return resolved_in(directory_, relative);
}

std::optional<std::string>
Surroundings::read(std::string_view relative) const
{
  const std::optional<std::string> path = resolve(relative);
  if (!path || !tree_.is_file(*path)) {
    return std::nullopt;
  }
  auto text = tree_.read(*path);
  if (!text) {
    return std::nullopt;
  }
  auto utf8 = decoded(*std::move(text));
  return utf8 ? std::optional(*std::move(utf8)) : std::nullopt;
}

bool
may_be_lockfile(std::string_view path)
{
  const std::string lower = to_lower(path);
  return std::any_of(patterns().begin(), patterns().end(),
                     [&lower](const Pattern& pattern) { return pattern.fits(lower); });
}

const Lockfile*
find_lockfile(std::string_view path, std::string_view text)
{
  // What tells formats apart is looked for in the text, whatever it is encoded in.
  std::string utf8;
  if (text.starts_with("\xEF\xBB\xBF") || !marked_encoding(text).empty()) {
    utf8 = decoded(std::string(text)).value_or(std::string(text));
    text = utf8;
  }
  const std::string lower = to_lower(path);
  for (const Pattern& pattern : patterns()) {
    const Lockfile& format = *pattern.format;
    if (pattern.fits(lower) && (format.claims == nullptr || format.claims(path, text))) {
      return &format;
    }
  }
  return nullptr;
}

PackageList
read_lockfile(const Lockfile& format, std::string path, std::string text, const gate::FileTree& tree)
{
  PackageList list;
  list.path = std::move(path);
  if (text.size() > max_lockfile_bytes) {
    list.refuse(
        GapKind::too_large, 0,
        fmt::format("it has {}, and at most {} are read", human_bytes(text.size()), human_bytes(max_lockfile_bytes)));
    return list;
  }
  auto utf8 = decoded(std::move(text));
  if (!utf8) {
    list.refuse(GapKind::undecodable, 0, utf8.error().message, std::string(format.if_no_text));
    return list;
  }
  const auto kept = std::make_shared<const std::string>(*std::move(utf8));
  list.keep(kept);
  list.max_needs = std::max(list.max_needs, kept->size() / 8);
  if (kept->find('\0') != std::string::npos) {
    // No format has one, and what it would hide from a reader of lines, another would see.
    list.refuse(GapKind::undecodable, 0, "it holds a zero byte", std::string(format.if_no_text));
    return list;
  }
  if (const std::uint32_t line = merge_marker(*kept); line != 0) {
    list.refuse(GapKind::unmerged, line, "it has merge conflict markers",
                "Resolve them, with the package manager where it can, and commit the result");
    return list;
  }
  const Surroundings around(tree, list.path);
  const std::string own_path = list.path;
  format.read({own_path, *kept, around}, list);
  if (list.packages().size() > max_packages) {
    list.refuse(GapKind::too_many, 0, fmt::format("it has more than {} packages", max_packages));
  }
  tell_archives_without_version(list);
  list.settle();
  return list;
}

}  // namespace sluice::deps
