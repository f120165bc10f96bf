// SPDX-License-Identifier: Apache-2.0
//
// The images that a Dockerfile begins from (docs.docker.com, "Dockerfile reference", FROM). It locks no packages; what
// is looked at is whether a base image can change under the same name.
#include "base/text.hpp"
#include "deps/action_reference.hpp"
#include "deps/lockfile.hpp"

#include <array>
#include <set>

namespace sluice::deps {

namespace {

std::vector<std::string_view>
words_of(std::string_view line)
{
  std::vector<std::string_view> words;
  while (!(line = trim(line)).empty()) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

/// FROM [--platform=…] image [AS stage].
void
take(std::string_view line, std::uint32_t number, std::set<std::string>& stages, PackageList& list)
{
  std::vector<std::string_view> words = words_of(line);
  words.erase(words.begin());
  std::erase_if(words, [](std::string_view word) { return word.starts_with("--"); });
  if (words.empty()) {
    return;
  }
  const std::string_view image = words.front();
  const bool is_stage = stages.contains(to_lower(image));
  if (words.size() >= 3 && to_lower(words[1]) == "as") {
    stages.insert(to_lower(words[2]));
  }
  if (!is_stage && image != "scratch" && image.find('$') == std::string_view::npos) {
    list.refer({Reference::Kind::image, image, number, has_digest(image)});
  }
}

void
read(const LockText& file, PackageList& list)
{
  std::set<std::string> stages;
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(file.text)) {
    ++number;
    const std::string_view text = trim(line);
    if (text.size() > 5 && to_lower(text.substr(0, 4)) == "from" && (text[4] == ' ' || text[4] == '\t')) {
      take(text, number, stages, list);
    }
  }
}

constexpr std::array<std::string_view, 4> paths{"Dockerfile", "Containerfile", "*.Dockerfile", "Dockerfile.*"};

}  // namespace

extern const Lockfile lockfile_dockerfile{.id = "dockerfile", .title = "Dockerfile", .paths = paths, .read = read};

}  // namespace sluice::deps
