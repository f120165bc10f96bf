// SPDX-License-Identifier: Apache-2.0
//
// Every lockfile of the fixtures, broken in the ways in which files break: cut off, with a conflict in it, in another
// encoding, with a line twice, nested without an end. What is read of it is all that was there, or there is a gap:
// never half of a project for all of it, and never a crash.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "deps/listing.hpp"
#include "deps/lockfile.hpp"
#include "gate/file_tree.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

using namespace sluice;
using namespace sluice::deps;

namespace {

namespace fs = std::filesystem;

/// A fixture's lockfile.
struct Case
{
  const Lockfile* format = nullptr;
  std::string name;  ///< "npm/workspace"
  fs::path directory;
  std::string path;
  std::string text;
};

std::vector<fs::path>
sorted_directories(const fs::path& directory)
{
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(directory)) {
    found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Case>
cases()
{
  std::vector<Case> all;
  for (const Lockfile* format : lockfiles()) {
    const fs::path of_format = test::source_directory() / "fixtures/deps/lockfiles" / std::string(format->id);
    for (const fs::path& directory : sorted_directories(of_format)) {
      const gate::DiskTree tree(directory / "input");
      for (const std::string& path : tree.list("").files) {
        auto text = tree.read(path);
        if (text && is_utf8(*text) && text->find('\0') == std::string::npos && find_lockfile(path, *text) == format) {
          all.push_back({format, fmt::format("{}/{}", format->id, directory.filename().string()), directory / "input",
                         path, *std::move(text)});
          break;
        }
      }
    }
  }
  return all;
}

PackageList
read_text(const Case& of, std::string text)
{
  const gate::DiskTree tree(of.directory);
  return read_lockfile(*of.format, of.path, std::move(text), tree);
}

std::size_t
count_lines(const std::string& text)
{
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Formats of independent lines or statements without an end that is due: half of one is a smaller one.
bool
has_no_end(std::string_view id)
{
  constexpr std::array<std::string_view, 7> open{"requirements", "dockerfile", "deno-imports", "github-workflow",
                                                 "go-mod",       "paket",      "spdx"};
  return std::find(open.begin(), open.end(), id) != open.end();
}

/// Formats whose file may hold nothing at all: Yarn is told of a project by an empty yarn.lock.
bool
may_be_blank(std::string_view id)
{
  return has_no_end(id) || id == "yarn-classic" || id == "gradle";
}

/// Formats that are a list of entries and no more: cut off between two of them, it is a shorter list by its grammar,
/// and only who needs what is missing tells.
bool
is_list(std::string_view id)
{
  constexpr std::array<std::string_view, 12> lists{"cargo",  "gradle", "go-mod", "julia", "paket",   "pdm",
                                                   "poetry", "pub",    "pylock", "uv",    "bundler", "yarn-classic"};
  return std::find(lists.begin(), lists.end(), id) != lists.end();
}

/// Formats of whose containers only lines or another grammar tell, or of which a test of their own does.
bool
is_not_checked(std::string_view id)
{
  constexpr auto excepted = std::to_array<std::string_view>(
      {"julia", "nuget-assets", "nuget-lock", "maven-pom", "dotnet-deps", "composer", "central-packages", "bundler",
       "csproj", "gradle-verification", "stack", "pipfile", "packages-config", "yarn-classic"});
  return std::find(excepted.begin(), excepted.end(), id) != excepted.end();
}

/// A list or table that begins at `begin` in a text of JSON: the place behind its end.
std::size_t
end_of_container(std::string_view text, std::size_t begin)
{
  std::size_t depth = 0;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        at += text[at] == '\\' ? 1 : 0;
      }
    } else if (text[at] == '{' || text[at] == '[') {
      ++depth;
    } else if ((text[at] == '}' || text[at] == ']') && --depth == 0) {
      return at + 1;
    }
  }
  return text.size();
}

/// A text in place of a part, with as many ends of lines.
std::string
replaced_by_text(std::string_view text, std::size_t begin, std::size_t end, std::string_view by)
{
  const auto lines = std::count(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  return std::string(text.substr(0, begin))
      .append(by)
      .append(static_cast<std::size_t>(lines), '\n')
      .append(text.substr(end));
}

std::vector<std::string>
without_containers_of_json(std::string_view text)
{
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        at += text[at] == '\\' ? 1 : 0;
      }
    } else if (text[at] == '{' || text[at] == '[') {
      const std::size_t end = end_of_container(text, at);
      // An empty one says no more than a text does.
      if (trim(text.substr(at + 1, end - at - 2)).size() > 0) {
        all.push_back(replaced_by_text(text, at, end, "\"text\""));
      }
    }
  }
  return all;
}

std::size_t
indent_of(std::string_view line)
{
  return std::min(line.find_first_not_of(' '), line.size());
}

