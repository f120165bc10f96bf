// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "git/refs/ref_store_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace sluice::git {

namespace {

constexpr std::chrono::seconds patience{120};

std::string
hex_or_zeros(const std::optional<ObjectId>& id, bool is_sha256)
{
  return id ? id->hex() : std::string(is_sha256 ? 64 : 40, '0');
}

Result<>
check_name(std::string_view ref)
{
  if (!ref.starts_with("refs/") || !is_reference_name(ref)) {
    return fail(ErrorKind::usage, "{}: is no ref that can be moved", printable(ref));
  }
  return {};
}

/// What git says in the language and manner of a program.
Environment
for_programs(Environment environment)
{
  environment["LC_ALL"] = "C";
  environment["GIT_TERMINAL_PROMPT"] = "0";
  return environment;
}

std::string
brief(std::string_view output)
{
  std::vector<std::string> lines;
  for (const std::string_view line : lines_of(output)) {
    if (!trim(line).empty()) {
      lines.push_back(printable(trim(line)));
    }
  }
  return ellipsis(join(lines, "; "), 300);
}

}  // namespace

RefStore::RefStore(const Repository& repository, Environment environment)
    : repository_(repository),
      environment_(for_programs(std::move(environment)))
{}

Result<RefStore::Answer>
RefStore::git(Call call)
{
  ProcessRequest request;
  request.argv = {"git", "--git-dir", repository_.git_directory().string()};
  request.argv.insert(request.argv.end(), call.arguments.begin(), call.arguments.end());
  request.input = std::move(call.input);
  request.environment.emplace(environment_.begin(), environment_.end());
  for (auto& [name, value] : call.more) {
    request.environment->insert_or_assign(name, value);
  }
  request.timeout = patience;
  TRY_ASSIGN(ProcessResult result, run_process(request));
  return Answer{result.exit_status, std::move(result.output), std::move(result.error_output)};
}

Result<Swap>
RefStore::compare_and_swap(std::string_view ref, const std::optional<ObjectId>& expected, const ObjectId& next)
{
  TRY(check_name(ref));
  TRY_ASSIGN(const Answer answer, git({{"update-ref", "--no-deref", std::string(ref), next.hex(),
                                        hex_or_zeros(expected, repository_.is_sha256())}}));
  if (answer.status == 0) {
    return Swap::done;
  }
  // git has one status for a lost race and for all else; what the ref is now tells them apart.
  TRY_ASSIGN(const auto references, repository_.references());
  const auto now = std::find_if(references.begin(), references.end(),
                                [ref](const Reference& reference) { return reference.name == ref; });
  const std::optional<ObjectId> value = now == references.end() ? std::nullopt : std::optional(now->id);
  const bool is_locked = answer.error.find("Unable to create") != std::string::npos;
  if (value != expected || is_locked) {
    return Swap::lost;
  }
  return fail(ErrorKind::environment, "{}: cannot be moved: {}", ref, brief(answer.error));
}

Result<Swap>
RefStore::push_and_swap(std::string_view remote, std::string_view ref, const std::optional<ObjectId>& expected,
                        const ObjectId& next)
{
  TRY(check_name(ref));
  TRY_ASSIGN(const Answer answer, git({{"push", "--porcelain", "--quiet", "--no-verify",
                                        fmt::format("--force-with-lease={}:{}", ref, expected ? expected->hex() : ""),
                                        "--", std::string(remote), fmt::format("{}:{}", next.hex(), ref)}}));
  if (answer.status == 0) {
    return Swap::done;
  }
  // A line `!<TAB>from:to<TAB>[rejected] (stale info)` means that the remote answered and said no.
  if (answer.output.find("\n!\t") != std::string::npos || answer.output.starts_with("!\t")) {
    TRY_ASSIGN(const auto now, remote_value(remote, ref));
    if (now != expected) {
      return Swap::lost;
    }
    return fail(ErrorKind::unavailable, "{}: {} refuses to move it: {}", ref, printable(remote), brief(answer.output));
  }
  return fail(ErrorKind::unavailable, "{}: cannot be reached: {}", printable(remote), brief(answer.error));
}

