// SPDX-License-Identifier: Apache-2.0
#include "git/objects/alternates.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <set>

namespace sluice::git {

namespace {

constexpr int deepest = 5;
constexpr std::size_t most_directories = 1000;

char
unescaped(char c)
{
  constexpr std::string_view names = "abfnrtv";
  constexpr std::string_view values = "\a\b\f\n\r\t\v";
  const std::size_t at = names.find(c);
  return at == std::string_view::npos ? c : values[at];
}

/// Undoes git's C-style quoting: "a\tb\303\244". Text that is not quoted is returned as it is.
std::string
unquoted(std::string_view text)
{
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) {
    return std::string(text);
  }
  text = text.substr(1, text.size() - 2);
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
    } else if (text[++i] < '0' || text[i] > '7') {
      result += unescaped(text[i]);
    } else {
      unsigned value = 0;
      for (const std::size_t end = std::min(i + 3, text.size()); i < end && text[i] >= '0' && text[i] <= '7'; ++i) {
        value = value * 8 + static_cast<unsigned>(text[i] - '0');
      }
      --i;
      result += static_cast<char>(value & 0xFFU);
    }
  }
  return result;
}

/// Depth first, in the order of the files, as git searches.
class Search
{
public:
  explicit Search(std::vector<Gap>& gaps)
      : gaps_(gaps)
  {}

  void
  add(const std::filesystem::path& directory, int depth)
  {
    std::error_code error;
    const auto canonical = std::filesystem::canonical(directory, error);
    if (error || !std::filesystem::is_directory(canonical, error)) {
      miss(directory, "is named as an alternate object store and is not there");
      return;
    }
    if (!seen_.insert(canonical).second) {
      return;
    }
    if (depth > deepest || found_.size() >= most_directories) {
      miss(directory, "is an alternate object store nested too deeply to be read");
      return;
    }
    found_.push_back(canonical);
    add_alternates_of(canonical, depth);
  }

  std::vector<std::filesystem::path>
  found() &&
  {
    return std::move(found_);
  }

private:
  void
  add_alternates_of(const std::filesystem::path& directory, int depth)
  {
    const std::filesystem::path list = directory / "info" / "alternates";
    std::error_code error;
    if (!std::filesystem::exists(list, error)) {
      return;
    }
    const auto text = read_file(list);
    if (!text) {
      miss(list, text.error().message);
      return;
    }
    for (const std::string_view line : lines_of(*text)) {
      if (!line.empty() && !line.starts_with('#')) {
        add(directory / unquoted(line), depth + 1);
      }
    }
  }

  void
  miss(const std::filesystem::path& path, std::string why)
  {
    gaps_.push_back({GapKind::missing_object, path.string(), std::move(why),
                     "Make the object store available at that path, or copy its objects into the repository with "
                     "git repack -a -d and remove objects/info/alternates"});
  }

  std::vector<Gap>& gaps_;
  std::set<std::filesystem::path> seen_;
  std::vector<std::filesystem::path> found_;
};

}  // namespace

std::vector<std::filesystem::path>
with_alternates(const std::filesystem::path& objects_directory, std::vector<Gap>& gaps,
                std::span<const std::filesystem::path> more)
{
  Search search(gaps);
  search.add(objects_directory, 0);
  for (const std::filesystem::path& directory : more) {
    search.add(directory, 0);
  }
  return std::move(search).found();
}

std::vector<std::filesystem::path>
alternates_of_variable(std::string_view value)
{
  std::vector<std::filesystem::path> directories;
  while (!value.empty()) {
    std::size_t end = value.find(':');
    if (value.starts_with('"')) {
      std::size_t quote = 1;
      while (quote < value.size() && value[quote] != '"') {
        quote += value[quote] == '\\' ? 2 : 1;
      }
      end = value.find(':', std::min(quote, value.size()));
    }
    const std::string_view one = value.substr(0, end);
    if (!one.empty()) {
      directories.emplace_back(unquoted(one));
    }
    value.remove_prefix(end == std::string_view::npos ? value.size() : end + 1);
  }
  return directories;
}

}  // namespace sluice::git
