// SPDX-License-Identifier: Apache-2.0
#include "env/repository_files.hpp"

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "base/utf8.hpp"
#include "env/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <set>

namespace sluice::env {

namespace {

constexpr auto vendored_directories = std::to_array<std::string_view>(
    {"node_modules", ".yarn", "vendor", "third_party", "dist", ".next", ".nuxt", ".svelte-kit", "bower_components",
     ".venv", "venv", "site-packages", "__pycache__", "Pods", "Carthage", ".terraform"});

/// Names that begin with what dotenv files and their schemas begin with, untracked ones that lie beside tracked files.
void
add_untracked(const gate::FileTree& tree, std::vector<std::string>& paths)
{
  std::set<std::string, std::less<>> directories{""};
  for (const std::string& path : paths) {
    directories.emplace(directory_of(path));
  }
  std::vector<std::string> found;
  for (const std::string& directory : directories) {
    for (const std::string& name : tree.untracked_names(directory)) {
      const std::string path = path_in(directory, name);
      if ((is_dotenv_path(path) || is_schema_path(path)) && !std::binary_search(paths.begin(), paths.end(), path)) {
        found.push_back(path);
      }
    }
  }
  paths.insert(paths.end(), found.begin(), found.end());
  std::sort(paths.begin(), paths.end());
}

/// What a thread makes of the files that it takes.
struct Part
{
  std::vector<Seen> seen;
  std::vector<Schema> schemas;
  std::vector<Gap> gaps;
  std::vector<std::string> deleted;
  std::uint64_t examined = 0;
};

bool
holds_any(std::string_view text, std::span<const std::string_view> words)
{
  return words.empty() || std::any_of(words.begin(), words.end(), [text](std::string_view word) {
           return text.find(word) != std::string_view::npos;
         });
}

/// Without an extension a file may be a script, which its first line says.
bool
may_be_script(std::string_view path)
{
  return file_name_of(path).find('.') == std::string_view::npos;
}

/// Whether the second line of a text hands it from a shell to the program whose text it really is.
bool
is_handed_over(std::string_view text)
{
  const std::size_t second = std::min(text.find('\n'), text.size());
  const std::size_t end = text.find('\n', second + 1);
  return text.substr(second, end == std::string_view::npos ? end : end - second).find("exec") != std::string_view::npos;
}

bool
says_something(const Seen& seen)
{
  return !seen.sightings.empty() || !seen.dynamic.empty() || !seen.loads.empty() || !seen.jobs.empty();
}

/// Whether a file may be the module whose last part is this: it is called so, or lies in a directory of that name.
bool
is_of_module(std::string_view path, std::string_view module)
{
  const std::string_view name = file_name_of(path);
  if (name.substr(0, name.find('.')) == module || (module.empty() && directory_of(path).empty())) {
    return true;
  }
  for (std::string_view rest = directory_of(path); !rest.empty(); rest = directory_of(rest)) {
    if (file_name_of(rest) == module) {
      return true;
    }
  }
  return false;
}

/// A test of such a function calls it with names of its own.
bool
is_of_tests(std::string_view path)
{
  constexpr auto directories = std::to_array<std::string_view>({"test", "tests", "__tests__", "spec"});
  const std::string_view name = file_name_of(path);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  if (name.starts_with("test_") || stem.ends_with("_test") || stem.ends_with(".test") || stem.ends_with(".spec")) {
    return true;
  }
  for (std::string_view rest = directory_of(path); !rest.empty(); rest = directory_of(rest)) {
    if (std::find(directories.begin(), directories.end(), file_name_of(rest)) != directories.end()) {
      return true;
    }
  }
  return false;
}

/// Makes reads of the calls of functions that read and are in other files.
void
settle_calls(std::vector<Seen>& all)
{
  std::multimap<std::string, std::pair<std::string_view, std::size_t>, std::less<>> functions;
  for (const Seen& seen : all) {
    for (const ReadingFunction& function : seen.functions) {
      functions.emplace(function.name, std::pair(std::string_view(seen.path), function.parameter));
    }
  }
  for (Seen& seen : all) {
    if (is_of_tests(seen.path)) {
      seen.calls.clear();
    }
    for (ForeignCall& call : seen.calls) {
      const auto [begin, end] = functions.equal_range(call.function);
      const bool reads = std::any_of(begin, end, [&](const auto& each) {
        const auto& [path, parameter] = each.second;
        return parameter == call.argument && path != seen.path && is_of_module(path, call.module);
      });
      if (reads) {
        seen.sightings.push_back(std::move(call.read));
      }
    }
    seen.calls.clear();
  }
  std::erase_if(all, [](const Seen& seen) { return !says_something(seen); });
}

class Looker
{
public:
  Looker(const Survey& survey, Part& part)
      : survey_(survey),
        part_(part)
  {}

