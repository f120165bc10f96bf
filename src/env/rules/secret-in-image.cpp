// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
is_dockerfile(std::string_view path)
{
  const std::string name = to_lower(file_name_of(path));
  return name == "dockerfile" || name == "containerfile" || name.starts_with("dockerfile.")
         || name.ends_with(".dockerfile") || name.starts_with("containerfile.");
}

struct Line
{
  std::string_view word;  ///< "ARG"
  std::string_view rest;
};

Line
instruction_of(std::string_view line)
{
  const std::string_view text = trim(line);
  const std::size_t end = text.find_first_of(" \t");
  const std::string_view word = text.substr(0, end);
  const std::string lower = to_lower(word);
  const bool is_of_interest = lower == "arg" || lower == "env";
  return !is_of_interest || end == std::string_view::npos
             ? Line{}
             : Line{lower == "arg" ? "ARG" : "ENV", trim(text.substr(end))};
}

/// Whether a value is text and no reference to an argument, which the line of that argument is told for.
bool
is_literal(std::string_view value)
{
  return !value.empty() && value != "\"\"" && value != "''" && value.find('$') == std::string_view::npos;
}

void
report(const gate::SourceText& source, std::uint32_t number, const Line& line, std::string_view name,
       Reporter& reporter)
{
  reporter.report(
      source.path(), number,
      {.message = fmt::format("{} {} is a secret by its name, and stays in the image for everybody who may pull it",
                              line.word, printable(name)),
       .help =
           fmt::format("Mount {} with `RUN --mount=type=secret` while building, or give it when the container starts",
                       printable(name)),
       .subject = fmt::format("env:any/{}", name),
       .key = std::string(name)});
}

void
check_line(const Survey& survey, const gate::SourceText& source, std::uint32_t number, Reporter& reporter)
{
  const Line line = instruction_of(source.line(number));
  if (line.word.empty()) {
    return;
  }
  const bool is_old_form =
      line.word == "ENV" && line.rest.substr(0, line.rest.find_first_of(" \t")).find('=') == std::string_view::npos;
  if (is_old_form) {
    const std::size_t end = line.rest.find_first_of(" \t");
    const std::string_view name = line.rest.substr(0, end);
    if (end != std::string_view::npos && is_secret(survey, name) && is_literal(trim(line.rest.substr(end)))) {
      report(source, number, line, name, reporter);
    }
    return;
  }
  for (const std::string_view part : split(line.rest, ' ')) {
    const std::size_t equals = part.find('=');
    const std::string_view name = part.substr(0, equals);
    const bool has_literal = equals != std::string_view::npos && is_literal(part.substr(equals + 1));
    if (is_environment_name(name) && is_secret(survey, name) && (line.word == "ARG" || has_literal)) {
      report(source, number, line, name, reporter);
    }
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const std::string& path : survey.paths) {
    if (!is_dockerfile(path)) {
      continue;
    }
    const gate::SourceText source(path, survey.tree->read(path).value_or(""));
    for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
      check_line(survey, source, number, reporter);
    }
  }
}

constexpr std::array<std::string_view, 2> references{
    "https://docs.docker.com/build/building/secrets/",
    "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/"};
constexpr std::array<std::string_view, 2> tags{"secret", "image"};

}  // namespace

extern const Rule rule_secret_in_image{
    .meta = {.id = "secret-in-image",
             .title = "An image is built with a secret in it",
             .since = "0.1.0",
             .doc = {.what = R"(Finds `ARG` and `ENV` lines of Dockerfiles that are secrets by their name: `ENV` with a
value, and `ARG` at all.)",
                     .why =
                         R"(Both stay in the image: `docker history` shows them to everybody who may pull it, whatever
later lines remove.)",
                     .instead = R"(Mount it while the build runs, `RUN --mount=type=secret,id=…`, and give it to the
container when it starts.)",
                     .known_problems =
                         R"(Continued lines are looked at line by line, so of a long `ENV` only the names on
its first line are seen.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::env