/// What lies below "key:", by its indentation; of a list that may be the key's own.
std::vector<std::string>
without_containers_of_yaml(const std::string& text)
{
  const std::vector<std::string_view> lines = lines_of(text);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t indent = indent_of(lines[i]);
    std::size_t end = i + 1;
    while (end < lines.size() && !trim(lines[end]).empty()
           && (indent_of(lines[end]) > indent
               || (indent_of(lines[end]) == indent && !lines[i].substr(indent).starts_with('-')
                   && lines[end].substr(indent).starts_with("- ")))) {
      ++end;
    }
    if (!lines[i].ends_with(':') || end == i + 1) {
      continue;
    }
    std::string changed;
    for (std::size_t line = 0; line < lines.size(); ++line) {
      changed.append(line > i && line < end ? "" : lines[line]).append(line == i ? " text\n" : "\n");
    }
    all.push_back(std::move(changed));
  }
  return all;
}

/// A text in place of the elements in an element that has others.
std::vector<std::string>
without_containers_of_xml(const std::string& text)
{
  std::vector<std::string> all;
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const std::size_t name_end = text.find_first_of(" />\n", at);
    const std::size_t open_end = text.find('>', at);
    if (name_end == std::string::npos || open_end == std::string::npos || name_end == at + 1
        || is_any_of(text[at + 1], "?!") || text[open_end - 1] == '/') {
      continue;
    }
    const std::size_t end = text.find("</" + text.substr(at + 1, name_end - at - 1) + ">", open_end);
    if (end != std::string::npos && text.substr(open_end, end - open_end).find('<') != std::string::npos) {
      all.push_back(replaced_by_text(text, open_end + 1, end, "text"));
    }
  }
  return all;
}

/// The text as often as it has a list or table, each time with a text in place of one.
std::vector<std::string>
with_texts_for_containers(const std::string& text)
{
  const std::string_view begin = trim(text);
  if (begin.starts_with('{')) {
    return without_containers_of_json(text);
  }
  return begin.starts_with('<') ? without_containers_of_xml(text) : without_containers_of_yaml(text);
}

bool
has_other_gap(const PackageList& list, const PackageList& than)
{
  return std::any_of(list.gaps().begin(), list.gaps().end(), [&than](const Gap& gap) {
    return std::none_of(than.gaps().begin(), than.gaps().end(),
                        [&gap](const Gap& each) { return each.subject == gap.subject && each.why == gap.why; });
  });
}

bool
says_the_same(const PackageList& list, const PackageList& other)
{
  return json_lines(list) == json_lines(other) && list.references().size() == other.references().size();
}

/// UTF-16 with its mark.
std::string
utf16(std::string_view text, bool is_big)
{
  std::string out;
  const auto put = [&](unsigned unit) {
    const char low = static_cast<char>(unit & 0xFFU);
    const char high = static_cast<char>(unit >> 8U);
    out += is_big ? high : low;
    out += is_big ? low : high;
  };
  put(0xFEFF);
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    unsigned code = length == 1 ? byte : byte & (0xFFU >> (length + 1));
    for (std::size_t next = 1; next < length; ++next) {
      code = (code << 6U) | (static_cast<unsigned char>(text[at + next]) & 0x3FU);
    }
    if (code > 0xFFFF) {
      put(0xD800 + ((code - 0x10000) >> 10U));
      put(0xDC00 + ((code - 0x10000) & 0x3FFU));
    } else {
      put(code);
    }
    at += length;
  }
  return out;
}

std::string
with_crlf(std::string_view text)
{
  std::string out;
  for (const char each : text) {
    out += each == '\n' ? "\r\n" : std::string(1, each);
  }
  return out;
}

/// Where a line begins, nearest below `at`.
std::size_t
line_start(std::string_view text, std::size_t at)
{
  const std::size_t end = text.rfind('\n', at);
  return end == std::string_view::npos ? 0 : end + 1;
}

std::string
inserted(std::string_view text, std::size_t at, std::string_view what)
{
  return std::string(text.substr(0, at)).append(what).append(text.substr(at));
}

/// Where a text is cut or mended: quarters, and a handful of ends of lines.
std::set<std::size_t>
cuts(std::string_view text)
{
  std::set<std::size_t> at{text.size() / 4, text.size() / 2, text.size() * 3 / 4};
  for (std::size_t eighth = 1; eighth < 8; ++eighth) {
    at.insert(line_start(text, text.size() * eighth / 8));
  }
  at.erase(0);
  return at;
}

std::string
repeated(std::string_view what, std::size_t times)
{
  std::string out;
  for (; times > 0; --times) {
    out += what;
  }
  return out;
}

}  // namespace

TEST_CASE("a lockfile that was cut off is never the whole")
{
  for (const Case& each : cases()) {
    const PackageList whole = read_text(each, each.text);
    // Where the name of what is beside the lockfile stands behind all that it needs, nothing is missing without it.
    if (!whole.gaps().empty() || has_no_end(each.format->id) || each.name == "pnpm/archive_beside") {
      continue;
    }
    for (const std::size_t at : cuts(each.text)) {
      if (is_list(each.format->id) && each.text[at - 1] == '\n') {
        continue;
      }
      const PackageList half = read_text(each, each.text.substr(0, at));
      CHECK_MESSAGE((!half.gaps().empty() || json_lines(half) == json_lines(whole)), each.name << " at " << at << ":\n"
                                                                                               << json_lines(half));
    }
  }
}

