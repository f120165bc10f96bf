// SPDX-License-Identifier: Apache-2.0
//
// How untrusted text gets into each format without becoming part of its structure. Every function takes any bytes and
// returns valid UTF-8 on one line without control, bidirectional or invisible characters of the text's own.
//
// To drop what is dangerous would be simpler, and a reader would look for a text that is not there; to reject it would
// let one hostile file name silence a report. So it stays, in a form that shows what it is. Each format has one
// function, for no escape fits two of them; the one thing common to all is `##[`, since every output may pass through a
// log that a runner reads for commands.
//
// | sink                              | function                                       |
// |---|---|
// | text                              | plain, plain_lines; break_log_commands at last |
// | one-line, errors, texts of commands | inert (sink.hpp)                             |
// | github                            | command_data, command_property                 |
// | summary, GitLab's descriptions    | markdown, markdown_block, markdown_code        |
// | GitLab's other texts, SARIF       | linkless; inert_json at last                   |
// | SARIF's and GitLab's places       | uri_path; plain                                |
// | json                              | none of its own; inert_json at last            |
// | html                              | html                                           |
// | junit                             | xml                                            |
// | diagrams                          | those of section_mermaid.cpp                   |
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

/// plain() in at most as many columns, cut between characters as a person sees them, with an ellipsis where it is.
[[nodiscard]] std::string shortened(std::string_view untrusted, std::size_t columns);

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

/// Text for Markdown, in prose, table cells and HTML elements alike, where nothing of it becomes structure.
///
/// Punctuation with a meaning is written as entities. That is enough for whoever reads the source, and not for what
/// platforms look for afterwards in the text that was rendered, where an entity is a character again: names, numbers,
/// commits, addresses, emoji, mathematics. So a zero-width space stands behind `@` and `#`; other signs stand in an
/// element of their own (`<span>`, GitHub's own advice for `$`), which can be copied as what it is; and a commit's id
/// stands in `<code>`, where platforms look for nothing.
[[nodiscard]] std::string markdown(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// The same for text that comes first in its line or its list's item, where it must begin no block of its own.
[[nodiscard]] std::string markdown_block(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// The same for the content of `<code>`. To a Markdown parser that is an element with text in it, and addresses in the
/// text become links: `@` is followed by a place where a line may break. Copied text is exact.
[[nodiscard]] std::string markdown_code(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// Text for HTML, in elements and quoted attributes. Its entities are more than HTML asks for: whoever pastes a part of
/// a page pastes no command.
[[nodiscard]] std::string html(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// Text for fields that are shown as they are by the platforms that we know and might be rendered by another: no
/// entity, which would be seen, but an invisible space where a link, a mention, an element or a command to GitLab would
/// begin.
[[nodiscard]] std::string linkless(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// linkless() of each line, as plain_lines().
[[nodiscard]] std::vector<std::string> linkless_lines(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// Content of an XML 1.0 element or attribute.
[[nodiscard]] std::string xml(std::string_view untrusted, std::size_t max_bytes = field_limit);

/// A path as a relative URI reference: every byte except RFC 3986's unreserved ones and `/` percent-encoded, so that
/// any file name survives, UTF-8 or not, and none looks like a scheme or an authority.
[[nodiscard]] std::string uri_path(std::string_view path);

}  // namespace sluice::output
