// SPDX-License-Identifier: Apache-2.0
//
// What in a change have databases not run yet? To ask whether a file is equal to the base's takes every edited, moved
// or re-encoded file for a new one, and then all the tables that it makes for new ones, on which nothing is dangerous.
// To ask git for renames guesses, and knows nothing of two files that became one.
//
// So statements are compared. Each file of the change is first held against the migration of the base that it is: the
// one at its path, or the one of its version that is gone from its own. What it has and that has not is looked for
// among what is left: statements that edited files have lost, and those of migrations that are gone. Each statement of
// the base answers for one of the change, so that writing DROP COLUMN again is new however often it was done before.
// Layout, comments and line ends do not count (identity_of).
#include "migrations/novelty.hpp"

#include "base/text.hpp"
#include "migrations/sql.hpp"
#include "migrations/tree_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace sluice::migrations {

namespace {

constexpr std::size_t longest_line = 100;

std::string_view
name_of(std::string_view path)
{
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// What one file says, by identity; statements first, then what could not be parsed.
struct Said
{
  std::vector<std::string> identities;
  std::vector<std::string> lines;  ///< the first of each
  std::vector<bool> is_setting;    ///< of a session: it belongs to its file
  std::size_t statements = 0;
};

std::string
first_line(std::string_view text)
{
  const std::string_view line = trim(text.substr(0, text.find('\n')));
  return line.size() <= longest_line ? std::string(line) : fmt::format("{}…", line.substr(0, longest_line));
}

Said
read(std::string_view text)
{
  const Script script = parse_script(text);
  Said said;
  for (const Statement& statement : script.statements) {
    said.identities.push_back(statement.identity);
    said.lines.push_back(first_line(statement.where.of(text)));
    said.is_setting.push_back(as<SetVariable>(statement) != nullptr || as<TransactionControl>(statement) != nullptr);
  }
  said.statements = said.identities.size();
  for (const Foreign& foreign : script.foreign) {
    said.identities.push_back(identity_of(foreign.where.of(text)));
    said.lines.push_back(first_line(foreign.where.of(text)));
    said.is_setting.push_back(false);
  }
  return said;
}

/// A file of the base, and what of it the change has not answered for.
struct Before
{
  std::string path;
  std::string version;
  Said said;
  VersionedText::Place place = VersionedText::Place::among_migrations;
  std::vector<bool> is_answered = {};
  bool is_claimed = false;  ///< a file of the change is it
};

class Comparison
{
public:
  Comparison(const std::vector<VersionedText>& before, const std::vector<VersionedText>& after)
  {
    before_.reserve(before.size());
    for (const VersionedText& file : before) {
      Before& known = before_.emplace_back(Before{file.path, version_of(file.path), read(file.text), file.place});
      known.is_answered.resize(known.said.identities.size());
      by_path_.emplace(known.path, &known);
      unclaimed_[claim_key(known.version, known.path, known.place)].push_back(&known);
    }
    for (const VersionedText& file : after) {
      after_.push_back(read(file.text));
      paths_.push_back(file.path);
    }
    ages_.resize(after_.size());
    result_.after.resize(after_.size());
    claims_.resize(after_.size(), nullptr);
    sources_.resize(after_.size());
  }

  Novelties
  run()
  {
    for (std::size_t i = 0; i < after_.size(); ++i) {
      claim_by_path(i);
    }
    for (std::size_t i = 0; i < after_.size(); ++i) {
      claim_by_version(i);
    }
    for (std::size_t i = 0; i < after_.size(); ++i) {
      compare_with_own(i);
    }
    index_pool();
    for (std::size_t i = 0; i < after_.size(); ++i) {
      compare_with_pool(i);
    }
    for (std::size_t i = 0; i < after_.size(); ++i) {
      finish(i);
    }
    for (const Before& source : before_) {
      add_gone(source);
    }
    return std::move(result_);
  }

private:
  /// Where no migrations are any more, a version alone says too little: the name has to be the same.
  static std::string
  claim_key(std::string_view version, std::string_view path, VersionedText::Place place)
  {
    return place == VersionedText::Place::among_migrations ? fmt::format("{}/", version)
                                                           : fmt::format("{}/{}", version, name_of(path));
  }

  void
  claim(std::size_t file, Before& before)
  {
    before.is_claimed = true;
    claims_[file] = &before;
    result_.after[file].was = before.path;
    sources_[file].insert(&before);
  }

  void
  claim_by_path(std::size_t file)
  {
    const auto found = by_path_.find(paths_[file]);
    ++result_.looks;
    if (found != by_path_.end() && !found->second->is_claimed) {
      claim(file, *found->second);
    }
  }

  void
  claim_by_version(std::size_t file)
  {
    if (claims_[file] != nullptr) {
      return;
    }
    const std::string version = version_of(paths_[file]);
    for (const auto place : {VersionedText::Place::among_migrations, VersionedText::Place::elsewhere}) {
      const auto found = unclaimed_.find(claim_key(version, paths_[file], place));
      while (found != unclaimed_.end() && !found->second.empty()) {
        Before& first = *found->second.front();
        found->second.pop_front();
        ++result_.looks;
        if (!first.is_claimed) {
          claim(file, first);
          return;
        }
      }
    }
  }

  void
  compare_with_own(std::size_t file)
  {
    const Said& said = after_[file];
    ages_[file].assign(said.identities.size(), Age::fresh);
    if (claims_[file] == nullptr) {
      return;
    }
    std::map<std::string_view, std::vector<std::size_t>> free;
    Before& own = *claims_[file];
    // Some tools go by the whole name.
    const bool same_name = name_of(own.path) == name_of(paths_[file]);
    for (std::size_t i = own.said.identities.size(); i-- > 0;) {
      free[own.said.identities[i]].push_back(i);
    }
    for (std::size_t i = 0; i < said.identities.size(); ++i) {
      if (auto found = free.find(said.identities[i]); found != free.end() && !found->second.empty()) {
        own.is_answered[found->second.back()] = true;
        found->second.pop_back();
        ages_[file][i] = same_name ? Age::merged : Age::moved;
      }
    }
  }

  void
  index_pool()
  {
    for (Before& file : before_) {
      for (std::size_t i = 0; i < file.said.identities.size(); ++i) {
        if (!file.is_answered[i]) {
          pool_[file.said.identities[i]].push_back({&file, i});
        }
      }
    }
  }

  void
  compare_with_pool(std::size_t file)
  {
    const Said& said = after_[file];
    std::set<Before*> sources;  // in the order of before_, in which they lie
    for (std::size_t i = 0; i < said.identities.size(); ++i) {
      const auto found = pool_.find(said.identities[i]);
      if (ages_[file][i] != Age::fresh || found == pool_.end() || found->second.empty()) {
        continue;
      }
      const auto [source, number] = found->second.back();
      found->second.pop_back();
      source->is_answered[number] = true;
      ages_[file][i] = Age::moved;
      if (!said.is_setting[i]) {
        sources.insert(source);
      }
    }
    for (Before* source : sources) {
      ++result_.looks;
      if (source != claims_[file]) {
        result_.after[file].taken.push_back(source->path);
        heirs_[source] = file;
        sources_[file].insert(source);
      }
    }
  }

  /// A setting that came or went is no edit of what databases have run.
  void
  finish(std::size_t file)
  {
    Novelty& novelty = result_.after[file];
    const Said& said = after_[file];
    for (std::size_t i = 0; i < said.identities.size(); ++i) {
      (i < said.statements ? novelty.statements : novelty.foreign).push_back(ages_[file][i]);
    }
    for (const Before* source : sources_[file]) {
      ++result_.looks;
      const auto heir = heirs_.find(source);
      const bool is_heir =
          heir != heirs_.end() && heir->second == file && source->place != VersionedText::Place::elsewhere;
      if (claims_[file] == source || is_heir) {
        add_lost(*source, novelty);
      }
    }
  }

  static void
  add_lost(const Before& source, Novelty& novelty)
  {
    for (std::size_t i = 0; i < source.said.identities.size(); ++i) {
      if (!source.is_answered[i] && !source.said.is_setting[i]) {
        novelty.lost.push_back(source.said.lines[i]);
      }
    }
  }

  void
  add_gone(const Before& source)
  {
    if (source.place == VersionedText::Place::elsewhere || source.is_claimed || heirs_.contains(&source)) {
      return;
    }
    Novelty& novelty = result_.gone.emplace_back();
    novelty.was = source.path;
    novelty.presence = Novelty::Presence::gone;
    add_lost(source, novelty);
  }

  std::vector<Before> before_;  ///< stays where it is, for the pointers below
  std::map<std::string_view, Before*> by_path_;
  std::map<std::string, std::deque<Before*>> unclaimed_;  ///< in their order; some may be claimed by now
  std::vector<Said> after_;
  std::vector<std::string> paths_;
  std::vector<std::vector<Age>> ages_;
  Novelties result_;
  std::vector<Before*> claims_;  ///< which file of the base each file of the change is
  std::map<std::string_view, std::vector<std::pair<Before*, std::size_t>>> pool_;
  std::vector<std::set<const Before*>> sources_;  ///< of each file of the change what it may answer for
  std::map<const Before*, std::size_t> heirs_;    ///< the file that has the statements of one that is gone
};

bool
any_is(const std::vector<Age>& ages, Age wanted)
{
  return std::find(ages.begin(), ages.end(), wanted) != ages.end();
}

std::string
version_of_name(std::string_view name)
{
  const std::size_t begin = name.starts_with('V') || name.starts_with('v') ? 1 : 0;
  std::size_t end = begin;
  while (end < name.size() && name[end] >= '0' && name[end] <= '9') {
    ++end;
  }
  return std::string(end == begin ? name : name.substr(begin, end - begin));
}

}  // namespace

Age
Novelty::of_statement(std::size_t number) const
{
  return number < statements.size() ? statements[number] : Age::fresh;
}

Age
Novelty::of_foreign(std::size_t number) const
{
  return number < foreign.size() ? foreign[number] : Age::fresh;
}

bool
Novelty::has_fresh() const
{
  return any_is(statements, Age::fresh) || any_is(foreign, Age::fresh);
}

bool
Novelty::brings_nothing() const
{
  return presence == Presence::there && !has_fresh() && !any_is(statements, Age::moved) && !any_is(foreign, Age::moved)
         && lost.empty();
}

Novelties
novelties(const std::vector<VersionedText>& before, const std::vector<VersionedText>& after)
{
  return Comparison(before, after).run();
}

std::string
version_of(std::string_view path)
{
  const std::size_t slash = path.rfind('/');
  const std::string_view name = name_of(path);
  std::string version = version_of_name(name);
  if (slash == std::string_view::npos || version != name) {
    return version;
  }
  const std::string_view directory = path.substr(0, slash);
  const std::string_view last = directory.substr(directory.rfind('/') + 1);
  const std::string of_directory = version_of_name(last);
  return of_directory == last ? version : fmt::format("{}/{}", of_directory, name);
}

}  // namespace sluice::migrations
