// SPDX-License-Identifier: Apache-2.0
#include "migrations/loader.hpp"

#include "base/glob.hpp"
#include "migrations/departures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

namespace sluice::migrations {

namespace {

using gate::EntryKind;
using gate::FileTree;

constexpr std::uint64_t max_elsewhere_bytes = 64U << 20U;

using Place = VersionedText::Place;

struct File
{
  std::string path;
  std::string text;
  Place place = Place::among_migrations;  ///< of one of the base
};

/// Equal as git stores them, as far as line ends go; a file that differs elsewhere is compared by its statements.
std::string
with_plain_lines(std::string_view text)
{
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') {
      plain += text[i];
    }
  }
  return plain;
}

class Loader
{
public:
  Loader(const Reading& reading, ChangeSet& set)
      : reading_(reading),
        set_(set)
  {
    for (const std::string& pattern : reading.options.exclude) {
      exclude_.emplace_back(pattern);
    }
  }

  void
  run()
  {
    for (const PathToRead& named : reading_.paths) {
      list(named);
    }
    if (reading_.tree.before == nullptr) {
      for (File& file : after_) {
        add(std::move(file), {}, Role::judged);
      }
      return;
    }
    read_before();
    compare();
  }

private:
  void
  list(const PathToRead& named)
  {
    const FileTree& tree = *reading_.tree.after;
    if (named.kind == PathToRead::Kind::file) {
      read(named.path);
      return;
    }
    if (const EntryKind kind = tree.kind(named.path); kind == EntryKind::submodule || kind == EntryKind::link) {
      add_unopened(named.path, kind);
      return;
    }
    const gate::Listing listing = tree.list(named.path);
    if (!listing.complete) {
      gap(GapKind::too_many, named.path, "not all of its files could be listed", "");
    }
    const std::size_t gaps_before = set_.gaps.size();
    add_foreign_engine(named.path);
    for (const std::string& submodule : listing.submodules) {
      add_unopened(join_path(named.path, submodule), EntryKind::submodule);
    }
    for (const std::string& link : listing.links) {
      if (!is_sql(link) && may_be_directory(join_path(named.path, link))) {
        add_unopened(join_path(named.path, link), EntryKind::link);
      }
    }
    std::size_t found = 0;
    const std::set<std::string_view> links(listing.links.begin(), listing.links.end());
    for (const std::string& file : listing.files) {
      if (!is_sql(file) && links.contains(file)) {
        continue;
      }
      found += consider(named.path, file, listing.files) ? 1 : 0;
    }
    // Who names a directory believes that there is something in it.
    if (found == 0 && set_.gaps.size() == gaps_before && !reading_.options.paths.empty()) {
      gap(GapKind::no_input, named.path.empty() ? "." : named.path, "no .sql file is in it that would be run",
          "Name the directory that holds the migrations");
    }
  }

  /// What a tool wrote down of the engine that its files are for.
  void
  add_foreign_engine(const std::string& directory)
  {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> notes{
        {{"migration_lock.toml", "provider"}, {"meta/_journal.json", "dialect"}}};
    constexpr std::array<std::string_view, 7> engines{"mysql",   "sqlite",      "sqlserver", "mongodb",
                                                      "mariadb", "singlestore", "turso"};
    for (const auto& [file, key] : notes) {
      const std::string path = join_path(directory, std::string(file));
      const auto text = reading_.tree.after->is_file(path) ? reading_.tree.after->read(path) : std::string();
      const std::size_t at = text ? text->find(key) : std::string::npos;
      if (at == std::string::npos) {
        continue;
      }
      const std::size_t from = text->find_first_of("=:", at);
      const std::size_t begin = from == std::string::npos ? from : text->find('"', from);
      const std::size_t end = begin == std::string::npos ? begin : text->find('"', begin + 1);
      const std::string engine = end == std::string::npos ? "" : text->substr(begin + 1, end - begin - 1);
      if (std::find(engines.begin(), engines.end(), engine) != engines.end()) {
        gap(GapKind::unjudged, directory.empty() ? "." : directory,
            fmt::format("{} says that the migrations are for {}, and they are judged by the rules of PostgreSQL", file,
                        engine),
            "Leave the directory out with paths, or judge it by hand");
      }
    }
  }

  /// A link to a plain file of another kind is no migration; one that leads to a directory, or who knows where, may
  /// hide some.
  [[nodiscard]] bool
  may_be_directory(const std::string& path) const
  {
    return may_be_migration(path) || !reading_.tree.after->is_file(path);
  }

  void
  add_unopened(const std::string& path, EntryKind kind)
  {
    if (kind == EntryKind::submodule) {
      gap(GapKind::submodule, path, "is a submodule, whose migrations are not judged here",
          "Run the gate in its repository");
    } else {
      gap(GapKind::unreadable, path, "is a symbolic link, which is not followed",
          "Name the directory that it leads to with paths");
    }
  }

