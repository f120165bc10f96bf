// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "base/result.hpp"
#include "git/repository.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::git {

/// Whether git would create a ref of this name (git-check-ref-format(1)). Such a name cannot lead out of the
/// directory that it is looked up in.
[[nodiscard]] bool is_reference_name(std::string_view name);

/// What came of a compare-and-swap.
enum class Swap {
  done,
  lost,  ///< the ref was not what was expected, so nothing was changed
};

/// A commit that is made and not checked out.
struct NewCommit
{
  enum class Signing { none, by_configuration };  ///< with the key that the user's `user.signingKey` names

  ObjectId tree;
  std::optional<ObjectId> parent;
  std::string name, mail;  ///< of author and committer
  std::int64_t time = 0;   ///< seconds since 1970, UTC
  std::string message;
  Signing signing = Signing::none;
};

/// Moves refs, here or at a remote, and only ever from a known value to the next: of several who try at once one wins.
///
/// Both ways go through the `git` program: `update-ref` and `push` compare under the lock of the repository that holds
/// the ref, reftable and other formats included, and a push finds the user's transport and credentials.
class RefStore
{
public:
  /// `environment` is what git is run with. The repository must outlive it.
  RefStore(const Repository& repository, Environment environment);

  /// Moves `ref` ("refs/heads/x", in full) of this repository to `next` if it is at `expected`; nothing: if it does not
  /// exist. Errors: ErrorKind::usage for a name that is none, ErrorKind::environment if git cannot do it.
  [[nodiscard]] Result<Swap> compare_and_swap(std::string_view ref, const std::optional<ObjectId>& expected,
                                              const ObjectId& next);

  /// The same at a remote, `next` and all that it needs pushed along. ErrorKind::unavailable if the remote cannot be
  /// reached.
  [[nodiscard]] Result<Swap> push_and_swap(std::string_view remote, std::string_view ref,
                                           const std::optional<ObjectId>& expected, const ObjectId& next);

  /// What `ref` is at the remote now; nothing if there is no such ref. ErrorKind::unavailable as above.
  [[nodiscard]] Result<std::optional<ObjectId>> remote_value(std::string_view remote, std::string_view ref);

  /// A tree with one file. Errors (ErrorKind::environment): git cannot write it.
  [[nodiscard]] Result<ObjectId> write_tree(std::string_view file, std::string_view content);

  /// Errors (ErrorKind::environment): git cannot write or sign it, and why.
  [[nodiscard]] Result<ObjectId> write_commit(const NewCommit& commit);

  /// Brings `ref` of the remote, with all that it reaches, into `into` here, whatever that was. ErrorKind::unavailable
  /// if the remote cannot be reached.
  [[nodiscard]] Result<> fetch(std::string_view remote, std::string_view ref, std::string_view into);

  /// Packs what has become many files, as git does by itself after other commands; nothing otherwise. What comes of it
  /// changes no object and no ref, so it is not told.
  void pack_if_many();

  /// Who signed the commit with SSH, as the principal that `allowed_signers` (ssh-keygen(1), ALLOWED SIGNERS) has for
  /// the key at the time of the commit; nothing if nobody did, or none of those. Keys of other kinds and programs that
  /// the configuration names do not count. Errors (ErrorKind::environment): git or ssh-keygen cannot tell.
  [[nodiscard]] Result<std::optional<std::string>> signer_of(const ObjectId& commit, std::string_view allowed_signers);

  /// "Name <mail>" of whoever commits here, by git's own rules; nothing if git knows nobody. Errors
  /// (ErrorKind::environment): git cannot be run.
  [[nodiscard]] Result<std::optional<std::string>> author();

  /// Makes an empty bare repository if there is none. Errors (ErrorKind::environment).
  [[nodiscard]] static Result<> make_bare(const std::filesystem::path& directory, const Environment& environment);

private:
  struct Answer;
  struct Call
  {
    std::vector<std::string> arguments;
    std::string input = {};
    Environment more = {};  ///< variables beside the store's
  };
  [[nodiscard]] Result<Answer> git(Call call);
  [[nodiscard]] Result<ObjectId> written(Call call, std::string_view what);

  const Repository& repository_;
  Environment environment_;
};

}  // namespace sluice::git
