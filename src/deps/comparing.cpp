// SPDX-License-Identifier: Apache-2.0
#include "deps/comparing.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/ecosystem.hpp"
#include "deps/range.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

char
sign(const Scheme& scheme, std::string_view a, std::string_view b)
{
  const auto order = scheme.compare(a, b);
  if (!order) {
    return '?';
  }
  return *order < 0 ? '<' : *order > 0 ? '>' : '=';
}

/// Two versions with a tab between; what is behind a second tab belongs to the second, which then is no version.
std::pair<std::string_view, std::string_view>
pair_of(std::string_view line)
{
  const std::size_t tab = line.find('\t');
  return tab == std::string_view::npos ? std::pair(line, std::string_view())
                                       : std::pair(line.substr(0, tab), line.substr(tab + 1));
}

char
admission(std::string_view ecosystem, std::string_view range, std::string_view version)
{
  const auto is_admitted = range_admits(ecosystem, range, version);
  return !is_admitted ? '?' : *is_admitted ? 'y' : 'n';
}

Result<const Scheme*>
scheme_named(std::string_view ecosystem)
{
  if (const Scheme* scheme = scheme_of(ecosystem)) {
    return scheme;
  }
  std::vector<std::string_view> names;
  for (const Ecosystem& each : ecosystems()) {
    if (!each.scheme.empty()) {
      names.push_back(each.name);
    }
  }
  return fail(ErrorKind::usage, "{}: {}{}", printable(ecosystem),
              find_ecosystem(ecosystem) == nullptr ? "not an ecosystem of OSV" : "its versions have no order",
              did_you_mean(ecosystem, names));
}

/// A character and the end of a line for the pair that the arguments give, or for each of standard input.
template<typename Ask>
Result<gate::CommandOutcome>
answers(const gate::CommandInput& input, std::string_view needs, const Ask& ask)
{
  gate::CommandOutcome outcome;
  if (input.arguments.size() == 3) {
    outcome.output = {ask(input.arguments[1], input.arguments[2]), '\n'};
    return outcome;
  }
  if (input.arguments.size() == 2) {
    return fail(ErrorKind::usage, "{}, or none to read pairs from standard input", needs);
  }
  TRY_ASSIGN(const std::string text, input.input.read_standard_input());
  for (const std::string_view line : lines_of(text)) {
    const auto [a, b] = pair_of(line);
    outcome.output += {ask(a, b), '\n'};
  }
  return outcome;
}

}  // namespace

Result<gate::CommandOutcome>
compare_versions(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const Scheme* scheme, scheme_named(input.arguments.front()));
  return answers(input, "compare needs two versions",
                 [scheme](std::string_view a, std::string_view b) { return sign(*scheme, a, b); });
}

Result<gate::CommandOutcome>
tell_admission(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  const std::string& ecosystem = input.arguments.front();
  if (!are_ranges_known(ecosystem)) {
    return fail(ErrorKind::usage, "{}: its ranges are not known", printable(ecosystem));
  }
  return answers(
      input, "admits needs a range and a version",
      [&ecosystem](std::string_view range, std::string_view version) { return admission(ecosystem, range, version); });
}

Result<std::string>
scheme_listing(std::string_view id, const std::filesystem::path& input)
{
  TRY_ASSIGN(const std::string text, read_file(input));
  const Scheme& scheme = *find_scheme(id);
  std::string out;
  for (const std::string_view line : lines_of(text)) {
    const auto [a, b] = pair_of(line);
    out += fmt::format("{} {} {}\n", printable(a), sign(scheme, a, b), printable(b));
  }
  return out;
}

}  // namespace sluice::deps