Result<std::optional<ObjectId>>
RefStore::remote_value(std::string_view remote, std::string_view ref)
{
  TRY(check_name(ref));
  TRY_ASSIGN(const Answer answer, git({{"ls-remote", "--", std::string(remote), std::string(ref)}}));
  if (answer.status != 0) {
    return fail(ErrorKind::unavailable, "{}: cannot be reached: {}", printable(remote), brief(answer.error));
  }
  for (const std::string_view line : lines_of(answer.output)) {
    const std::size_t tab = line.find('\t');
    if (tab != std::string_view::npos && line.substr(tab + 1) == ref) {
      return ObjectId::from_hex(line.substr(0, tab));
    }
  }
  return std::optional<ObjectId>();
}

Result<ObjectId>
RefStore::written(Call call, std::string_view what)
{
  TRY_ASSIGN(const Answer answer, git(std::move(call)));
  const auto id = ObjectId::from_hex(trim(answer.output));
  if (answer.status != 0 || !id) {
    return fail(ErrorKind::environment, "{} cannot be written: {}", what, brief(answer.error));
  }
  return *id;
}

Result<ObjectId>
RefStore::write_tree(std::string_view file, std::string_view content)
{
  TRY_ASSIGN(const ObjectId blob, written({{"hash-object", "-w", "--stdin"}, std::string(content)}, "a file"));
  return written({{"mktree"}, fmt::format("100644 blob {}\t{}\n", blob.hex(), file)}, "a tree");
}

Result<ObjectId>
RefStore::write_commit(const NewCommit& commit)
{
  Call call{{"commit-tree", commit.tree.hex(), "-F", "-"}, commit.message};
  if (commit.parent) {
    call.arguments.insert(call.arguments.end(), {"-p", commit.parent->hex()});
  }
  // Without the option a user who has commit.gpgSign would be asked for a passphrase at every entry.
  call.arguments.emplace_back(commit.signing == NewCommit::Signing::none ? "--no-gpg-sign" : "-S");
  const std::string time = fmt::format("@{} +0000", commit.time);
  call.more = {{"GIT_AUTHOR_NAME", commit.name},    {"GIT_AUTHOR_EMAIL", commit.mail},    {"GIT_AUTHOR_DATE", time},
               {"GIT_COMMITTER_NAME", commit.name}, {"GIT_COMMITTER_EMAIL", commit.mail}, {"GIT_COMMITTER_DATE", time}};
  return written(std::move(call), "a commit");
}

Result<>
RefStore::fetch(std::string_view remote, std::string_view ref, std::string_view into)
{
  TRY(check_name(ref));
  TRY(check_name(into));
  TRY_ASSIGN(const Answer answer, git({{"fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                                        "--no-auto-maintenance", "--no-recurse-submodules", "--refmap=", "--",
                                        std::string(remote), fmt::format("+{}:{}", ref, into)}}));
  if (answer.status != 0) {
    return fail(ErrorKind::unavailable, "{}: cannot be reached: {}", printable(remote), brief(answer.error));
  }
  return {};
}

void
RefStore::pack_if_many()
{
  // In the background it would outlive a job that ends, and whoever waits for its output.
  static_cast<void>(git({{"-c", "gc.autoDetach=false", "gc", "--auto", "--quiet"}}));
}

Result<>
RefStore::make_bare(const std::filesystem::path& directory, const Environment& environment)
{
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(directory / "HEAD", error)) {
    return {};
  }
  // Several may want it at once, and none may see it half made: each makes its own, and the first to rename it wins.
  const fs::path own = fmt::format("{}.{:08x}", directory.string(), std::random_device{}());
  TRY(make_directories(directory.parent_path()));
  ProcessRequest request;
  request.argv = {"git", "init", "--quiet", "--bare", "--template=", "--", own.string()};
  const Environment plain = for_programs(environment);
  request.environment.emplace(plain.begin(), plain.end());
  request.environment->erase("GIT_DIR");
  request.timeout = patience;
  TRY_ASSIGN(const ProcessResult result, run_process(request));
  if (result.exit_status == 0) {
    fs::rename(own, directory, error);
  }
  std::error_code ignored;
  fs::remove_all(own, ignored);
  if (!fs::exists(directory / "HEAD", ignored)) {
    return fail(ErrorKind::environment, "{}: cannot be made: {}", directory.string(),
                result.exit_status == 0 ? error.message() : brief(result.error_output));
  }
  return {};
}

}  // namespace sluice::git
