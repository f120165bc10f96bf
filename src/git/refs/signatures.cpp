// SPDX-License-Identifier: Apache-2.0
//
// Whose signature a commit has is asked of git, which asks ssh-keygen: namespaces, certificates, the time at which a
// key counts and what its principals are is theirs to know. Both are given the file of signers that counts here and no
// other, and a repository's configuration must not name the program that answers.
#include "base/path.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "git/refs/ref_store_answer.hpp"

#include <fmt/format.h>

namespace sluice::git {

Result<std::optional<std::string>>
RefStore::signer_of(const ObjectId& commit, std::string_view allowed_signers)
{
  TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create());
  const std::filesystem::path file = directory.path() / "allowed_signers";
  TRY(write_file(file, allowed_signers));
  // %G? is G of a signature that is good and whose signer is known; of a key that nobody named it is U.
  TRY_ASSIGN(
      const Answer answer,
      git({{"-c", fmt::format("gpg.ssh.allowedSignersFile={}", file.string()), "-c", "gpg.ssh.program=ssh-keygen", "-c",
            "gpg.program=false", "-c", "gpg.openpgp.program=false", "-c", "gpg.x509.program=false", "show",
            "--no-patch", "--no-notes", "--no-show-signature", "--no-color", "--format=%G?%n%GS", commit.hex()}}));
  const auto lines = lines_of(answer.output);
  if (answer.status != 0 || lines.empty() || lines.front() == "E") {
    return fail(ErrorKind::environment, "{}: its signature cannot be checked: {}", commit.hex(),
                ellipsis(printable(trim(answer.error)), 300));
  }
  const bool is_good = lines.front() == "G" && lines.size() == 2 && !trim(lines[1]).empty();
  return is_good ? std::optional(std::string(trim(lines[1]))) : std::nullopt;
}

Result<std::optional<std::string>>
RefStore::author()
{
  TRY_ASSIGN(const Answer answer, git({{"var", "GIT_AUTHOR_IDENT"}}));
  const std::size_t end = answer.output.rfind('>');
  if (answer.status != 0 || end == std::string::npos) {
    return std::optional<std::string>();
  }
  return std::optional(answer.output.substr(0, end + 1));
}

}  // namespace sluice::git
