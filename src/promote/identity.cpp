// SPDX-License-Identifier: Apache-2.0
#include "promote/identity.hpp"

#include "base/glob.hpp"
#include "base/hash.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/hook/hook_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace sluice::promote {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t max_file = 2ULL << 30U;
constexpr std::size_t most_files = 100'000;

bool
is_digest(std::string_view text)
{
  constexpr std::string_view prefix = "sha256:";
  return text.starts_with(prefix) && text.size() == prefix.size() + 64
         && std::all_of(text.begin() + prefix.size(), text.end(), [](char c) { return hex_value(c) >= 0; });
}

Result<std::string>
identity_of_image(const Stage& stage, const std::string& commit, const Session& session)
{
  if (!stage.hooks.identify) {
    return fail(ErrorKind::config, "identity: image needs the hook `identify`, which prints the digest");
  }
  HookCall call;
  call.step = "identify";
  call.variables = {{"SLUICE_COMMIT", commit}};
  call.process = &session.process();
  call.directory = session.input.input.directory;
  const HookOutcome outcome = run_hook(stage.hooks.identify, call);
  if (outcome.end != HookOutcome::End::succeeded) {
    return fail(ErrorKind::config, "the hook `identify` failed: {}", outcome.why);
  }
  const std::string_view printed = trim(outcome.output);
  const std::size_t at = printed.rfind('@');  // "registry/app@sha256:…", as registries name it
  const std::string digest(at == std::string_view::npos ? printed : printed.substr(at + 1));
  if (!is_digest(digest)) {
    return fail(ErrorKind::config, "the hook `identify` printed no digest such as sha256:…, but \"{}\"",
                ellipsis(printable(printed), 80));
  }
  return digest;
}

/// Of the disk, for what is deployed is often built and not committed. Links are not followed.
Result<std::vector<std::string>>
files_of(const fs::path& directory, const std::vector<std::string>& globs)
{
  const std::vector<Glob> wanted(globs.begin(), globs.end());
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator at(directory, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    const std::string path = at->path().lexically_relative(directory).generic_string();
    if (path == ".git") {
      at.disable_recursion_pending();
    } else if (at->symlink_status().type() == fs::file_type::regular && matches_any(wanted, path)) {
      found.push_back(path);
    }
    if (found.size() > most_files) {
      return fail(ErrorKind::config, "identity: files matches more than {} files", most_files);
    }
  }
  if (error) {
    return fail(ErrorKind::input, "{}: cannot be listed: {}", directory.string(), error.message());
  }
  std::sort(found.begin(), found.end());
  return found;
}

Result<std::string>
identity_of_files(const Stage& stage, const Session& session)
{
  const fs::path& directory = session.input.input.directory;
  TRY_ASSIGN(const std::vector<std::string> files, files_of(directory, stage.files));
  if (files.empty()) {
    return fail(ErrorKind::config, "identity: files matches no file: {}", join(stage.files, ", "));
  }
  std::string listing;
  for (const std::string& file : files) {
    TRY_ASSIGN(const std::string content, read_file(directory / file, max_file));
    listing += fmt::format("{}  {}\n", to_hex(sha256(content)), file);
  }
  return fmt::format("sha256:{}", to_hex(sha256(listing)));
}

}  // namespace

Result<std::string>
identity_of(const Stage& stage, const std::string& commit, const Session& session)
{
  switch (stage.identity) {
  case IdentityKind::image:
    return identity_of_image(stage, commit, session);
  case IdentityKind::files:
    return identity_of_files(stage, session);
  case IdentityKind::commit:
    break;
  }
  return commit;
}

}  // namespace sluice::promote
