// SPDX-License-Identifier: Apache-2.0
#include "env/key_lines.hpp"

#include "base/text.hpp"
#include "env/names.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr std::string_view pem_begin = "-----BEGIN ";
constexpr std::string_view pem_end = "-----END ";

std::size_t
next_line(std::string_view text, std::size_t at)
{
  const std::size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

bool
is_base64_line(std::string_view line)
{
  line = trim(line);
  return !line.empty() && std::all_of(line.begin(), line.end(), [](char c) {
    return is_letter(c) || is_digit(c) || is_any_of(c, "+/=");
  });
}

bool
has_delimiter(std::string_view text, const Entry& entry)
{
  const std::size_t next = text.find_first_not_of(" \t", entry.key_at.end);
  return next != std::string_view::npos && is_any_of(text[next], "=:");
}

bool
is_variable(std::string_view text, const std::vector<Span>& pem, const Entry& entry)
{
  return !is_in(pem, entry.key_at.begin)
         && (has_delimiter(text, entry) ? is_variable_name(entry.key) : is_bare_variable_name(entry.key));
}

bool
is_run(const Reader& reader)
{
  return reader.dialect->id == "bash" || reader.dialect->id == "dash";
}

/// For each line whether a variable of any reader stands on it; lines count from 1.
std::vector<bool>
lines_of_variables(const DotenvFile& file)
{
  std::vector<bool> held(file.source.line_count() + 1);
  for (const Reading& reading : file.readings) {
    for (const Entry& entry : reading.entries) {
      const std::uint32_t last = file.source.position(std::max(entry.key_at.end, entry.value_at.end)).line;
      for (std::uint32_t line = file.line_of(entry); line <= last; ++line) {
        held[line] = true;
      }
    }
  }
  return held;
}

}  // namespace

std::vector<Span>
pem_bodies(std::string_view text)
{
  std::vector<Span> bodies;
  for (std::size_t at = text.find(pem_begin); at != std::string_view::npos; at = text.find(pem_begin, at)) {
    const std::size_t begin = next_line(text, at);
    const std::size_t end = text.find(pem_end, at);
    at += pem_begin.size();
    if (end != std::string_view::npos && end < begin) {
      continue;
    }
    std::size_t last = begin;
    if (end != std::string_view::npos && text.find(pem_begin, at) > end) {
      last = next_line(text, end);
    }
    while (last < text.size() && end == std::string_view::npos
           && is_base64_line(text.substr(last, next_line(text, last) - last))) {
      last = next_line(text, last);
    }
    if (last > begin) {
      bodies.push_back({begin, last});
      at = last;
    }
  }
  return bodies;
}

bool
is_in(const std::vector<Span>& spans, std::size_t at)
{
  const auto after = std::upper_bound(spans.begin(), spans.end(), at,
                                      [](std::size_t place, const Span& span) { return place < span.begin; });
  return after != spans.begin() && at < std::prev(after)->end;
}

void
keep_variables(std::string_view text, const std::vector<Span>& pem, Reading& reading)
{
  std::erase_if(reading.entries, [&](const Entry& entry) { return !is_variable(text, pem, entry); });
}

std::vector<StrayLines>
stray_lines(const DotenvFile& file)
{
  const auto& faults = file.faults;
  if (file.reading().refusal || std::any_of(file.readers.begin(), file.readers.end(), is_run)
      || std::find(faults.begin(), faults.end(), EncodingFault::utf16) != faults.end()) {
    return {};
  }
  const std::vector<bool> held = lines_of_variables(file);
  std::vector<StrayLines> found;
  for (std::uint32_t line = 1; line <= file.source.line_count(); ++line) {
    const std::string_view content = trim(file.source.line(line));
    if (content.empty() || content.starts_with('#') || held[line]) {
      continue;
    }
    if (!found.empty() && found.back().last + 1 == line) {
      found.back().last = line;
    } else {
      found.push_back({line, line});
    }
  }
  return found;
}

}  // namespace sluice::env
