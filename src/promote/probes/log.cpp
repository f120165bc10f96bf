// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/probe/probe_log.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace sluice::promote {

namespace {

constexpr std::size_t most_bytes{32U << 20U};

/// The end of it, from the first whole line on. Not mapped: whoever rotates a log may cut it short at any moment.
Reply
read_end(const std::filesystem::path& path)
{
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) {
    return not_asked(fmt::format("{}: cannot be read", path.string()));
  }
  const std::uintmax_t skipped = size > most_bytes ? size - most_bytes : 0;
  file.seekg(static_cast<std::streamoff>(skipped));
  std::string text(static_cast<std::size_t>(size - skipped), '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (skipped > 0) {
    text.erase(0, std::min(text.find('\n'), text.size()));
  }
  return {.body = std::move(text)};
}

std::vector<Reply>
look(const ProbeSetting& setting, const ProbeContext& context)
{
  if (!setting.run.empty()) {
    return {run(setting, context, {.argv = setting.run, .kept = most_bytes / 2})};
  }
  return {read_end(context.directory / setting.file)};
}

std::string
why_of(const LogCount& count, std::chrono::sys_seconds first_compared)
{
  const std::string beginning =
      count.begins && *count.begins > first_compared
          ? fmt::format(" (the log begins at {}, with nothing of the whole time before)", rfc3339(*count.begins))
          : "";
  return fmt::format("{} since the deployment, {} in as long a time before it{}",
                     counted(count.since, "error", "errors"), count.before, beginning);
}

Sample
read(const ProbeSetting& setting, const Reply& reply, const ProbeContext& context)
{
  if (reply.loss) {
    return sample_of(setting.run.empty() ? Health::no_data : Health::cannot_observe, reply.why);
  }
  if (reply.status != 0) {
    return sample_of(Health::cannot_observe, complaint_of(reply));
  }
  const bool is_empty = trim(reply.body).empty();
  if (is_empty && !setting.run.empty()) {
    return sample_of(Health::no_data, "it printed nothing");
  }
  LogCount count = count_errors(reply.body, setting.patterns, {context.deployed_at, context.now});
  if (!count.begins && !is_empty) {
    return sample_of(Health::no_data, "no line of the log begins with a time of RFC 3339");
  }
  const std::uint64_t more = count.since > count.before ? count.since - count.before : 0;
  const bool is_healthy = more <= static_cast<std::uint64_t>(setting.new_errors);
  const auto first_compared = context.deployed_at - (context.now - context.deployed_at);
  Sample sample =
      is_healthy ? sample_of(Health::healthy, "") : sample_of(Health::unhealthy, why_of(count, first_compared));
  sample.value = static_cast<double>(more);
  sample.answer = count.lines.empty() ? "no error" : std::move(count.lines);
  return sample;
}

}  // namespace

extern const Probe probe_log{
    .id = "log",
    .title = "no new errors in the log",
    .doc =
        "Counts entries of a log, a file or what a command prints, that hold one of `patterns`: those since the "
        "deployment, and those in as long a time before it. More than `new_errors` more are unhealthy. An entry is "
        "a line that begins with a time of RFC 3339, and the lines after it that do not. A log that begins with the "
        "deployment had no errors before. A file that is there and empty has no errors: a log of errors is. A file "
        "that is missing, a log without times, and a command that prints nothing, which may have read the wrong log, "
        "are no data.",
    .gives_value = true,
    .look = look,
    .read = read};

}  // namespace sluice::promote
