// SPDX-License-Identifier: Apache-2.0
#include "env/key_lines.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

Remark
remark_on(const StrayLines& lines)
{
  const bool is_one = lines.first == lines.last;
  const std::string message =
      is_one ? "The line assigns nothing, and what reads the file passes it over"
             : fmt::format("The lines from here to {} assign nothing, and what reads the file passes them over",
                           lines.last);
  return {.message = message,
          .help = "Write `KEY=value`, put a value of several lines in quotes, or make it a comment",
          .aspect = is_one ? "line" : fmt::format("{} lines", lines.last - lines.first + 1)};
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const DotenvFile& file : survey.files) {
    for (const StrayLines& lines : stray_lines(file)) {
      reporter.report(file.source.path(), lines.first, remark_on(lines));
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://docs.docker.com/compose/how-tos/environment-variables/"
                                                     "variable-interpolation/#env-file-syntax"};
constexpr std::array<std::string_view, 1> tags{"correctness"};

}  // namespace

extern const Rule rule_not_an_assignment{
    .meta =
        {.id = "not-an-assignment",
         .title = "A line of a dotenv file assigns nothing",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds lines that are neither empty, nor a comment, nor of a variable, for any program that reads the file: the second
line of a private key that has no quotes, an `=` that was forgotten, a password that was pasted alone. Nothing of the line is told.
Files that a shell reads are left out, for it runs such lines.)",
              .why =
                  R"(Most readers pass such a line over without a word, and the program starts with half of a key or without it.)",
              .instead = R"(Quotes around a value of several lines, `KEY=value` for all others.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
