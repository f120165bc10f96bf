// SPDX-License-Identifier: Apache-2.0
#include "credentials/rule_file.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "config/decode.hpp"
#include "config/option_checks.hpp"
#include "credentials/scan_database.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace sluice::credentials {

namespace {

constexpr std::uint32_t max_candidate_width = 512;
/// What a byte may cost in steps at the worst (rule_patterns.cpp).
constexpr int max_instructions = 2048;

void
describe_documentation(RuleFile& rule, config::OptionTable& table)
{
  table.text(rule.what, {.key = "what", .value = "TEXT", .help = "What it finds."});
  table.required();
  table.text(rule.why, {.key = "why", .value = "TEXT", .help = "What happens to whom."});
  table.required();
  table.text(rule.instead, {.key = "instead", .value = "TEXT", .help = "What to do."});
  table.required();
  table.text(rule.known_problems, {.key = "known-problems", .value = "TEXT", .help = "Where it is wrong."});
  table.list(rule.references, {.key = "references", .value = "URL", .help = "Where the facts are from."});
}

void
describe_pattern(RuleFile& rule, config::OptionTable& table)
{
  table.text(rule.pattern, {.key = "pattern", .value = "RE2", .help = "What the secret looks like."});
  table.required();
  table.text(rule.candidate, {.key = "candidate", .value = "REGEX", .help = "What to look for first."});
  table.number(rule.max_length, 8, 8192, {.key = "max-length", .value = "BYTES", .help = "The longest match."});
  table.choice(rule.checksum, {.key = "checksum", .value = "NAME", .help = "How its checksum is computed."});
  table.real(rule.min_entropy, 0, 8, {.key = "min-entropy", .value = "BITS", .help = "Bits per byte, at least."});
  table.list(rule.deny_secrets, {.key = "deny-secrets", .value = "RE2", .help = "Secrets that are none."});
  table.list(rule.deny_context,
             {.key = "deny-context", .value = "RE2", .help = "What a match holds around one that is none."});
}

void
describe(RuleFile& rule, config::OptionTable& table)
{
  table.text(rule.id, {.key = "id", .value = "ID", .help = "Lower-case words with hyphens between."});
  table.required();
  table.text(rule.title, {.key = "title", .value = "TEXT", .help = "One line."});
  table.required();
  table.text(rule.since, {.key = "since", .value = "VERSION", .help = "The version that brought it."});
  table.required();
  table.choice(rule.state, {.key = "state", .value = "STATE", .help = "Whether it is applied unasked."});
  table.choice(rule.severity, {.key = "severity", .value = "SEVERITY", .help = "How much harm it can do."});
  table.required();
  table.choice(rule.confidence, {.key = "confidence", .value = "CONFIDENCE", .help = "How sure it is."});
  table.list(rule.tags, {.key = "tags", .value = "TAG", .help = "Words to find it by."});
  describe_documentation(rule, table);
  describe_pattern(rule, table);
  table.list(rule.examples, {.key = "examples", .value = "TEMPLATE", .help = "Texts in which it finds one."});
  table.required();
  table.list(rule.counter_examples,
             {.key = "counter-examples", .value = "TEMPLATE", .help = "Texts in which it finds none."});
  table.required();
}

void
check_id(const RuleFile& rule, std::string_view file, config::OptionChecks& checks)
{
  static const RE2 kebab_case("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  if (!RE2::FullMatch(rule.id, kebab_case)) {
    checks.refuse("id", "is not lower-case words with hyphens between");
  }
  const std::string stem = std::filesystem::path(file).stem().string();
  if (rule.id != stem) {
    checks.refuse("id", fmt::format("is {} but the file is called {}", printable(rule.id), stem));
  }
}

void
check_pattern(std::string_view key, const std::string& pattern, config::OptionChecks& checks)
{
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  const RE2 compiled(pattern, options);
  if (!compiled.ok()) {
    checks.refuse(key, fmt::format("is not taken by RE2: {}", compiled.error()));
  } else if (RE2::PartialMatch("", compiled)) {
    checks.refuse(key, "matches the empty text");
  } else if (compiled.ProgramSize() > max_instructions) {
    checks.refuse(key, fmt::format("makes {} instructions of at most {}: leave the upper end of long repetitions open, "
                                   "max-length bounds the match",
                                   compiled.ProgramSize(), max_instructions));
  }
}

/// `key` is where the candidate was written: without one of its own a rule looks for its pattern.
void
check_candidate(const RuleFile& rule, std::string_view key, config::OptionChecks& checks)
{
  const auto width = width_of(rule.candidate);
  if (!width) {
    checks.refuse(key, fmt::format("is not taken by Vectorscan: {}", width.error().message));
  } else if (width->maximum > max_candidate_width) {
    checks.refuse(
        key, fmt::format("can match more than {} bytes: name a candidate with a shorter match", max_candidate_width));
  } else if (width->minimum < 3) {
    checks.refuse(key, "matches texts of less than 3 bytes, which are everywhere");
  }
}

void
check(const RuleFile& rule, std::string_view candidate_key, std::string_view file, config::OptionChecks& checks)
{
  check_id(rule, file, checks);
  check_pattern("pattern", rule.pattern, checks);
  check_candidate(rule, candidate_key, checks);
  for (const std::string& pattern : rule.deny_secrets) {
    check_pattern("deny-secrets", pattern, checks);
  }
  for (const std::string& pattern : rule.deny_context) {
    check_pattern("deny-context", pattern, checks);
  }
}

Failure
failure(const std::vector<std::string>& problems)
{
  return fail(ErrorKind::config, "{}", join(problems, "\n"));
}

bool
is_plain(char c)
{
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
         || std::string_view("_-:/=@ ~,;").find(c) != std::string_view::npos;
}

/// Takes groups, word boundaries and flags off the front of a pattern; false once there is none.
bool
skip_opening(std::string_view& pattern)
{
  for (const std::string_view opening : {"\\b", "(?P<secret>", "(?:", "(?s)", "(?m)"}) {
    if (pattern.starts_with(opening)) {
      pattern.remove_prefix(opening.size());
      return true;
    }
  }
  return false;
}

/// Whether an alternative at the level of the text's start makes it only one of several beginnings.
bool
has_alternatives(std::string_view pattern)
{
  int depth = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size() && depth >= 0; ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      i += i + 1 < pattern.size() && pattern[i + 1] == ']' ? 1 : 0;
    } else if (c == '|' && depth == 0) {
      return true;
    } else {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
  }
  return false;
}

}  // namespace