  static std::string
  join_path(const std::string& directory, const std::string& file)
  {
    return directory.empty() ? file : fmt::format("{}/{}", directory, file);
  }

  /// Whether there was a file of SQL, read or told to be left out.
  bool
  consider(const std::string& directory, const std::string& file, const std::vector<std::string>& all)
  {
    const std::string path = join_path(directory, file);
    if (!is_sql(file)) {
      if (may_be_migration(file)) {
        leave_out(path, {"its name does not end in .sql"});
      }
      return false;
    }
    const auto skipped = reading_.framework.skips(file, all);
    if (skipped) {
      leave_out(path, *skipped);
    } else {
      read(path);
    }
    return true;
  }

  /// What the change does not touch is as it was merged, and none of this run's gaps.
  void
  leave_out(const std::string& path, const Skip& skip)
  {
    set_.skipped.push_back({reading_.tree.prefix + path, skip.why});
    if (skip.told == Skip::Told::as_gap && is_of_change(path)) {
      gap(GapKind::not_run, path, fmt::format("{} does not run it: {}", reading_.framework.id, skip.why),
          "Name it so that it runs, or move it elsewhere");
    }
  }

  [[nodiscard]] bool
  is_of_change(const std::string& path) const
  {
    if (reading_.tree.before == nullptr || !is_at(*reading_.tree.before, path)) {
      return true;
    }
    const auto before = reading_.tree.before->read(path);
    const auto after = reading_.tree.after->read(path);
    return !before || !after || with_plain_lines(*before) != with_plain_lines(*after);
  }

  void
  read(const std::string& path)
  {
    auto text = reading_.tree.after->read(path);
    if (!text) {
      unread_.insert(path);
      gap(GapKind::unreadable, path, text.error().message, "");
      return;
    }
    after_.push_back({path, std::move(*text)});
  }

  /// The migrations of the base, and those that the change has taken from where they were.
  void
  read_before()
  {
    const FileTree& before = *reading_.tree.before;
    std::set<std::string> paths;
    for (const PathToRead& named : reading_.paths) {
      if (named.kind == PathToRead::Kind::file) {
        if (before.is_file(named.path)) {
          paths.insert(named.path);
        }
        continue;
      }
      const gate::Listing listing = before.list(named.path);
      for (const std::string& file : listing.files) {
        if (is_sql(file) && !reading_.framework.skips(file, listing.files)) {
          paths.insert(join_path(named.path, file));
        }
      }
    }
    for (const std::string& path : paths) {
      read_before(path, Place::among_migrations, before_);
    }
    std::uint64_t bytes = 0;
    for (const auto& [path, place] : candidates()) {
      if (!paths.contains(path) && !is_at(*reading_.tree.after, path)) {
        read_before(path, place, elsewhere_);
        bytes += elsewhere_.empty() ? 0 : elsewhere_.back().text.size();
      }
      if (bytes > max_elsewhere_bytes) {
        gap(GapKind::too_large, reading_.tree.before_name,
            "the change takes away more SQL than is read, so whether migrations were moved cannot be told",
            "Move them in a change of its own");
        break;
      }
    }
  }

  /// Files of the base that may be migrations which were moved here: those where a tool looks for them. A draft that
  /// lay anywhere else was never run, and to move it among the migrations is to write it; only where the base had none
  /// does it take any for them, for a directory with a name of its own may have been moved as a whole.
  std::vector<std::pair<std::string, Place>>
  candidates()
  {
    const FileTree& before = *reading_.tree.before;
    std::vector<std::pair<std::string, Place>> found;
    for (const Framework* framework : frameworks_by_precedence()) {
      const auto detection = detect(*framework, before);
      const Place place = framework == reading_.base_framework ? Place::other_directory : Place::elsewhere;
      for (const std::string& directory : detection ? detection->directories : std::vector<std::string>()) {
        const bool is_read = std::any_of(reading_.paths.begin(), reading_.paths.end(),
                                         [&directory](const PathToRead& named) { return named.path == directory; });
        const gate::Listing listing = is_read ? gate::Listing() : before.list(directory);
        for (const std::string& file : listing.files) {
          if (is_sql(file) && !framework->skips(file, listing.files)) {
            found.emplace_back(join_path(directory, file), place);
          }
        }
      }
    }
    if (before_.empty() && found.empty() && !after_.empty()) {
      const gate::Listing everything = before.list("");
      for (const std::string& file : everything.files) {
        if (is_sql(file)) {
          found.emplace_back(file, Place::elsewhere);
        }
      }
      if (!everything.complete) {
        gap(GapKind::too_many, reading_.tree.before_name,
            "the base has more files than can be listed, so whether the migrations were moved here cannot be told", "");
      }
    }
    return found;
  }

