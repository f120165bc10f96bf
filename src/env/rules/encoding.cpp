// SPDX-License-Identifier: Apache-2.0
#include "env/rule.hpp"

#include <array>

namespace sluice::env {

namespace {

struct Fault
{
  std::string_view message, help, aspect;
  Severity severity;
};

Fault
fault_of(EncodingFault fault)
{
  switch (fault) {
  case EncodingFault::byte_order_mark:
    return {"The file begins with a byte order mark, which some readers take for a part of the first key",
            "Save it as UTF-8 without a byte order mark", "byte order mark", Severity::medium};
  case EncodingFault::utf16:
    return {"The file is UTF-16: most readers take nothing of it, without a word", "Save it as UTF-8", "UTF-16",
            Severity::high};
  case EncodingFault::not_utf8:
    return {
        "The file holds bytes that are not UTF-8: some readers refuse it, others put another character in their place",
        "Save it as UTF-8", "not UTF-8", Severity::medium};
  case EncodingFault::nul:
    return {"The file holds a NUL byte, at which a variable of the environment ends", "Take the byte out", "NUL",
            Severity::medium};
  case EncodingFault::carriage_returns:
    break;
  }
  return {"The lines end in CR LF, and a shell that sources the file keeps the CR in each value",
          "End the lines in LF alone", "CR LF", Severity::low};
}

/// A carriage return matters to a reader that keeps it.
bool
matters(const DotenvFile& file, EncodingFault fault)
{
  if (fault != EncodingFault::carriage_returns) {
    return true;
  }
  for (const Reader& reader : file.readers) {
    if (reader.dialect->id == "bash" || reader.dialect->id == "dash") {
      return true;
    }
  }
  return false;
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const DotenvFile& file : survey.files) {
    for (const EncodingFault each : file.faults) {
      if (matters(file, each)) {
        const Fault fault = fault_of(each);
        reporter.report(file.source.path(), 1,
                        {.message = std::string(fault.message),
                         .help = std::string(fault.help),
                         .severity = fault.severity,
                         .facts = {{"fault", {}, std::string(fault.aspect)}},
                         .aspect = std::string(fault.aspect)});
      }
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://datatracker.ietf.org/doc/html/rfc3629"};
constexpr std::array<std::string_view, 1> tags{"correctness"};

}  // namespace

extern const Rule rule_encoding{
    .meta =
        {.id = "encoding",
         .title = "A dotenv file is not plain UTF-8",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds byte order marks, UTF-16, bytes that are not UTF-8, NUL bytes, and CR LF where a shell reads the file.)",
              .why =
                  R"(Of a file in UTF-16 most readers take nothing and say nothing, so that a program starts without its settings.)",
              .instead = R"(Save the file as UTF-8 without a byte order mark, with LF at the end of each line.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