TEST_CASE("a text where a list or table must be is told")
{
  for (const Case& each : cases()) {
    if (is_not_checked(each.format->id)) {
      continue;
    }
    const PackageList whole = read_text(each, each.text);
    for (const std::string& changed : with_texts_for_containers(each.text)) {
      const PackageList list = read_text(each, changed);
      // What is of no matter to the list may be anything.
      CHECK_MESSAGE((has_other_gap(list, whole) || says_the_same(list, whole)), each.name << ":\n" << changed);
    }
  }
}

TEST_CASE("a conflict that was not resolved refuses the file")
{
  for (const Case& each : cases()) {
    const std::size_t at = line_start(each.text, each.text.size() / 2);
    const PackageList list = read_text(each, inserted(each.text, at, "<<<<<<< HEAD\n=======\n>>>>>>> other\n"));
    CHECK_MESSAGE(list.is_refused(), each.name);
  }
}

TEST_CASE("marks of order, other ends of lines and UTF-16 change nothing")
{
  for (const Case& each : cases()) {
    const PackageList whole = read_text(each, each.text);
    if (whole.is_refused()) {
      continue;
    }
    std::vector<std::pair<std::string, std::string>> texts;
    if (each.text.find('\r') == std::string::npos) {
      texts.emplace_back("CRLF", with_crlf(each.text));
    }
    if (!each.text.starts_with("\xEF\xBB\xBF") && each.text.find("encoding=") == std::string::npos) {
      texts.emplace_back("BOM", "\xEF\xBB\xBF" + each.text);
      texts.emplace_back("UTF-16LE", utf16(each.text, false));
      texts.emplace_back("UTF-16BE", utf16(each.text, true));
    }
    for (const auto& changed : texts) {
      const std::string& way = changed.first;
      const std::string& text = changed.second;
      const PackageList list = read_text(each, text);
      CHECK_MESSAGE(json_lines(list) == json_lines(whole), each.name << " " << way);
      CHECK_MESSAGE(list.gaps().size() == whole.gaps().size(), each.name << " " << way);
      CHECK_MESSAGE(find_lockfile(each.path, text) == each.format, each.name << " " << way);
    }
  }
}

TEST_CASE("what is no text refuses the file")
{
  for (const Case& each : cases()) {
    for (const std::size_t at : cuts(each.text)) {
      CHECK_MESSAGE(read_text(each, inserted(each.text, at, "\xFF")).is_refused(), each.name << " at " << at);
      CHECK_MESSAGE(read_text(each, inserted(each.text, at, std::string_view("\0", 1))).is_refused(),
                    each.name << " at " << at);
    }
  }
}

TEST_CASE("a line that is there twice hides nothing")
{
  for (const Case& each : cases()) {
    const std::size_t count = count_lines(json_lines(read_text(each, each.text)));
    for (const std::size_t at : cuts(each.text)) {
      const std::size_t begin = line_start(each.text, at - 1);
      const std::size_t end = std::min(each.text.find('\n', begin), each.text.size() - 1) + 1;
      const PackageList list = read_text(each, inserted(each.text, end, each.text.substr(begin, end - begin)));
      CHECK_MESSAGE((!list.gaps().empty() || count_lines(json_lines(list)) >= count), each.name << " at " << at);
    }
  }
}

TEST_CASE("an empty file says nothing, or that it is none")
{
  for (const Case& each : cases()) {
    for (const std::string& text : {std::string(), std::string("\n"), std::string("\n\n  \n")}) {
      const PackageList list = read_text(each, text);
      const PackageList whole = read_text(each, each.text);
      CHECK_MESSAGE((!list.gaps().empty() || may_be_blank(each.format->id) || json_lines(list) == json_lines(whole)),
                    each.name << " '" << text << "'");
    }
  }
}

TEST_CASE("nesting without an end is refused and not followed")
{
  constexpr std::size_t depth = 10'000;
  std::vector<std::string> nested;
  for (const std::string_view each :
       {"[", "{", "{\"a\":", "[[", "%{a: ", "<a>", "- ", "{a: ", "(", "a:\n ", "a {\n", "a.", "\""}) {
    nested.push_back(repeated(each, depth));
  }
  nested.push_back("a = " + repeated("[", depth) + repeated("]", depth));
  nested.push_back("[a" + repeated(".a", 30 * depth) + "]\n");
  nested.push_back("a" + repeated(".a", 30 * depth) + " = 1\n");
  nested.push_back(repeated("[", depth) + repeated("]", depth));
  std::set<std::string_view> done;
  for (const Case& each : cases()) {
    if (!done.insert(each.format->id).second) {
      continue;
    }
    for (const std::string& deep : nested) {
      static_cast<void>(read_text(each, inserted(each.text, each.text.size() / 2, deep)));
      for (const std::string& text : {deep, each.text + deep}) {
        const PackageList list = read_text(each, text);
        CHECK_MESSAGE((!list.gaps().empty() || has_no_end(each.format->id)
                       || count_lines(json_lines(list)) >= count_lines(json_lines(read_text(each, each.text)))),
                      each.name << " " << deep.substr(0, 8));
      }
    }
  }
}
