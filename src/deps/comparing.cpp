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

}  // namespace

Result<gate::CommandOutcome>
compare_versions(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const Scheme* scheme, scheme_named(input.arguments.front()));
  gate::CommandOutcome outcome;
  if (input.arguments.size() == 3) {
    outcome.output = {sign(*scheme, input.arguments[1], input.arguments[2]), '\n'};
    return outcome;
  }
  if (input.arguments.size() == 2) {
    return fail(ErrorKind::usage, "compare needs two versions, or none to read pairs from standard input");
  }
  TRY_ASSIGN(const std::string text, input.input.read_standard_input());
  for (const std::string_view line : lines_of(text)) {
    const auto [a, b] = pair_of(line);
    outcome.output += sign(*scheme, a, b);
    outcome.output += '\n';
  }
  return outcome;
}

Result<gate::CommandOutcome>
tell_admission(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  const std::string& ecosystem = input.arguments.front();
  if (!are_ranges_known(ecosystem)) {
    return fail(ErrorKind::usage, "{}: its ranges are not known", printable(ecosystem));
  }
  gate::CommandOutcome outcome;
  if (input.arguments.size() == 3) {
    outcome.output = {admission(ecosystem, input.arguments[1], input.arguments[2]), '\n'};
    return outcome;
  }
  if (input.arguments.size() == 2) {
    return fail(ErrorKind::usage, "admits needs a range and a version, or none to read pairs from standard input");
  }
  TRY_ASSIGN(const std::string text, input.input.read_standard_input());
  for (const std::string_view line : lines_of(text)) {
    const auto [range, version] = pair_of(line);
    outcome.output += admission(ecosystem, range, version);
    outcome.output += '\n';
  }
  return outcome;
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