  void
  look(const std::string& path)
  {
    choose(path);
    if (languages_.empty() && formats_.empty() && !may_be_script(path)) {
      return;
    }
    auto text = read_path(survey_, path, gate::max_file_bytes);
    if (!text) {
      tell_unread(path, text.error());
      return;
    }
    std::erase_if(languages_, [&](const Language* each) { return each->is != nullptr && !each->is(path, *text); });
    add_by_first_line(path, *text);
    if (languages_.empty() && formats_.empty()) {
      return;
    }
    ++part_.examined;
    judge(path, *std::move(text));
  }

private:
  void
  choose(std::string_view path)
  {
    languages_.clear();
    formats_.clear();
    for (const Language* language : languages()) {
      if (language->has(path)) {
        languages_.push_back(language);
      }
    }
    for (const Format* format : formats()) {
      if (format->has(path)) {
        formats_.push_back(format);
      }
    }
  }

  /// A `#!` line knows better than an extension what a script is written in. A template has that of what it becomes.
  void
  add_by_first_line(std::string_view path, std::string_view text)
  {
    const Language* language = path.ends_with(".erb") ? nullptr : language_of_first_line(text);
    if (language == nullptr || std::find(languages_.begin(), languages_.end(), language) != languages_.end()
        || (!languages_.empty() && is_handed_over(text))) {
      return;
    }
    std::erase_if(languages_, [](const Language* other) { return !other->interpreters.empty(); });
    languages_.push_back(language);
  }

  void
  tell_unread(const std::string& path, const Error& error)
  {
    if (survey_.tree->kind(path) == gate::EntryKind::none) {
      part_.deleted.push_back(path);
    } else if (!languages_.empty() || !formats_.empty()) {
      part_.gaps.push_back({GapKind::unreadable, survey_.prefix + path, error.message,
                            "Make it readable, or leave it out by `env: exclude:`"});
    }
  }

  void
  judge(const std::string& path, std::string text)
  {
    std::erase_if(languages_, [&](const Language* language) { return !holds_any(text, language->words); });
    std::erase_if(formats_, [&](const Format* format) { return !holds_any(text, format->words); });
    if (languages_.empty() && formats_.empty()) {
      return;
    }
    const gate::SourceText source(path, std::move(text));
    Sightings sightings(path);
    for (const Language* language : languages_) {
      language->look(source, sightings);
    }
    Seen seen = sightings.take();
    move_gaps(seen.gaps);
    if (says_something(seen) || !seen.functions.empty() || !seen.calls.empty()) {
      part_.seen.push_back(std::move(seen));
    }
    for (const Format* format : formats_) {
      Schema schema = format->read(source, *survey_.tree);
      move_gaps(schema.gaps);
      if (!schema.items.empty()) {
        schema.path = path;
        schema.format = format->id;
        part_.schemas.push_back(std::move(schema));
      }
    }
  }

  void
  move_gaps(std::vector<Gap>& gaps)
  {
    for (Gap& gap : gaps) {
      gap.subject.insert(0, survey_.prefix);
      part_.gaps.push_back(std::move(gap));
    }
    gaps.clear();
  }

