// SPDX-License-Identifier: Apache-2.0
//
// `docker run --env-file`, docker/cli 29.9.3: pkg/kvfile, opts. Everything behind the first `=` is the value, quotes
// and trailing space with it. A key alone has the value that the environment gives it, or is dropped.
#include "base/utf8.hpp"
#include "env/decoding.hpp"
#include "env/dialect.hpp"
#include "env/entries.hpp"
#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

extern const Dialect dialect_docker;

namespace {

/// bufio.MaxScanTokenSize: a line that fills the buffer ends the reading.
constexpr std::size_t longest_line = 64 * 1024 - 1;

/// The line's content: its bounds without the byte order mark of a file, leading space and CR.
Span
content_of(std::string_view text, Span line)
{
  if (line.begin == 0 && text.starts_with(byte_order_mark)) {
    line.begin += byte_order_mark.size();
  }
  if (line.size() > 0 && text[line.end - 1] == '\r') {
    --line.end;
  }
  line.begin = std::min(skip_spaces(text.substr(0, line.end), line.begin, Spaces::go), line.end);
  return line;
}

/// Why Docker refuses the line; null if it does not.
const char*
defect_of(std::string_view text, Span line, std::string_view key)
{
  if (line.size() > longest_line) {
    return "a line is longer than 64 KiB";
  }
  if (!is_utf8(line.of(text))) {
    return "a line is not UTF-8";
  }
  if (key.empty()) {
    return "a line has no name before its equals sign";
  }
  return key.find_first_of(" \t") == std::string_view::npos ? nullptr : "a name has white space in it or behind it";
}

/// The line as an entry; nothing if it is a key alone that the environment does not have.
std::optional<Entry>
entry_of(std::string_view text, Span content, const Entries& entries)
{
  const std::size_t sign = std::min(text.find('=', content.begin), content.end);
  Entry entry{.key_at = {content.begin, sign}, .value_at = {sign, sign}};
  entry.key = entry.key_at.of(text);
  if (sign < content.end) {
    entry.value_at = {sign + 1, content.end};
    entry.value = entry.value_at.of(text);
    return entry;
  }
  const std::string* outside = entries.outside(entry.key);
  entry.value = outside == nullptr ? std::nullopt : std::optional(*outside);
  return outside == nullptr ? std::nullopt : std::optional(std::move(entry));
}

Reading
read(std::string_view text, const Environment& outer)
{
  Entries entries(outer);
  for (std::size_t at = 0; at < text.size();) {
    const Span line{at, std::min(text.find('\n', at), text.size())};
    const Span content = content_of(text, line);
    const std::string_view whole = content.of(text);
    at = line.end + 1;
    const bool is_passed_over = whole.empty() || whole.front() == '#';
    if (const char* defect = defect_of(text, line, is_passed_over ? "#" : whole.substr(0, whole.find('=')))) {
      return refused(text, line.begin, defect);
    }
    std::optional<Entry> entry = is_passed_over ? std::nullopt : entry_of(text, content, entries);
    if (entry) {
      entries.add(std::move(*entry));
    }
  }
  return std::move(entries).take();
}

}  // namespace

const Dialect dialect_docker{.id = "docker", .title = "docker run --env-file", .read = read};

}  // namespace sluice::env
