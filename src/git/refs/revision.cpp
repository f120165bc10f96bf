// SPDX-License-Identifier: Apache-2.0
//
// Revisions as gitrevisions(7) spells them, as far as a range in a pipeline needs them: a base (an id, its beginning,
// a ref by git's own six rules, `@`) and any number of `^N`, `~N`, `^{commit}`, `^{}`. What depends on the time
// (`main@{yesterday}`), on the configuration (`@{upstream}`) or on a search (`:/text`) is refused, because a gate must
// mean the same thing on every machine.
#include "base/text.hpp"
#include "git/object_store.hpp"
#include "git/objects/tree_cursor.hpp"
#include "git/refs/references.hpp"
#include "git/repository.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sluice::git {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> reference_rules{{
    {"", ""},
    {"refs/", ""},
    {"refs/tags/", ""},
    {"refs/heads/", ""},
    {"refs/remotes/", ""},
    {"refs/remotes/", "/HEAD"},
}};

constexpr std::size_t shortest_prefix = 4;
constexpr std::size_t most_candidates = 32;

bool
is_hexadecimal(std::string_view text)
{
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Resolves one revision; every failure names the whole of it.
class RevisionReader
{
public:
  RevisionReader(const Repository& repository, std::string_view revision)
      : repository_(repository),
        revision_(revision)
  {}

  [[nodiscard]] Result<ObjectId>
  read() const
  {
    const std::size_t end = std::min(revision_.find_first_of("^~"), revision_.size());
    TRY_ASSIGN(ObjectId id, base(revision_.substr(0, end)));
    std::string_view steps = revision_.substr(end);
    while (!steps.empty()) {
      TRY_ASSIGN(id, step(id, steps));
    }
    return commit_of(id);
  }

private:
  [[nodiscard]] Failure
  names_nothing(std::string_view why = "") const
  {
    return fail(ErrorKind::usage, "{}: names no commit in this repository{}{}", printable(revision_),
                why.empty() ? "" : ": ", why);
  }

  [[nodiscard]] Result<ObjectId>
  base(std::string_view name) const
  {
    if (name == "@") {
      name = "HEAD";
    }
    const bool may_be_id = is_hexadecimal(name) && name.size() >= shortest_prefix;
    if (may_be_id && name.size() == (repository_.is_sha256() ? 64 : 40)) {
      return ObjectId::from_hex(name).value();
    }
    TRY_ASSIGN(const ReferenceFiles references, ReferenceFiles::open(repository_));
    for (const auto& [before, after] : reference_rules) {
      if (const auto id = references.find(fmt::format("{}{}{}", before, name, after))) {
        return *id;
      }
    }
    if (may_be_id) {
      return abbreviated(to_lower(name));
    }
    if (name.find_first_of("@:") != std::string_view::npos) {
      return names_nothing("reflogs, upstreams and paths are not looked up");
    }
    return names_nothing();
  }

  /// Of several objects that begin so, the only one that is or tags a commit is meant, as in git.
  [[nodiscard]] Result<ObjectId>
  abbreviated(std::string_view prefix) const
  {
    std::vector<ObjectId> candidates = repository_.objects().with_prefix(prefix, most_candidates);
    if (candidates.empty()) {
      return names_nothing();
    }
    const bool all_known = candidates.size() < most_candidates;
    if (candidates.size() > 1) {
      std::erase_if(candidates, [this](const ObjectId& id) {
        const auto peeled = peel_to_commit(repository_, id);
        return peeled && !*peeled;
      });
    }
    if (candidates.size() == 1 && all_known) {
      return candidates.front();
    }
    std::vector<std::string> names;
    std::transform(candidates.begin(), candidates.end(), std::back_inserter(names),
                   [](const ObjectId& id) { return id.hex(); });
    return fail(ErrorKind::usage, "{}: is ambiguous: {}", printable(revision_),
                names.empty() ? "no object of that name is a commit" : join(names, ", "));
  }

  /// Takes one `^…` or `~…` off the front of `steps`.
  [[nodiscard]] Result<ObjectId>
  step(const ObjectId& from, std::string_view& steps) const
  {
    const char kind = steps.front();
    steps.remove_prefix(1);
    if (kind == '^' && steps.starts_with('{')) {
      return peel(from, steps);
    }
    if (kind != '^' && kind != '~') {
      return names_nothing(fmt::format("'{}' is not understood", printable(revision_)));
    }
    TRY_ASSIGN(const std::uint32_t number, take_number(steps));
    TRY_ASSIGN(ObjectId at, commit_of(from));
    if (kind == '^') {
      return number == 0 ? at : parent(at, number);
    }
    for (std::uint32_t i = 0; i < number; ++i) {
      TRY_ASSIGN(at, parent(at, 1));
    }
    return at;
  }

  [[nodiscard]] Result<ObjectId>
  peel(const ObjectId& from, std::string_view& steps) const
  {
    const std::size_t close = steps.find('}');
    const std::string_view type = steps.substr(1, close == std::string_view::npos ? close : close - 1);
    if (close == std::string_view::npos || (!type.empty() && type != "commit")) {
      return names_nothing("of '^{…}' only '^{commit}' and '^{}' name commits");
    }
    steps.remove_prefix(close + 1);
    return commit_of(from);
  }

  [[nodiscard]] Result<std::uint32_t>
  take_number(std::string_view& steps) const
  {
    const std::size_t digits = std::min(steps.find_first_not_of("0123456789"), steps.size());
    if (digits == 0) {
      return 1U;
    }
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(steps.data(), steps.data() + digits, number);
    if (error != std::errc()) {
      return names_nothing("the number is too large");
    }
    steps.remove_prefix(digits);
    return number;
  }

  [[nodiscard]] Result<ObjectId>
  parent(const ObjectId& of, std::uint32_t number) const
  {
    auto commit = repository_.commit(of);
    if (!commit) {
      return names_nothing(commit.error().message);
    }
    if (number > commit->parents.size()) {
      return names_nothing(fmt::format("{} has {}", of.brief(), counted(commit->parents.size(), "parent", "parents")));
    }
    const ObjectId& found = commit->parents[number - 1];
    if (!repository_.objects().contains(found)) {
      return names_nothing(fmt::format("{}, a parent of {}, is not here{}", found.brief(), of.brief(),
                                       repository_.shallow().contains(of) ? " (the clone is shallow)" : ""));
    }
    return found;
  }

  [[nodiscard]] Result<ObjectId>
  commit_of(const ObjectId& id) const
  {
    auto commit = peel_to_commit(repository_, id);
    if (!commit) {
      return names_nothing(commit.error().message);
    }
    return *commit ? Result<ObjectId>(**commit) : names_nothing(fmt::format("{} is not a commit", id.brief()));
  }

  const Repository& repository_;
  std::string_view revision_;
};

}  // namespace

Result<ObjectId>
Repository::resolve(std::string_view revision) const
{
  return RevisionReader(*this, revision).read();
}

}  // namespace sluice::git
