// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "env/kinds.hpp"
#include "env/language.hpp"
#include "gate/file_tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

namespace {

std::string
mark_of(const Sighting& sighting)
{
  switch (sighting.unset) {
  case Unset::unknown:
    return "";
  case Unset::fails:
    return " !";
  case Unset::tested:
    return " ?";
  case Unset::defaulted:
    return sighting.literal ? fmt::format(" = literal \"{}\"", printable(*sighting.literal)) : " = …";
  }
  return "";
}

std::string
line_of(const Sighting& sighting)
{
  constexpr std::array<std::string_view, 3> kinds{"read", "given", "stored"};
  std::string line = fmt::format("{} {} {}{}\n", sighting.line, kinds[static_cast<std::size_t>(sighting.kind)],
                                 printable(sighting.name), mark_of(sighting));
  if (sighting.kind == SightingKind::given && sighting.literal) {
    line.insert(line.size() - 1, fmt::format(" literal \"{}\"", printable(*sighting.literal)));
  }
  return line;
}

template<typename Names>
std::string
joined(const Names& names)
{
  std::string text;
  for (const std::string& name : names) {
    text.append(text.empty() ? "" : ",").append(name);
  }
  return text.empty() ? "nothing" : text;
}

std::string
lines_of_job(const Job& job)
{
  std::string text = fmt::format("{} job {} receives {}\n", job.line, printable(job.name),
                                 job.receives_all ? "all" : joined(job.received));
  for (const Job::Run& run : job.runs) {
    text += fmt::format("{} job {} runs {} receives {}\n", run.line, printable(job.name), printable(run.path),
                        joined(run.received));
  }
  return text;
}

std::string
text_of(const Seen& seen)
{
  constexpr std::array<std::string_view, 3> receivers{"own", "foreign", "unknown"};
  std::string text;
  for (const Sighting& sighting : seen.sightings) {
    text += line_of(sighting);
  }
  for (const DynamicRead& read : seen.dynamic) {
    text += fmt::format("{} any {}*\n", read.line, printable(read.prefix));
  }
  for (const Load& load : seen.loads) {
    text += fmt::format("{} load {} by {} to {}\n", load.line, printable(load.path), load.dialect,
                        receivers[static_cast<std::size_t>(load.to)]);
  }
  for (const Job& job : seen.jobs) {
    text += lines_of_job(job);
  }
  for (const Gap& gap : seen.gaps) {
    text += fmt::format("{} gap: {}\n", gap.subject.substr(gap.subject.rfind(':') + 1), gap.why);
  }
  return text;
}

std::string
seen_in(const Language& language, std::string path, std::string text)
{
  const gate::SourceText source(std::move(path), std::move(text));
  Sightings sightings(source.path());
  language.look(source, sightings);
  return text_of(sightings.take());
}

}  // namespace

/// Of a directory each file of the language, by path, its name before its lines.
Result<std::string>
language_listing(std::string_view id, const std::filesystem::path& input)
{
  const auto all = languages();
  const auto found =
      std::find_if(all.begin(), all.end(), [id](const Language* language) { return language->id == id; });
  if (!std::filesystem::is_directory(input)) {
    TRY_ASSIGN(std::string text, read_file(input));
    return seen_in(**found, input.filename().string(), std::move(text));
  }
  std::string listing;
  for (const std::string& path : gate::DiskTree(input).tracked().files) {
    if (!(*found)->has(path)) {
      continue;
    }
    TRY_ASSIGN(std::string text, read_file(input / path));
    if ((*found)->is == nullptr || (*found)->is(path, text)) {
      listing += path + "\n" + seen_in(**found, path, std::move(text));
    }
  }
  return listing;
}

}  // namespace sluice::env
