// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/difference.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

std::string
names_of(const std::vector<const Reader*>& readers)
{
  std::vector<std::string> names;
  for (const Reader* reader : readers) {
    names.emplace_back(reader->dialect->title);
  }
  return join(names, ", ");
}

std::string
ids_of(const std::vector<const Reader*>& readers)
{
  std::vector<std::string> ids;
  for (const Reader* reader : readers) {
    ids.emplace_back(reader->dialect->id);
  }
  return join(ids, ",");
}

/// What the tools of a difference do with the value, after their names.
std::string_view
deed_of(DifferenceKind kind, bool is_one)
{
  switch (kind) {
  case DifferenceKind::refused:
    return is_one ? "refuses the file and sets nothing of it" : "refuse the file and set nothing of it";
  case DifferenceKind::dropped:
    return is_one ? "does not see it at all" : "do not see it at all";
  case DifferenceKind::truncated:
    return is_one ? "cuts its value at the #" : "cut its value at the #";
  case DifferenceKind::comment_kept:
    return is_one ? "takes the comment for a part of the value" : "take the comment for a part of the value";
  case DifferenceKind::quotes_kept:
    return is_one ? "hands the quotes on as part of the value" : "hand the quotes on as part of the value";
  case DifferenceKind::blank_kept:
    return is_one ? "keeps the blank behind the value" : "keep the blank behind the value";
  case DifferenceKind::executed:
    return is_one ? "runs what is written there as a command" : "run what is written there as a command";
  case DifferenceKind::expanded:
    return is_one ? "replaces what it takes for a reference" : "replace what they take for a reference";
  case DifferenceKind::escapes:
    return is_one ? "takes a backslash for an escape" : "take a backslash for an escape";
  case DifferenceKind::value_missing:
    return is_one ? "gives it no value" : "give it no value";
  case DifferenceKind::other:
    break;
  }
  return is_one ? "reads its value in a way of its own" : "read its value each in another way";
}

std::string_view
help_for(DifferenceKind kind)
{
  switch (kind) {
  case DifferenceKind::truncated:
  case DifferenceKind::comment_kept:
    return "Put the value in single quotes, and a comment on a line of its own";
  case DifferenceKind::expanded:
  case DifferenceKind::executed:
    return "Put the value in single quotes if it is meant as it stands";
  case DifferenceKind::quotes_kept:
    return "Leave the quotes away, or load the file with a reader that takes them off";
  case DifferenceKind::blank_kept:
    return "Take the blank behind the value away";
  case DifferenceKind::escapes:
    return "Write the value without a backslash, or in single quotes";
  default:
    return "Write the line as `KEY=value`, or `KEY='value'`, which all of them read alike";
  }
}

Remark
remark_on(const Difference& difference, std::string_view key)
{
  const std::string what = difference.kind == DifferenceKind::refused ? "this file" : printable(key);
  const bool is_one = difference.tools.size() == 1;
  std::string message =
      fmt::format("{} is read differently: {} {}", what, names_of(difference.tools), deed_of(difference.kind, is_one));
  if (difference.others.empty()) {
    message = fmt::format("{} does not reach the program as it is written: {} {}", what, names_of(difference.tools),
                          deed_of(difference.kind, is_one));
  } else {
    message +=
        fmt::format(", and {} {} not", names_of(difference.others), difference.others.size() == 1 ? "does" : "do");
  }
  Remark remark{.message = std::move(message), .help = std::string(help_for(difference.kind))};
  std::vector<const Reader*> all = difference.tools;
  all.insert(all.end(), difference.others.begin(), difference.others.end());
  remark.facts = {{"difference", {}, std::string(text_of(difference.kind))},
                  {"tools", {}, ids_of(difference.tools)},
                  {"readers", {}, ids_of(all)}};
  for (const Reader* reader : all) {
    if (!reader->path.empty()) {
      remark.related.push_back({{reader->path, {reader->line, 0}, {reader->line, 0}, {}},
                                PlaceRole::cause,
                                fmt::format("{} reads it ({})", reader->dialect->title, reader->how)});
    }
  }
  if (difference.kind == DifferenceKind::executed || difference.kind == DifferenceKind::refused) {
    remark.severity = Severity::high;
  }
  remark.aspect = text_of(difference.kind);
  return remark;
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const DotenvFile& file : survey.files) {
    for (const Difference& difference : differences_of(file)) {
      if (difference.entry != nullptr) {
        reporter.report(file, *difference.entry, remark_on(difference, difference.entry->key));
      } else if (!difference.others.empty()) {
        reporter.report(file.source.path(), difference.line, remark_on(difference, {}));
      }
    }
  }
}

constexpr std::array<std::string_view, 2> references{
    "https://docs.docker.com/reference/compose-file/interpolation/",
    "https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow"};
constexpr std::array<std::string_view, 1> tags{"correctness"};

}  // namespace

extern const Rule rule_dialects_differ{
    .meta =
        {.id = "dialects-differ",
         .title = "A dotenv file means different things to the programs that read it",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Reads each dotenv file as every program does that this repository loads it with (Compose, `docker run`, Node, dotenv,
act, Supabase, a shell …), and tells of each key whose value they do not agree on, with the kind of difference. Where there is
one reader, it tells where that one surprises: cuts at a `#`, keeps quotes or a blank, expands a `$` in the middle of a word,
runs a command.)",
              .why =
                  R"(There is no standard for these files. A password with a `#` works on one machine and is cut on another, and the
login fails far away from the line that caused it.)",
              .instead =
                  R"(Single quotes around the value are read alike by most readers; `docker run --env-file` wants no quotes at all.)",
              .known_problems =
                  R"(Which programs read a file is told from what the repository says (compose files, scripts, dependencies). A reader that
nothing names is not known.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