  const Survey& survey_;
  Part& part_;
  std::vector<const Language*> languages_;
  std::vector<const Format*> formats_;
};

template<typename T>
void
append(std::vector<T>& more, std::vector<T>& all)
{
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

bool
is_schema_path(std::string_view path)
{
  const auto all = formats();
  return std::any_of(all.begin(), all.end(),
                     [path](const Format* format) { return format->words.empty() && format->has(path); });
}

bool
is_vendored(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  if (name.find(".min.") != std::string_view::npos || name.ends_with(".map") || name.ends_with(".lock")) {
    return true;
  }
  for (std::string_view rest = directory_of(path); !rest.empty(); rest = directory_of(rest)) {
    const std::string_view last = file_name_of(rest);
    if (std::find(vendored_directories.begin(), vendored_directories.end(), last) != vendored_directories.end()) {
      return true;
    }
  }
  return false;
}

namespace {

struct LinkEnd
{
  std::string file;         ///< that the link leads to by way of others; empty: none is there, as if the link was not
  bool is_outside = false;  ///< of the tree
};

LinkEnd
end_of_link(const gate::FileTree& tree, std::string path)
{
  constexpr int max_links = 16;
  for (int steps = 0; steps < max_links; ++steps) {
    const std::optional<std::string> target = tree.link_at(path);
    if (!target) {
      return {tree.kind(path) == gate::EntryKind::file ? std::move(path) : std::string()};
    }
    const auto led = resolved_in(directory_of(path), *target);
    if (!led) {
      return {{}, true};
    }
    const auto directory = tree.directory_at(directory_of(*led));
    if (!directory) {
      return {};
    }
    path = path_in(*directory, file_name_of(*led));
  }
  return {};
}

/// A link counts where its name says what it is: code is looked at by its own path.
bool
takes_link(Survey& survey, const std::string& path)
{
  if (!is_dotenv_path(path) && !is_schema_path(path)) {
    return false;
  }
  LinkEnd end = end_of_link(*survey.tree, path);
  if (end.is_outside) {
    survey.gaps.push_back({GapKind::unreadable, survey.prefix + path,
                           "is a symbolic link that leads out of the repository",
                           "Put the file itself in its place, or leave it out by `env: exclude:`"});
  }
  const bool has_file = !end.file.empty();
  if (has_file) {
    survey.linked.emplace(path, std::move(end.file));
  }
  return has_file;
}

}  // namespace

void
list_files(Survey& survey)
{
  gate::Listing listing = survey.tree->tracked();
  if (!listing.complete) {
    survey.gaps.push_back({GapKind::too_many, "the repository", "not all of its files could be listed", {}});
  }
  for (const std::string& path : listing.submodules) {
    survey.gaps.push_back(git::submodule_gap(survey.prefix + path));
  }
  survey.tracked.insert(listing.files.begin(), listing.files.end());
  add_untracked(*survey.tree, listing.files);
  const std::vector<Glob> exclude(survey.options->exclude.begin(), survey.options->exclude.end());
  for (std::string& path : listing.files) {
    if (is_vendored(path)) {
      continue;
    }
    const bool is_excluded = matches_any(exclude, survey.prefix + path);
    const bool is_link = std::binary_search(listing.links.begin(), listing.links.end(), path);
    if (!is_link || is_excluded || takes_link(survey, path)) {
      (is_excluded ? survey.excluded : survey.paths).push_back(std::move(path));
    }
  }
}

void
look_at_files(Survey& survey, unsigned threads)
{
  const unsigned count = survey.tree->may_be_read_by_several() ? thread_count(threads) : 1;
  std::vector<Part> parts(count);
  std::atomic<std::size_t> next{0};
  on_threads(count, [&](unsigned thread) {
    Looker looker(survey, parts[thread]);
    constexpr std::size_t at_once = 64;
    for (std::size_t begin = next.fetch_add(at_once); begin < survey.paths.size(); begin = next.fetch_add(at_once)) {
      for (std::size_t i = begin; i < std::min(begin + at_once, survey.paths.size()); ++i) {
        looker.look(survey.paths[i]);
      }
    }
  });
  for (Part& part : parts) {
    append(part.seen, survey.seen);
    append(part.schemas, survey.schemas);
    append(part.gaps, survey.gaps);
    append(part.deleted, survey.deleted);
    survey.examined_files += part.examined;
  }
  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  settle_calls(survey.seen);
  std::stable_sort(survey.seen.begin(), survey.seen.end(), by_path);
  std::stable_sort(survey.schemas.begin(), survey.schemas.end(), by_path);
  std::sort(survey.deleted.begin(), survey.deleted.end());
  std::stable_sort(survey.gaps.begin(), survey.gaps.end(),
                   [](const Gap& a, const Gap& b) { return a.subject < b.subject; });
}

}  // namespace sluice::env
