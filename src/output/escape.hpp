// SPDX-License-Identifier: Apache-2.0
//
// How untrusted text gets into each format without becoming part of its structure. Every function takes any bytes and
// returns valid UTF-8 on one line without control, bidirectional or invisible characters of the text's own.
//
// To drop what is dangerous would be simpler, and a reader would look for a text that is not there; to reject it would
// let one hostile file name silence a report. So it stays, in a form that shows what it is. Each format has one
// function, for no escape fits two of them; the one thing common to all is `##[`, since every output may pass through a
// log that a runner reads for commands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::output {

/// Longest piece of untrusted text, in bytes, that a sink for people shows of one field.
inline constexpr std::size_t field_limit = 4096;

/// printable(), at most `max_bytes` bytes of the original.
[[nodiscard]] std::string plain(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// plain() of each line, for text that may hold several; at most `max_bytes` bytes of the original in all. Never empty.
[[nodiscard]] std::vector<std::string> plain_lines(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// Runners take `##[command]` (GitHub, older form) and `##vso[command]` (Azure) for commands anywhere in a line.
/// Returns the text with the second `#` of every such start written as `second_hash`, the format's own escape of it.
[[nodiscard]] std::string break_log_commands(std::string_view text, std::string_view second_hash);

/// The last step of every JSON format: `##[` can only stand in a string there, so it is written `#\u0023[`.
[[nodiscard]] std::string inert_json(std::string_view dumped);

/// The data of a workflow command, at most `max_bytes` bytes after escaping; newlines survive as `%0A`.
///
/// GitHub's grammar only wants `%`, CR and LF escaped. Two more things are changed because act reads the same lines:
/// it splits at the last `::` of a line, so `::` becomes `: :` (seen, copied and searched as what it is, unlike an
/// invisible separator); and it decodes `%25` and `%0A` in random order, so a percent sign that would come to stand
/// before such digits becomes `\x25`.
[[nodiscard]] std::string command_data(std::string_view untrusted, std::size_t max_bytes);

/// The value of a workflow command's property. A `=` stays, for a path must be exact to land on its file; act drops
/// a property whose value holds one and keeps the command.
[[nodiscard]] std::string command_property(std::string_view untrusted);

/// Text for Markdown, in prose, table cells and HTML elements alike: all punctuation with a meaning as entities, and a
/// zero-width space behind `@` and `#` so that nobody is mentioned and no issue linked.
[[nodiscard]] std::string markdown(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// The same for the content of `<code>`, where platforms look for no mentions: nothing is inserted.
[[nodiscard]] std::string markdown_code(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// Content of an XML 1.0 element or attribute.
[[nodiscard]] std::string xml(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// A path as a relative URI reference: every byte except RFC 3986's unreserved ones and `/` percent-encoded, so that
/// any file name survives, UTF-8 or not, and none looks like a scheme or an authority.
[[nodiscard]] std::string uri_path(std::string_view path);

}  // namespace sluice::output
