// SPDX-License-Identifier: Apache-2.0
//
// Every lockfile of the fixtures, broken in the ways in which files break: cut off, with a conflict in it, in another
// encoding, with a line twice, nested without an end. What is read of it is all that was there, or there is a gap:
// never half of a project for all of it, and never a crash.
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
