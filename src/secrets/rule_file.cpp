// SPDX-License-Identifier: Apache-2.0
#include "secrets/rule_file.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "secrets/scan_database.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

namespace sluice::secrets {

namespace {

constexpr std::uint32_t max_candidate_width = 512;
constexpr std::array<std::string_view, 16> known_keys{
    "id",         "title",    "since",       "severity",     "confidence",   "tags", "pattern",  "candidate",
    "max-length", "checksum", "min-entropy", "deny-secrets", "deny-context", "doc",  "examples", "counter-examples"};

/// Reads one file and collects what is wrong with it.
class Reader
{
public:
  Reader(const config::YamlNode& root, std::string_view file)
      : root_(root),
        file_(file)
  {}

  RuleFile read();

  [[nodiscard]] const std::vector<std::string>&
  problems() const
  {
    return problems_;
  }

private:
  void
  complain(config::Mark mark, std::string_view what)
  {
    problems_.push_back(fmt::format("{}: {}", config::place(file_, mark), what));
  }

  void check_keys();
  std::string required_text(std::string_view key);
  std::vector<Sample> samples(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  template<NamedEnum E> void choice(std::string_view key, E& target);
  void length(std::uint32_t& target);
  void entropy(double& target);
  void check_id(const RuleFile& rule);
  void check_doc(const RuleFile& rule);
  void check_pattern(std::string_view key, const std::string& pattern, config::Mark mark);
  void check_candidate(const RuleFile& rule);

  [[nodiscard]] config::Mark
  mark_of(std::string_view key) const
  {
    const config::YamlNode* node = root_.find(key);
    return node != nullptr ? node->mark : root_.mark;
  }

  const config::YamlNode& root_;
  std::string_view file_;
  std::vector<std::string> problems_;
};

void
Reader::check_keys()
{
  for (const auto& [key, value] : root_.entries) {
    if (std::find(known_keys.begin(), known_keys.end(), key.scalar) == known_keys.end()) {
      complain(key.mark, fmt::format("\"{}\" is no key of a rule{}", printable(key.scalar),
                                     did_you_mean(key.scalar, known_keys)));
    }
  }
}

std::string
Reader::required_text(std::string_view key)
{
  const config::YamlNode* node = root_.find(key);
  if (node == nullptr || node->kind != config::YamlKind::scalar || trim(node->scalar).empty()) {
    complain(mark_of(key), fmt::format("a rule needs {} (a text)", key));
    return {};
  }
  return node->scalar;
}

std::vector<Sample>
Reader::samples(std::string_view key)
{
  std::vector<Sample> result;
  const config::YamlNode* node = root_.find(key);
  if (node == nullptr) {
    return result;
  }
  if (node->kind != config::YamlKind::sequence) {
    complain(node->mark, fmt::format("{} is a list of texts", key));
    return result;
  }
  for (const config::YamlNode& item : node->items) {
    if (item.kind == config::YamlKind::scalar) {
      result.push_back({item.scalar, item.mark});
    } else {
      complain(item.mark, fmt::format("{} is a list of texts", key));
    }
  }
  return result;
}

std::vector<std::string>
Reader::texts(std::string_view key)
{
  std::vector<std::string> result;
  for (Sample& sample : samples(key)) {
    result.push_back(std::move(sample.text));
  }
  return result;
}

template<NamedEnum E>
void
Reader::choice(std::string_view key, E& target)
{
  const config::YamlNode* node = root_.find(key);
  if (node == nullptr) {
    return;
  }
  if (const auto value = from_name<E>(node->scalar)) {
    target = *value;
  } else {
    complain(node->mark, fmt::format("{} is one of {}, not \"{}\"{}", key, fmt::join(EnumNames<E>::names, ", "),
                                     printable(node->scalar), did_you_mean(node->scalar, EnumNames<E>::names)));
  }
}

void
Reader::length(std::uint32_t& target)
{
  const config::YamlNode* node = root_.find("max-length");
  if (node == nullptr) {
    return;
  }
  const char* end = node->scalar.data() + node->scalar.size();
  const auto parsed = std::from_chars(node->scalar.data(), end, target);
  if (parsed.ec != std::errc() || parsed.ptr != end || target < 8 || target > 8192) {
    complain(node->mark, "max-length is a number of bytes from 8 to 8192");
  }
}

void
Reader::entropy(double& target)
{
  const config::YamlNode* node = root_.find("min-entropy");
  if (node == nullptr) {
    return;
  }
  const char* end = node->scalar.data() + node->scalar.size();
  const auto parsed = std::from_chars(node->scalar.data(), end, target);
  if (parsed.ec != std::errc() || parsed.ptr != end || !(target >= 0 && target <= 8)) {
    complain(node->mark, "min-entropy is a number of bits from 0 to 8");
  }
}

void
Reader::check_id(const RuleFile& rule)
{
  static const RE2 kebab_case("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  if (!RE2::FullMatch(rule.id, kebab_case)) {
    complain(mark_of("id"), "id is lower-case words with hyphens between");
  }
  const std::string stem = std::filesystem::path(file_).stem().string();
  if (rule.id != stem) {
    complain(mark_of("id"), fmt::format("id is \"{}\" but the file is called \"{}\"", printable(rule.id), stem));
  }
}

void
Reader::check_doc(const RuleFile& rule)
{
  std::size_t from = 0;
  for (const std::string_view heading : {"## What it does\n", "## Why\n", "## Instead\n"}) {
    const std::size_t at = rule.doc.find(heading, from);
    if (at == std::string::npos) {
      complain(mark_of("doc"), fmt::format("doc lacks the heading \"{}\" (they come in the order What it does, Why, "
                                           "Instead)",
                                           trim(heading)));
      return;
    }
    from = at + heading.size();
  }
}

void
Reader::check_pattern(std::string_view key, const std::string& pattern, config::Mark mark)
{
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  const RE2 compiled(pattern, options);
  if (!compiled.ok()) {
    complain(mark, fmt::format("{}: RE2 does not take it: {}", key, compiled.error()));
  } else if (RE2::PartialMatch("", compiled)) {
    complain(mark, fmt::format("{} matches the empty text", key));
  }
}

void
Reader::check_candidate(const RuleFile& rule)
{
  const bool own = root_.find("candidate") != nullptr;
  const config::Mark mark = mark_of(own ? "candidate" : "pattern");
  const auto width = width_of(rule.candidate);
  if (!width) {
    complain(mark, fmt::format("{}: Vectorscan does not take it: {}",
                               own ? "candidate"
                                   : "pattern (the file names no "
                                     "candidate)",
                               width.error().message));
  } else if (width->maximum > max_candidate_width) {
    complain(mark, fmt::format("{} can match more than {} bytes: name a candidate with a shorter match",
                               own ? "candidate" : "pattern", max_candidate_width));
  } else if (width->minimum < 3) {
    complain(mark, "the candidate matches texts of less than 3 bytes, which are everywhere");
  }
}

RuleFile
Reader::read()
{
  check_keys();
  RuleFile rule;
  rule.id = required_text("id");
  rule.title = required_text("title");
  rule.since = required_text("since");
  rule.doc = required_text("doc");
  rule.pattern = required_text("pattern");
  rule.candidate = root_.find("candidate") != nullptr ? required_text("candidate") : rule.pattern;
  required_text("severity");
  choice("severity", rule.severity);
  choice("confidence", rule.confidence);
  choice("checksum", rule.checksum);
  length(rule.max_length);
  entropy(rule.min_entropy);
  rule.tags = texts("tags");
  rule.deny_secrets = texts("deny-secrets");
  rule.deny_context = texts("deny-context");
  rule.examples = samples("examples");
  rule.counter_examples = samples("counter-examples");

  check_id(rule);
  check_doc(rule);
  check_pattern("pattern", rule.pattern, mark_of("pattern"));
  check_candidate(rule);
  for (const std::string_view key : {"deny-secrets", "deny-context"}) {
    for (const Sample& pattern : samples(key)) {
      check_pattern(key, pattern.text, pattern.mark);
    }
  }
  if (rule.examples.empty() || rule.counter_examples.empty()) {
    complain(root_.mark, "a rule needs at least one of examples and one of counter-examples");
  }
  return rule;
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
  if (root.kind != config::YamlKind::mapping) {
    return fail(ErrorKind::config, "{}: a rule is a mapping", config::place(file, root.mark));
  }
  Reader reader(root, file);
  RuleFile rule = reader.read();
  return reader.problems().empty() ? Result<RuleFile>(std::move(rule)) : failure(reader.problems());
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

}  // namespace sluice::secrets
