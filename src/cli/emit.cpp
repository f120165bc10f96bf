// SPDX-License-Identifier: Apache-2.0
#include "cli/emit.hpp"

#include "base/hash.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
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
  std::string file;  ///< empty: standard output
};

Result<Format>
parse_format(std::string_view text)
{
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const output::Sink* sink = output::find_sink(name);
  if (sink == nullptr) {
    std::vector<std::string_view> known;
    for (const output::Sink& each : output::sinks()) {
      known.push_back(each.name);
    }
    return fail(ErrorKind::usage, "--format {}: is not one of {}{}", printable(name), fmt::join(known, ", "),
                did_you_mean(name, known));
  }
  if (equals == std::string_view::npos) {
    return Format{sink, {}};
  }
  if (equals + 1 == text.size()) {
    return fail(ErrorKind::usage, "--format {}: names no file after the =", printable(text));
  }
  return Format{sink, std::string(text.substr(equals + 1))};
}

Result<std::vector<Format>>
parse_formats(const config::CommonOptions& options)
{
  std::vector<Format> formats;
  for (const std::string& text : options.format) {
    TRY_ASSIGN(Format format, parse_format(text));
    formats.push_back(std::move(format));
  }
  const auto to_stdout = [](const Format& format) { return format.file.empty(); };
  if (std::count_if(formats.begin(), formats.end(), to_stdout) > 1) {
    return fail(ErrorKind::usage,
                "--format: only one format can go to standard output; give the others a file, NAME=FILE");
  }
  return formats;
}

output::RenderOptions
render_options(const config::CommonOptions& options, const Invocation& invocation)
{
  const bool is_wanted = options.colour == ColourChoice::always
                         || (options.colour == ColourChoice::automatic && invocation.out_is_terminal
                             && value_of(invocation.environment, "NO_COLOR").empty()
                             && value_of(invocation.environment, "TERM") != "dumb");
  return {.colour = is_wanted ? output::Colour::on : output::Colour::off,
          .verbose = options.verbose,
          .quiet = options.quiet,
          .width = invocation.width};
}

/// A file is replaced whole; a device or a pipe (/dev/stdout) is written to.
Result<>
write_report(const std::filesystem::path& file, std::string_view text)
{
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  const bool is_special = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
  return is_special ? append_file(file, text) : write_file(file, text);
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
  invocation.err << fmt::format("{}: warning: {}\n", invocation.program, output::inert(message));
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

}  // namespace

Result<>
check_formats(const config::CommonOptions& options)
{
  TRY(parse_formats(options));
  return {};
}

Result<>
emit(std::span<const Report> reports, const config::CommonOptions& options, const ci::CiContext& context,
     const Invocation& invocation)
{
  TRY_ASSIGN(const std::vector<Format> formats, parse_formats(options));
  const output::RenderOptions render = render_options(options, invocation);
  const auto to_stdout =
      std::find_if(formats.begin(), formats.end(), [](const Format& format) { return format.file.empty(); });

  if (to_stdout != formats.end()) {
    invocation.out << to_stdout->sink->render(reports, render);
  } else {
    invocation.out << output::find_sink("text")->render(reports, render);
    if (has_workflow_commands(context)) {
      invocation.out << output::find_sink("github")->render(reports, render);
    }
  }
  invocation.out.flush();

  std::vector<output::OutputFile> files;
  std::vector<std::string> problems;
  output::RenderOptions plain = render;
  plain.colour = output::Colour::off;
  for (const Format& format : formats) {
    if (format.file.empty()) {
      continue;
    }
    const std::filesystem::path file = std::filesystem::path(format.file).is_absolute()
                                           ? std::filesystem::path(format.file)
                                           : invocation.directory / format.file;
    if (auto written = write_report(file, format.sink->render(reports, plain)); !written) {
      problems.push_back(written.error().message);
    }
    files.push_back({std::string(format.sink->name), format.file});
  }
  if (has_workflow_commands(context)) {
    append_for_platform(context.summary_file, output::find_sink("summary")->render(reports, plain),
                        "GITHUB_STEP_SUMMARY", invocation);
    append_for_platform(context.output_file, output::github_output(reports, files, nonce()), "GITHUB_OUTPUT",
                        invocation);
  }
  if (!problems.empty()) {
    return fail(ErrorKind::environment, "{}", join(problems, "\n"));
  }
  return {};
}

void
emit_error(const Error& error, const Invocation& invocation)
{
  for (const std::string_view line : lines_of(error.message)) {
    invocation.err << fmt::format("{}: {}\n", invocation.program, output::inert(line));
  }
  if (value_of(invocation.environment, "GITHUB_ACTIONS") == "true") {
    invocation.err << output::error_annotation(fmt::format("{} could not run", invocation.program), error.message);
  }
}

}  // namespace sluice::cli
