// SPDX-License-Identifier: Apache-2.0
#include "cli/emit.hpp"

#include "base/hash.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/output_target.hpp"
#include "cli/version.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <random>

namespace sluice::cli {

namespace {

struct Format
{
  const output::Sink* sink = nullptr;
  OutputTarget to;
};

Result<Format>
parse_format(std::string_view text)
{
  std::vector<std::string_view> known;
  for (const output::Sink& each : output::sinks()) {
    known.push_back(each.name);
  }
  TRY_ASSIGN(OutputTarget target, parse_target(text, known));
  return Format{output::find_sink(target.name), std::move(target)};
}

Result<std::vector<Format>>
parse_formats(const config::CommonOptions& options)
{
  std::vector<Format> formats;
  for (const std::string& text : options.format) {
    TRY_ASSIGN(Format format, parse_format(text));
    formats.push_back(std::move(format));
  }
  return formats;
}

const Format*
on_standard_output(std::span<const Format> formats)
{
  const auto found =
      std::find_if(formats.begin(), formats.end(), [](const Format& each) { return each.to.file.empty(); });
  return found == formats.end() ? nullptr : &*found;
}

/// For a run that failed: one format that cannot be had does not cost the others. What is wrong with it is said unless
/// it is what the run failed of.
std::vector<Format>
usable_formats(const Setup& setup, const Invocation& invocation, const Error& failure)
{
  std::vector<Format> usable;
  for (const std::string& text : setup.options.format) {
    const auto format = parse_format(text);
    const Result<> checked = format ? check_target(format->to, setup, invocation) : Result<>(Failure(format.error()));
    if (!checked) {
      if (failure.message.find(checked.error().message) == std::string::npos) {
        emit_error(checked.error(), invocation);
      }
    } else if (!format->to.file.empty() || on_standard_output(usable) == nullptr) {
      usable.push_back(*format);
    }
  }
  return usable;
}

/// https://no-color.org and https://force-color.org: set to anything but nothing counts, and a no is heard first.
bool
wants_colour(const Invocation& invocation)
{
  const auto is_set = [&invocation](std::string_view name) { return !value_of(invocation.environment, name).empty(); };
  if (is_set("NO_COLOR")) {
    return false;
  }
  return is_set("FORCE_COLOR") || (invocation.out_is_terminal && value_of(invocation.environment, "TERM") != "dumb");
}

output::RenderOptions
render_options(const config::CommonOptions& options, const Invocation& invocation)
{
  const bool is_wanted =
      options.colour == ColourChoice::always || (options.colour == ColourChoice::automatic && wants_colour(invocation));
  return {.colour = is_wanted ? output::Colour::on : output::Colour::off,
          .verbose = options.verbose,
          .quiet = options.quiet,
          .width = invocation.width,
          .rule_texts = options.all_rule_texts ? output::RuleTexts::all : output::RuleTexts::used};
}

std::string
nonce()
{
  std::random_device device;
  std::array<std::uint32_t, 4> words{};
  std::generate(words.begin(), words.end(), [&device] { return device(); });
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", words[0], words[1], words[2], words[3]);
}

void
warn(const Invocation& invocation, std::string_view message)
{
  invocation.err << output::inert(fmt::format("{}: warning: {}", invocation.program, redacted(message, invocation)))
                 << '\n';
}

void
append_for_platform(const std::filesystem::path& file, std::string_view text, std::string_view variable,
                    const Invocation& invocation)
{
  if (file.empty()) {
    return;
  }
  if (auto written = append_file(file, text); !written) {
    warn(invocation, fmt::format("{} cannot be written: {}", variable, written.error().message));
  }
}

bool
has_workflow_commands(const ci::CiContext& context)
{
  return context.platform == ci::Platform::github || context.platform == ci::Platform::act;
}

/// Where the rendered reports go beside the terminal.
struct Destinations
{
  std::vector<Format> formats;
  output::RenderOptions render;  ///< for standard output
  const Setup& setup;
  const Invocation& invocation;
  std::string_view own_text = {};
};

/// Writes the files that were asked for. Returns them, and what could not be written.
std::vector<output::OutputFile>
write_files(std::span<const Report> reports, const Destinations& to, std::vector<std::string>& problems)
{
  std::vector<output::OutputFile> files;
  output::RenderOptions plain = to.render;
  plain.colour = output::Colour::off;
  for (const Format& format : to.formats) {
    if (format.to.file.empty()) {
      continue;
    }
    if (auto written = write_target(format.to, format.sink->render(reports, plain), to.invocation); !written) {
      problems.push_back(written.error().message);
    }
    files.push_back({format.to.name, format.to.file});
  }
  return files;
}

void
tell_platform(std::span<const Report> reports, const Destinations& to, std::span<const output::OutputFile> files)
{
  const ci::CiContext& context = to.setup.context;
  if (has_workflow_commands(context)) {
    append_for_platform(context.summary_file, output::find_sink("summary")->render(reports, {}), "GITHUB_STEP_SUMMARY",
                        to.invocation);
    append_for_platform(context.output_file, output::github_output(reports, files, nonce()), "GITHUB_OUTPUT",
                        to.invocation);
  }
}

/// What goes to standard output: one format, or the text with the platform's annotations. Error: it did not get there.
Result<>
print(std::span<const Report> reports, const Destinations& to)
{
  std::ostream& out = to.invocation.out;
  if (const Format* chosen = on_standard_output(to.formats)) {
    out << chosen->sink->render(reports, to.render);
  } else {
    out << (to.own_text.empty() ? output::find_sink("text")->render(reports, to.render)
                                : output::inert_text(redacted(to.own_text, to.invocation)));
    if (has_workflow_commands(to.setup.context)) {
      out << output::find_sink("github")->render(reports, to.render);
    }
  }
  return flushed(to.invocation);
}

/// With --report-only whoever judged says so and lets pass; who could not judge does not pass for one that did.
int
status_of(std::span<const Report> reports, const config::CommonOptions& options)
{
  const Verdict verdict = merged_verdict(reports);
  const bool has_judged = verdict == Verdict::fail || verdict == Verdict::incomplete;
  return options.report_only && has_judged ? exit_status(Verdict::pass) : exit_status(verdict);
}

}  // namespace

Result<>
flushed(const Invocation& invocation)
{
  invocation.out.flush();
  return invocation.out ? Result<>()
                        : fail(ErrorKind::environment, "standard output cannot be written: it is closed or full");
}

int
finished(int status, const Invocation& invocation)
{
  if (status == exit_status(Verdict::unable)) {
    return status;
  }
  if (auto printed = flushed(invocation); !printed) {
    emit_error(printed.error(), invocation);
    return exit_status(Verdict::unable);
  }
  return status;
}

Result<>
check_formats(const Setup& setup, const Invocation& invocation)
{
  TRY_ASSIGN(const std::vector<Format> formats, parse_formats(setup.options));
  std::vector<OutputTarget> targets;
  for (const Format& format : formats) {
    targets.push_back(format.to);
  }
  return check_targets(targets, setup, invocation);
}

int
emit_reports(std::span<const Report> reports, const Setup& setup, const Invocation& invocation,
             std::string_view own_text)
{
  auto formats = parse_formats(setup.options);
  if (!formats) {
    emit_error(formats.error(), invocation);
    return exit_status(Verdict::unable);
  }
  const Destinations to{*std::move(formats), render_options(setup.options, invocation), setup, invocation, own_text};
  std::vector<std::string> problems;
  if (auto printed = print(reports, to); !printed) {
    problems.push_back(printed.error().message);
  }
  const std::vector<output::OutputFile> files = write_files(reports, to, problems);
  tell_platform(reports, to, files);
  if (!problems.empty()) {
    emit_error({ErrorKind::environment, join(problems, "\n")}, invocation);
    return exit_status(Verdict::unable);
  }
  return status_of(reports, setup.options);
}

int
emit_failure(std::string_view tool, const Error& error, const Setup& setup, const Invocation& invocation)
{
  emit_error(error, invocation);
  RawReport raw = RawReport::of_failure(std::string(tool), error);
  raw.version = version;
  const Report report(std::move(raw), *invocation.redactor);
  const Destinations to{usable_formats(setup, invocation, error), render_options(setup.options, invocation), setup,
                        invocation};
  const std::span<const Report> reports(&report, 1);
  std::vector<std::string> problems;
  if (const Format* chosen = on_standard_output(to.formats)) {
    invocation.out << chosen->sink->render(reports, to.render);
    if (auto printed = flushed(invocation); !printed) {
      problems.push_back(printed.error().message);
    }
  }
  tell_platform(reports, to, write_files(reports, to, problems));
  if (!problems.empty()) {
    emit_error({ErrorKind::environment, join(problems, "\n")}, invocation);
  }
  return exit_status(report.verdict);
}

std::string
redacted(std::string_view text, const Invocation& invocation)
{
  return invocation.redactor->redacted(text, TextKind::prose);
}

void
emit_error(const Error& error, const Invocation& invocation)
{
  const std::string message = redacted(error.message, invocation);
  const std::string program = redacted(invocation.program, invocation);
  for (const std::string_view line : lines_of(message)) {
    invocation.err << output::inert(fmt::format("{}: {}", program, line)) << '\n';
  }
  if (value_of(invocation.environment, "GITHUB_ACTIONS") == "true") {
    invocation.err << output::error_annotation(fmt::format("{} could not run", program), message);
  }
}

}  // namespace sluice::cli