  void
  read_before(const std::string& path, Place place, std::vector<File>& into)
  {
    auto text = reading_.tree.before->read(path);
    if (text) {
      into.push_back({path, std::move(*text), place});
    } else if (place != Place::elsewhere) {
      gap(GapKind::unreadable, path,
          fmt::format("what it was before the change cannot be read: {}", text.error().message), "");
    }
  }

  void
  compare()
  {
    const std::set<std::string> equal = equal_paths();
    std::vector<VersionedText> before;
    std::vector<VersionedText> after;
    for (const File& file : before_) {
      if (!equal.contains(file.path)) {
        before.push_back({file.path, file.text});
      }
    }
    for (const File& file : after_) {
      if (!equal.contains(file.path)) {
        after.push_back({file.path, file.text});
      }
    }
    for (const File& file : elsewhere_) {
      if (!after.empty() || file.place != Place::elsewhere) {
        before.push_back({file.path, file.text, file.place});
      }
    }
    auto compared = novelties(before, after);
    std::vector<Novelty>& found = compared.after;
    std::vector<Departure> departures = departures_of(std::move(compared.gone));
    add_history(found);
    std::size_t next = 0;
    for (File& file : after_) {
      if (equal.contains(file.path)) {
        add(std::move(file), {}, Role::replayed);
        continue;
      }
      Novelty& novelty = found[next++];
      const Role role = novelty.brings_nothing() ? Role::replayed : Role::judged;
      if (novelty.was) {
        novelty.was->insert(0, reading_.tree.prefix);
      }
      for (std::string& path : novelty.taken) {
        path.insert(0, reading_.tree.prefix);
      }
      add(std::move(file), std::move(novelty), role);
    }
    for (Departure& each : departures) {
      each.novelty.was->insert(0, reading_.tree.prefix);
      add({each.path, ""}, std::move(each.novelty), Role::judged);
    }
  }

  std::vector<Departure>
  departures_of(std::vector<Novelty> gone)
  {
    std::map<std::string_view, const File*> files;
    for (const std::vector<File>* all : {&before_, &elsewhere_}) {
      for (const File& file : *all) {
        files[file.path] = &file;
      }
    }
    std::vector<Departure> departures;
    for (Novelty& novelty : gone) {
      const File& file = *files.at(*novelty.was);
      if (!unread_.contains(file.path)) {
        departures.push_back({std::move(novelty), file.path, file.text});
      }
    }
    std::set<std::string> read;
    for (const File& file : after_) {
      read.insert(file.path);
    }
    return judge_departures(reading_, std::move(departures), read, set_);
  }

  [[nodiscard]] std::set<std::string>
  equal_paths() const
  {
    std::map<std::string_view, std::string_view> texts;
    for (const File& file : before_) {
      texts[file.path] = file.text;
    }
    std::set<std::string> equal;
    for (const File& file : after_) {
      const auto was = texts.find(file.path);
      if (was != texts.end() && with_plain_lines(was->second) == with_plain_lines(file.text)) {
        equal.insert(file.path);
      }
    }
    return equal;
  }

  /// What lay elsewhere comes first: it was moved into the directory, most often as a whole.
  void
  add_history(const std::vector<Novelty>& found)
  {
    std::set<std::string> related;
    for (const Novelty& novelty : found) {
      related.insert(novelty.taken.begin(), novelty.taken.end());
      if (novelty.was) {
        related.insert(*novelty.was);
      }
    }
    for (File& file : elsewhere_) {
      if (file.place != Place::elsewhere || related.contains(file.path)) {
        set_.history.emplace_back(reading_.tree.prefix + file.path, std::move(file.text));
      }
    }
    for (File& file : before_) {
      set_.history.emplace_back(reading_.tree.prefix + file.path, std::move(file.text));
    }
  }

  void
  add(File file, Novelty novelty, Role role)
  {
    if (role == Role::judged && matches_any(exclude_, reading_.tree.prefix + file.path)) {
      role = Role::excluded;
    }
    const auto foreign = role == Role::judged ? reading_.framework.foreign_marks(file.text) : std::nullopt;
    if (foreign) {
      gap(GapKind::unjudged, file.path, *foreign, "");
    }
    set_.migrations.push_back(
        {gate::SourceText(reading_.tree.prefix + file.path, std::move(file.text)), role, std::move(novelty)});
  }

  void
  gap(GapKind kind, const std::string& path, std::string why, std::string fix)
  {
    set_.gaps.push_back({kind, reading_.tree.prefix + path, std::move(why), std::move(fix)});
  }

  const Reading& reading_;
  ChangeSet& set_;
  std::vector<Glob> exclude_;
  std::set<std::string> unread_;  ///< there and not to be read, which is a gap
  std::vector<File> after_;       ///< as their tool runs them
  std::vector<File> before_;      ///< the migrations of the base
  std::vector<File> elsewhere_;   ///< files of SQL that the base has and the change has not, where no migrations are
};

}  // namespace

void
load_migrations(const Reading& reading, ChangeSet& set)
{
  Loader(reading, set).run();
}

}  // namespace sluice::migrations
