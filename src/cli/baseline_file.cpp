// SPDX-License-Identifier: Apache-2.0
#include "cli/baseline_file.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/policy_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

/// Held by whoever reads and replaces a file. The lock is the directory's: the file itself is another one afterwards.
class DirectoryLock
{
public:
  explicit DirectoryLock(const fs::path& directory)
      : descriptor_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  {
    if (descriptor_ >= 0) {
      int result = 0;
      do {
        result = ::flock(descriptor_, LOCK_EX);
      } while (result != 0 && errno == EINTR);
      // A file system without locks (some network ones) has nothing better to offer.
      is_held_ = result == 0 || errno == ENOLCK || errno == EOPNOTSUPP;
    }
    error_ = is_held_ ? 0 : errno;
  }
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;
  ~DirectoryLock()
  {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }

  /// Zero if it is held, else why not.
  [[nodiscard]] int
  error() const
  {
    return error_;
  }

private:
  int descriptor_;
  bool is_held_ = false;
  int error_ = 0;
};

/// Where the file is, which nobody's link may lead away from.
Result<fs::path>
writable_path(const Setup& setup, const Invocation& invocation)
{
  fs::path file = policy_path(setup, invocation, setup.options.baseline);
  if (const auto inside = path_in_repository(setup, file)) {
    const fs::path& root = setup.repository->work_tree();
    file = root / *inside;
    if (auto literal = refuse_links(root, file); !literal) {
      return fail(ErrorKind::usage, "--baseline {}: {}", printable(setup.options.baseline),
                  printable(literal.error().message));
    }
  }
  return file;
}

/// What the file on disk holds, whosever counts for judging; nothing if it is not there.
Result<std::optional<Baseline>>
read_baseline(const Setup& setup, const fs::path& file)
{
  std::error_code error;
  if (!fs::exists(fs::symlink_status(file, error))) {
    return std::optional<Baseline>();
  }
  const auto text = read_file(file);
  if (!text) {
    return fail(ErrorKind::config, "{}", text.error().message);
  }
  TRY_ASSIGN(Baseline baseline, Baseline::parse(*text, setup.options.baseline));
  return std::optional(std::move(baseline));
}

/// The findings that an entry is to stand for.
Baseline
baseline_of(const Policy& policy, const Findings& findings)
{
  Policy without = policy;
  without.baseline.reset();
  Findings judged;
  judged.found = findings.found;
  Baseline baseline;
  for (const Judged& each : without.judge(std::move(judged)).judged) {
    if (each.disposition != Disposition::suppressed) {
      baseline.add(each.finding, policy.redactor);
    }
  }
  return baseline;
}

/// The entries of `old` without what this run knows to be gone, and with what it found.
Baseline
updated(const Baseline& old, const Policy& policy, const Findings& findings)
{
  const Baseline found = baseline_of(policy, findings);
  Baseline baseline = old;
  const Examined examined(policy, findings);
  baseline.remove_if(
      [&](const Baseline::Entry& entry) { return found.entries().contains(entry) || examined.contains(entry); });
  for (const Baseline::Entry& entry : found.entries()) {
    baseline.add(entry);
  }
  return baseline;
}

}  // namespace

Result<std::optional<SavedBaseline>>
save_baseline(const Setup& setup, const Invocation& invocation, const Policy& policy, const Findings& findings)
{
  if (setup.options.baseline_action == BaselineAction::check) {
    return std::optional<SavedBaseline>();
  }
  TRY_ASSIGN(const fs::path file, writable_path(setup, invocation));
  const DirectoryLock lock(file.has_parent_path() ? file.parent_path() : fs::path("."));
  if (lock.error() != 0) {
    return fail(ErrorKind::environment, "--baseline {}: its directory cannot be locked: {}",
                printable(setup.options.baseline), std::strerror(lock.error()));
  }
  TRY_ASSIGN(const std::optional<Baseline> old, read_baseline(setup, file));
  if (setup.options.baseline_action == BaselineAction::create && old && old->has_entries_of(policy.gate)) {
    return fail(ErrorKind::usage, "--baseline {}: exists already and has findings of {}; use --baseline-action update",
                printable(setup.options.baseline), policy.gate);
  }
  if (setup.options.baseline_action == BaselineAction::update && !old) {
    return fail(ErrorKind::config, "--baseline {}: there is no such file; use --baseline-action create",
                printable(setup.options.baseline));
  }
  const Baseline before = old.value_or(Baseline());
  Baseline baseline = updated(before, policy, findings);
  TRY(write_file(file, baseline.text()));
  const auto of_gate = [&policy](const Baseline& of) {
    std::size_t count = 0;
    for (const Baseline::Entry& entry : of.entries()) {
      count += entry.gate == policy.gate ? 1 : 0;
    }
    return count;
  };
  std::string notice =
      fmt::format("{}: the baseline has {} of {} now, before it had {}", printable(setup.options.baseline),
                  counted(of_gate(baseline), "entry", "entries"), policy.gate, of_gate(before));
  return std::optional(SavedBaseline{std::move(baseline), std::move(notice)});
}

Result<>
check_baseline_is_new(const Setup& setup, const Invocation& invocation)
{
  if (setup.options.baseline_action != BaselineAction::create || setup.options.baseline.empty()) {
    return {};
  }
  TRY_ASSIGN(const fs::path file, writable_path(setup, invocation));
  std::error_code error;
  if (fs::exists(fs::symlink_status(file, error))) {
    return fail(ErrorKind::usage, "--baseline {}: exists already; use --baseline-action update",
                printable(setup.options.baseline));
  }
  return {};
}

}  // namespace sluice::cli
