// SPDX-License-Identifier: Apache-2.0
#include "unit/output/runner_grammar.hpp"

#include "base/text.hpp"

#include <array>
#include <set>

namespace sluice::test {

namespace {

/// Ends lines at LF, CR and CRLF, as a .NET reader does.
std::vector<std::string>
dotnet_lines(std::string_view output)
{
  const std::string unified = replace_all(replace_all(output, "\r\n", "\n"), "\r", "\n");
  const auto lines = split(unified, '\n');
  return {lines.begin(), lines.end()};
}

/// .NET's TrimStart takes all of Unicode's white space.
std::string_view
trim_start(std::string_view line)
{
  constexpr std::array<std::string_view, 25> blanks{
      " ",      "\t",     "\v",     "\f",     "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001",
      "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
      "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\x1c",   "\x1d"};
  for (bool is_trimmed = true; is_trimmed;) {
    is_trimmed = false;
    for (const std::string_view blank : blanks) {
      if (line.starts_with(blank)) {
        line.remove_prefix(blank.size());
        is_trimmed = true;
      }
    }
  }
  return line;
}

bool
is_registered(std::string_view name)
{
  static const std::set<std::string, std::less<>> names{
      "error", "warning",     "notice",         "debug",      "group",      "endgroup", "add-mask", "stop-commands",
      "echo",  "add-matcher", "remove-matcher", "set-output", "save-state", "set-env",  "add-path"};
  return names.contains(to_lower(name));
}

std::string
unescape(std::string_view text, std::initializer_list<std::pair<std::string_view, std::string_view>> codes)
{
  std::string result(text);
  for (const auto& [code, character] : codes) {
    result = replace_all(result, code, character);
  }
  return result;
}

std::string
unescape_data(std::string_view text)
{
  return unescape(text, {{"%0D", "\r"}, {"%0A", "\n"}, {"%25", "%"}});
}

std::string
unescape_property(std::string_view text)
{
  return unescape(text, {{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}});
}

std::map<std::string, std::string>
properties_of(std::string_view text, char separator)
{
  std::map<std::string, std::string> properties;
  for (const std::string_view property : split(trim(text), separator)) {
    const auto equals = property.find('=');
    if (equals != std::string_view::npos && equals > 0 && equals + 1 < property.size()) {
      properties[to_lower(property.substr(0, equals))] = unescape_property(property.substr(equals + 1));
    }
  }
  return properties;
}

std::optional<RunnerCommand>
command_from(std::string_view info, std::string_view data, char separator)
{
  const auto space = info.find(' ');
  const std::string_view name = info.substr(0, space);
  if (!is_registered(name)) {
    return std::nullopt;
  }
  const std::string_view rest = space == std::string_view::npos ? std::string_view() : info.substr(space + 1);
  return RunnerCommand{to_lower(name), properties_of(rest, separator), unescape_data(data)};
}

std::optional<RunnerCommand>
github_command(std::string_view line)
{
  const std::string_view trimmed = trim_start(line);
  if (trimmed.starts_with("::")) {
    const auto end = trimmed.find("::", 2);
    if (end != std::string_view::npos) {
      if (auto command = command_from(trimmed.substr(2, end - 2), trimmed.substr(end + 2), ',')) {
        return command;
      }
    }
  }
  const auto begin = line.find("##[");
  const auto end = begin == std::string_view::npos ? begin : line.find(']', begin);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  return command_from(line.substr(begin + 3, end - begin - 3), line.substr(end + 1), ';');
}

std::map<std::string, std::string>
act_properties(std::string_view text)
{
  std::map<std::string, std::string> properties;
  for (const std::string_view property : split(text, ',')) {
    const auto parts = split(property, '=');
    if (parts.size() == 2) {
      properties[std::string(parts[0])] = unescape_property(parts[1]);
    }
  }
  return properties;
}

/// `^PREFIX([^ ]+)( (.+))?CLOSE([^\r\n]*)[\r\n]+$`, greedy: with a space the close is the last one behind it, without
/// (or if there is none behind it) the last one in the first word.
std::optional<RunnerCommand>
act_command(std::string_view line, std::string_view prefix, std::string_view close)
{
  if (!line.starts_with(prefix)) {
    return std::nullopt;
  }
  const std::string_view rest = line.substr(prefix.size());
  const auto space = rest.find(' ');
  const auto last = rest.rfind(close);
  if (space != std::string_view::npos && space > 0 && last != std::string_view::npos && last >= space + 2) {
    return RunnerCommand{std::string(rest.substr(0, space)), act_properties(rest.substr(space + 1, last - space - 1)),
                         unescape_data(rest.substr(last + close.size()))};
  }
  const std::string_view word = rest.substr(0, space);
  const auto end = word.rfind(close);
  if (end == std::string_view::npos || end == 0) {
    return std::nullopt;
  }
  return RunnerCommand{std::string(word.substr(0, end)), {}, unescape_data(rest.substr(end + close.size()))};
}

}  // namespace

std::vector<RunnerCommand>
github_commands(std::string_view output)
{
  std::vector<RunnerCommand> commands;
  for (const std::string& line : dotnet_lines(output)) {
    if (auto command = github_command(line)) {
      commands.push_back(std::move(*command));
    }
  }
  return commands;
}

std::vector<RunnerCommand>
act_commands(std::string_view output)
{
  std::vector<RunnerCommand> commands;
  for (const std::string& line : dotnet_lines(output)) {
    auto command = act_command(line, "::", "::");
    if (!command) {
      command = act_command(line, "##[", "]");
    }
    if (command) {
      commands.push_back(std::move(*command));
    }
  }
  return commands;
}

std::optional<std::vector<std::pair<std::string, std::string>>>
file_command(std::string_view text)
{
  std::vector<std::pair<std::string, std::string>> values;
  const auto lines = split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    if (line.empty()) {
      continue;
    }
    const auto equals = line.find('=');
    const auto heredoc = line.find("<<");
    if (equals != std::string_view::npos && equals < heredoc) {
      values.emplace_back(line.substr(0, equals), line.substr(equals + 1));
      continue;
    }
    if (heredoc == std::string_view::npos || heredoc == 0) {
      return std::nullopt;
    }
    std::string value;
    const std::string_view delimiter = line.substr(heredoc + 2);
    std::size_t end = i + 1;
    for (; end < lines.size() && lines[end] != delimiter; ++end) {
      value += (end == i + 1 ? "" : "\n") + std::string(lines[end]);
    }
    if (end == lines.size()) {
      return std::nullopt;
    }
    values.emplace_back(line.substr(0, heredoc), value);
    i = end;
  }
  return values;
}

}  // namespace sluice::test
