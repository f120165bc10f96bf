// SPDX-License-Identifier: Apache-2.0
#include "deps/gemfile.hpp"

#include "base/text.hpp"
#include "deps/python.hpp"

#include <algorithm>
#include <vector>

namespace sluice::deps {

namespace {

/// Takes a comment off that is outside of quotes.
std::string_view
without_comment(std::string_view line)
{
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote != 0) {
      quote = line[i] == quote ? '\0' : quote;
    } else if (line[i] == '"' || line[i] == '\'') {
      quote = line[i];
    } else if (line[i] == '#') {
      return trim(line.substr(0, i));
    }
  }
  return trim(line);
}

/// Names written as ":test", "'test'" or "\"test\""; "test:" is none.
std::vector<std::string_view>
symbols_in(std::string_view text)
{
  std::vector<std::string_view> symbols;
  constexpr std::string_view word = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  for (std::size_t at = text.find_first_of(":'\""); at != std::string_view::npos; at = text.find_first_of(":'\"", at)) {
    const std::string_view rest = text.substr(at + 1);
    const std::string_view name = rest.substr(0, std::min(rest.find_first_not_of(word), rest.size()));
    if (!name.empty()) {
      symbols.push_back(name);
    }
    at += 1 + name.size();
    if (text[at - name.size() - 1] != ':' && at < text.size()) {
      ++at;
    }
  }
  return symbols;
}

/// Bundler installs every group unless told otherwise; by custom production does without those of development.
Scope
scope_of(const std::vector<std::string_view>& groups)
{
  const bool is_development = !groups.empty() && std::all_of(groups.begin(), groups.end(), [](std::string_view group) {
    return scope_of_group_name(group) == Scope::dev;
  });
  return is_development ? Scope::dev : Scope::runtime;
}

/// The groups of "group: :test", "groups: [:a, :b]", ":group => :test"; nothing if the line names none.
std::vector<std::string_view>
groups_of_line(std::string_view line)
{
  std::size_t at = std::string_view::npos;
  for (const std::string_view key : {"group:", "groups:", ":group =>", ":groups =>", ":group=>", ":groups=>"}) {
    const std::size_t found = line.find(key);
    at = found == std::string_view::npos ? at : std::min(at, found + key.size());
  }
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view value = trim(line.substr(at));
  const std::size_t end = value.starts_with('[') || value.starts_with('%') ? value.find(']') : value.find(',');
  if (value.starts_with("%i[") || value.starts_with("%w[")) {
    std::vector<std::string_view> words = split(value.substr(3, end == std::string_view::npos ? end : end - 3), ' ');
    std::erase(words, "");
    return words;
  }
  return symbols_in(value.substr(0, end));
}

std::string_view
text_in_quotes(std::string_view text)
{
  const std::size_t begin = text.find_first_of("'\"");
  if (begin == std::string_view::npos) {
    return {};
  }
  const std::size_t end = text.find(text[begin], begin + 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(begin + 1, end - begin - 1);
}

/// Empty if a program makes the name.
std::string_view
name_of_gem(std::string_view line)
{
  std::string_view rest = trim(line.substr(3));
  rest = trim(rest.starts_with('(') ? rest.substr(1) : rest);
  const bool is_quoted = rest.starts_with('"') || rest.starts_with('\'');
  const std::string_view name = is_quoted ? text_in_quotes(rest) : std::string_view();
  return name.find("#{") == std::string_view::npos ? name : std::string_view();
}

bool
begins_with_word(std::string_view line, std::string_view word)
{
  return line.starts_with(word)
         && (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '('
             || line[word.size()] == '\t');
}

bool
opens_block(std::string_view line)
{
  if (line.ends_with(" do") || line.find(" do |") != std::string_view::npos) {
    return true;
  }
  return std::ranges::any_of(std::initializer_list<std::string_view>{"if", "unless", "case", "begin", "def", "while"},
                             [line](std::string_view word) { return begins_with_word(line, word); });
}

/// "gem … platforms: :windows", "gem … if x", "gem …, install_if: …".
bool
is_conditional(std::string_view line)
{
  return std::ranges::any_of(std::initializer_list<std::string_view>{"platform", "install_if", " if ", " unless "},
                             [line](std::string_view word) { return line.find(word) != std::string_view::npos; });
}

}  // namespace

Gemfile
read_gemfile(std::string_view text)
{
  Gemfile result;
  struct Block
  {
    Scope scope = Scope::runtime;
    bool is_conditional = false;
  };
  std::vector<Block> blocks;
  std::string joined;
  for (const std::string_view physical : lines_of(text)) {
    // A line that ends with a comma goes on.
    joined.append(joined.empty() ? "" : " ").append(without_comment(physical));
    if (joined.ends_with(',') && joined.size() < 10'000) {
      continue;
    }
    const std::string line = std::move(joined);
    joined = {};
    const Block around = blocks.empty() ? Block() : blocks.back();
    if (begins_with_word(line, "gem")) {
      const std::vector<std::string_view> groups = groups_of_line(line);
      const Scope scope = groups.empty() ? around.scope : std::max(around.scope, scope_of(groups));
      const std::string name(name_of_gem(line));
      if (name.empty()) {
        continue;
      }
      const auto [at, is_new] = result.gems.emplace(name, scope);
      at->second = is_new ? scope : std::min(at->second, scope);
      if (around.is_conditional || is_conditional(line)) {
        result.conditional.insert(name);
      }
    } else if (begins_with_word(line, "gemspec")) {
      result.has_gemspec = true;
    } else if (begins_with_word(line, "group") && opens_block(line)) {
      const Scope scope = scope_of(symbols_in(line.substr(0, line.find("optional:"))));
      const bool is_optional = line.find("optional: true") != std::string::npos;
      blocks.push_back(
          {std::max({around.scope, scope, is_optional ? Scope::optional : Scope::runtime}), around.is_conditional});
    } else if (opens_block(line)) {
      // Another block than of groups or sources is a condition, or may be one.
      blocks.push_back({around.scope, around.is_conditional || !begins_with_word(line, "source")});
    } else if (begins_with_word(line, "end") && !blocks.empty()) {
      blocks.pop_back();
    }
  }
  return result;
}

}  // namespace sluice::deps
