// SPDX-License-Identifier: Apache-2.0
//
// A rule may not see a secret any more where a line was changed around it: behind a comment, under another name. It
// still stands there for everybody to read, and to call it gone would be false. So the files that had it are searched
// for its very text. Only what a finding would say is gone is looked for, so that this costs what such findings are
// many, not what the repository is large. A file may hold a hundred thousand of them: each file is matched once, and so
// is each object that they are read from again, if who asks keeps those of one object together.
#pragma once

#include "credentials/matcher.hpp"
#include "gate/source_text.hpp"
#include "git/repository.hpp"
#include "secrets/leaks.hpp"

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice::secrets {

/// Finds secrets by their text in the files of one commit.
class HeadSearch
{
public:
  /// The repository and the rules must outlive it.
  HeadSearch(const git::Repository& repository, const git::ObjectId& head, std::span<const Rule> rules)
      : repository_(repository),
        head_(head),
        rules_(rules)
  {}

  /// Where a secret stands, and its line as it may be shown.
  struct Place
  {
    Location location;
    std::shared_ptr<const SightedLine> line;
  };

  /// The first place in each file of `paths` that the commit has and that holds the secret; an empty path is none.
  [[nodiscard]] std::vector<Place> places_of(const Leak& leak, const std::set<std::string>& paths, MatchWorker& worker);

private:
  /// A file of the commit.
  struct File
  {
    gate::SourceText text;
    std::vector<credentials::Concealed> concealed;  ///< what the rules see, once it is matched
    bool is_matched = false;
    bool is_complete = false;
  };

  /// Null if the commit has no such file.
  [[nodiscard]] File* file(const std::string& path);
  [[nodiscard]] std::string secret_of(const Leak& leak, MatchWorker& worker);
  /// The secrets of an object by identity; none if it cannot be read.
  [[nodiscard]] const std::map<Sha256, std::string>& secrets_in(const git::ObjectId& object, MatchWorker& worker);
  [[nodiscard]] Place place(File& file, Span secret, std::uint32_t rule, MatchWorker& worker) const;

  const git::Repository& repository_;
  git::ObjectId head_;
  std::span<const Rule> rules_;
  std::unordered_map<std::string, std::unique_ptr<File>> files_;
  std::size_t bytes_ = 0;  ///< of `files_`, about
  git::ObjectId object_;   ///< that was read last
  std::map<Sha256, std::string> secrets_;
};

}  // namespace sluice::secrets
