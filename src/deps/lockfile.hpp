// SPDX-License-Identifier: Apache-2.0
//
// A format of lockfile. A reader gets text that is UTF-8 without a mark, has no merge markers and is at most
// `max_lockfile_bytes` long (`read_lockfile` sees to that), and returns a list. It never fails: what it cannot read is
// a gap of the list at its line. It knows the versions of its format by number: one that is not known is a gap, for a
// reader that goes on with what looks familiar reports half of a project as all of it.
#pragma once

#include "deps/package.hpp"
#include "gate/file_tree.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::deps {

inline constexpr std::size_t max_lockfile_bytes = std::size_t{256} << 20U;
inline constexpr std::size_t max_packages = 4'000'000;

/// The files around a lockfile: manifests tell what the lockfile does not.
class Surroundings
{
public:
  /// `tree` must outlive it; `path` is the lockfile's, relative to the root of the tree.
  Surroundings(const gate::FileTree& tree, std::string_view path);

  /// The text of a file whose path is relative to the lockfile's directory ("../pom.xml"), as UTF-8; nothing if it is
  /// not there, leads out of the tree or cannot be read.
  [[nodiscard]] std::optional<std::string> read(std::string_view relative) const;
  /// The path from the root of the tree; nothing if it leads out of it.
  [[nodiscard]] std::optional<std::string> resolve(std::string_view relative) const;
  [[nodiscard]] const gate::FileTree&
  tree() const
  {
    return tree_;
  }

private:
  const gate::FileTree& tree_;
  std::string directory_;
};

/// One lockfile, as its reader sees it.
struct LockText
{
  std::string_view path;  ///< relative to the root
  std::string_view text;  ///< lives as long as the list that is made of it
  const Surroundings& around;
};

/// The commands of a package manager that move a package to another version, called in the lockfile's directory.
/// {name} and {version} stand for both, {locked} for the version that is locked, {workspaces} for the flags by which
/// npm knows the manifests that name it, {recursive} for pnpm's where there are several.
struct Upgrade
{
  std::string_view direct = {};      ///< one that the manifest names
  std::string_view transitive = {};  ///< one that others bring
};

/// What becomes of that which files of a format list.
enum class Purpose {
  install,   ///< it is installed as they say, from where they say
  bill,      ///< nothing: a bill of materials repeats what others wrote
  output,    ///< it lies beside what was built of it
  pipeline,  ///< actions that run beside the project
  image,     ///< it is what the project is built in and runs in
};

/// Which packages of a registry have a hash.
enum class Hashed {
  some,         ///< there is no telling that one should
  all_or_none,  ///< if one has
  all,          ///< unless somebody took care that none has
};

/// Whether there is anything better where a hash is SHA-1 or MD5.
enum class WeakHash {
  as_good_as_it_gets,  ///< or the format never had one
  outgrown,            ///< its tools write SHA-256 or SHA-512 today
};

/// What has one content for good, so that another hash of it is told.
enum class FixedContent {
  versions,           ///< of a registry, or of an address; what a repository has under a name moves
  versions_and_tags,  ///< a repository's versions are tags
  nothing,            ///< what is hashed changes while the version stays
};

/// The manifest in which a project names its packages, and in which the line that names one is looked for.
enum class ManifestKind {
  not_searched,
  itself,  ///< the file is its own
  package_json,
  cargo_toml,
  pyproject,
  composer_json,
  gemfile,
  pipfile,
  pubspec,
  mix_exs,
  net_project,
};

/// Package managers whose settings beside a lockfile are read: overrides and the consent to install scripts.
enum class Installer { other, npm, yarn_classic, yarn_berry, pnpm, bun, deno, composer };

/// What has no value here every format has to say: the compiler demands it, so that none is left out of a rule in
/// silence.
struct Lockfile
{
  std::string_view id;     ///< the name of its file: "npm"
  std::string_view title;  ///< for people: "npm package-lock.json"
  Purpose purpose;
  Hashed hashed;
  WeakHash weak_hash;
  ManifestKind manifest;
  Installer installer;
  std::span<const std::string_view>
      paths;  ///< globs over the last part of a path, or over the whole where they have a /
  /// Whether a file that `paths` fit is of this format; null: the name says it.
  bool (*claims)(std::string_view path, std::string_view text) = nullptr;
  /// The name of a neighbour in the same directory that counts instead of this one ("npm-shrinkwrap.json"); may be
  /// empty, or several with blanks between.
  std::string_view (*shadowed_by)(std::string_view path) = nullptr;
  void (*read)(const LockText& file, PackageList& list) = nullptr;
  std::string_view if_no_text = {};  ///< what to do about a file that is not text, as the format had it once
  Upgrade upgrade = {};
  FixedContent fixed_content = FixedContent::versions;
  bool has_hashes_beside = false;         ///< in another file, which may change where this one does not
  bool has_versions_in_comments = false;  ///< beside the commits that count
  bool names_by_address = false;  ///< an address is how a package is named, and no place that somebody else chose
};

/// Every file of lockfiles/, by id.
[[nodiscard]] std::span<const Lockfile* const> lockfiles();
[[nodiscard]] std::span<const std::string_view> lockfile_ids();

/// Whether a file is of a format by its path alone; whether it is one its text may still decide.
[[nodiscard]] bool may_be_lockfile(std::string_view path);

/// The format by path and text; null if none claims it.
[[nodiscard]] const Lockfile* find_lockfile(std::string_view path, std::string_view text);

/// Decodes, looks for merge markers, reads and settles. `text` is what is on disk.
[[nodiscard]] PackageList read_lockfile(const Lockfile& format, std::string path, std::string text,
                                        const gate::FileTree& tree);

}  // namespace sluice::deps