std::string
literal_prefix(std::string_view pattern)
{
  if (const std::size_t group = pattern.find("(?P<secret>"); group != std::string_view::npos) {
    pattern.remove_prefix(group);
  }
  while (skip_opening(pattern)) {
  }
  if (has_alternatives(pattern)) {
    return {};
  }
  std::string prefix;
  while (!pattern.empty()) {
    const std::size_t taken = pattern[0] == '\\' ? 2 : 1;
    if (pattern.size() < taken
        || (taken == 2 ? std::string_view(".-+/").find(pattern[1]) == std::string_view::npos : !is_plain(pattern[0]))) {
      break;
    }
    const std::string_view rest = pattern.substr(taken);
    if (!rest.empty() && std::string_view("?*+{").find(rest[0]) != std::string_view::npos) {
      break;  // repeated or optional
    }
    prefix += pattern[taken - 1];
    pattern = rest;
  }
  return prefix;
}

Result<RuleFile>
parse_rule_file(std::string_view text, std::string_view file)
{
  TRY_ASSIGN(const config::YamlNode root, config::parse_yaml(text, file));
  RuleFile rule;
  config::OptionTable table;
  describe(rule, table);
  std::vector<std::string> problems;
  config::decode_record(table, root, file, problems);
  if (!problems.empty()) {
    return failure(problems);
  }
  const bool has_candidate = !rule.candidate.empty();
  if (!has_candidate) {
    rule.candidate = rule.pattern;
  }
  config::OptionChecks checks(table);
  check(rule, has_candidate ? "candidate" : "pattern", file, checks);
  if (!checks.problems().empty()) {
    return failure(checks.problems());
  }
  return rule;
}

Result<std::vector<RuleFile>>
read_rule_files(const std::filesystem::path& directory)
{
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".yml") {
      paths.push_back(entry.path());
    }
  }
  if (error) {
    return fail(ErrorKind::input, "{}: cannot be listed: {}", directory.string(), error.message());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<RuleFile> rules;
  std::vector<std::string> problems;
  for (const auto& path : paths) {
    TRY_ASSIGN(const std::string text, read_file(path));
    if (auto rule = parse_rule_file(text, path.string())) {
      rules.push_back(std::move(*rule));
    } else {
      problems.push_back(rule.error().message);
    }
  }
  return problems.empty() ? Result<std::vector<RuleFile>>(std::move(rules)) : failure(problems);
}

}  // namespace sluice::credentials
