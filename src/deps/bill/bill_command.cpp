// SPDX-License-Identifier: Apache-2.0
#include "deps/bill/bill_command.hpp"

#include "base/text.hpp"
#include "deps/bill/bill.hpp"
#include "deps/listing.hpp"
#include "deps/locked_files.hpp"
#include "deps/options.hpp"
#include "git/repository.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

/// What a bill is made of.
struct Sources
{
  std::vector<PackageList> lists;
  std::vector<Gap> gaps;
  std::string note;  ///< what was left out, for people
  std::string subject;
  std::optional<std::chrono::sys_seconds> created;
};

std::string
last_name(const fs::path& directory)
{
  const fs::path normal = directory.lexically_normal();
  return (normal.has_filename() ? normal : normal.parent_path()).filename().string();
}

/// As its remote calls it: a pipeline clones into a directory of any name. Nothing of one without a path.
std::string
remote_name(const git::Repository& repository)
{
  std::string url = repository.remote_url("origin").value_or(std::string());
  while (url.ends_with('/')) {
    url.pop_back();
  }
  const std::size_t slash = url.find_last_of("/:");
  std::string name = slash == std::string::npos ? std::string() : url.substr(slash + 1);
  if (name.ends_with(".git")) {
    name.resize(name.size() - std::string_view(".git").size());
  }
  const bool is_host = url.substr(0, slash + 1).ends_with("://") || name.find('@') != std::string::npos;
  return is_host ? std::string() : name;
}

/// What a bill of the files in a directory is of.
std::string
subject_of(const fs::path& directory, const gate::Input& input)
{
  std::error_code failed;
  const bool is_repository = input.repository != nullptr && fs::equivalent(directory, input.directory, failed);
  const std::string remote = is_repository ? remote_name(*input.repository) : std::string();
  const std::string folder = remote.empty() ? last_name(fs::absolute(directory, failed)) : remote;
  return folder.empty() ? "project" : folder;
}

Result<Sources>
named_sources(const gate::CommandInput& input)
{
  Sources sources;
  for (std::size_t i = 0; i < input.arguments.size(); ++i) {
    TRY_ASSIGN(NamedLockfile file, read_named_lockfile(input.file(i), input.arguments[i]));
    sources.subject = i == 0 ? subject_of(file.root, input.input) : sources.subject;
    sources.gaps.insert(sources.gaps.end(), file.list.gaps().begin(), file.list.gaps().end());
    sources.lists.push_back(std::move(file.list));
  }
  return sources;
}

/// The time of what is judged: the same commit makes the same document whenever that is done.
std::optional<std::chrono::sys_seconds>
commit_time(const gate::Input& input)
{
  if (input.repository == nullptr) {
    return std::nullopt;
  }
  const auto head = input.range.heads.empty() ? input.repository->head() : std::optional(input.range.heads.front());
  if (!head) {
    return std::nullopt;
  }
  const auto commit = input.repository->commit(*head);
  return commit ? std::optional(std::chrono::sys_seconds(std::chrono::seconds(commit->commit_time))) : std::nullopt;
}

Sources
tracked_sources(const gate::CommandInput& input)
{
  Sources sources;
  sources.subject = subject_of(input.input.directory, input.input);
  sources.created = commit_time(input.input);
  gate::ChangeTree tree = gate::change_tree(input.input, sources.gaps);
  tree.before.reset();
  LockedFiles locked = read_locked_files(tree, gate::values_of<DepsOptions>(input.gate_options).exclude);
  for (LockedFile& file : locked.files) {
    // What a bill says of a project is not news to the next one: it would keep what the lockfiles have dropped.
    if (file.format->purpose == Purpose::bill) {
      sources.note += fmt::format("{}: is a bill of materials itself, and left out\n", printable(file.list.path));
      const std::string_view path = file.list.path;
      std::erase_if(locked.gaps, [path](const Gap& gap) {
        return gap.subject == path || gap.subject.starts_with(fmt::format("{}:", path));
      });
    } else {
      sources.lists.push_back(std::move(file.list));
    }
  }
  for (const std::string& path : locked.excluded) {
    sources.note += fmt::format("{}: is excluded\n", printable(path));
  }
  sources.gaps.insert(sources.gaps.end(), locked.gaps.begin(), locked.gaps.end());
  if (sources.lists.empty() && sources.gaps.empty()) {
    sources.gaps.push_back({GapKind::no_data, "the repository", "it has no lockfile",
                            "Lock the dependencies with their package manager, and commit its lockfile"});
  }
  return sources;
}

}  // namespace

void
describe(BillOptions& options, config::OptionTable& table)
{
  table.text(options.name,
             {.key = "name",
              .value = "NAME",
              .help = "What the document is a bill of materials of; by default the repository, as its remote "
                      "origin or its directory is called.",
              .trust = config::Trust::operator_only});
}

Result<gate::CommandOutcome>
print_bill(const BillOptions& options, const gate::CommandInput& input)
{
  Sources sources;
  if (input.arguments.empty()) {
    sources = tracked_sources(input);
  } else {
    TRY_ASSIGN(sources, named_sources(input));
  }
  std::vector<const PackageList*> lists;
  for (const PackageList& list : sources.lists) {
    lists.push_back(&list);
  }
  Bill bill = make_bill(lists);
  bill.subject = options.name.empty() ? sources.subject : options.name;
  bill.tool_version = input.version;
  bill.created = input.input.told_time ? input.input.told_time : sources.created;
  for (const Gap& gap : sources.gaps) {
    bill.gaps.push_back(fmt::format("{}: {}", gap.subject, gap.why));
  }
  gate::CommandOutcome outcome;
  outcome.output = input.format == "spdx" ? spdx_text(bill) : cyclonedx_text(bill);
  outcome.note = sources.note + note_of(sources.gaps);
  outcome.verdict = sources.gaps.empty() ? Verdict::pass : Verdict::incomplete;
  return outcome;
}

}  // namespace sluice::deps
