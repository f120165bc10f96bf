// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_difference.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::promote {

namespace {

using Thing = BackupContents::Thing;
using Things = BackupContents::Things;

constexpr std::size_t longest_definition = 120;

bool
is_of_type_name(char c)
{
  return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '.' || c == '$'
         || static_cast<unsigned char>(c) >= 0x80U;
}

/// Behind a type's name that begins there: "character varying(10)[]", "\"Odd\".kind".
std::size_t
end_of_type(std::string_view text, std::size_t at)
{
  constexpr std::array<std::string_view, 8> second_words{
      " varying", " precision", " without time zone", " with time zone", " year", " month", " day", " second",
  };
  while (at < text.size() && (is_of_type_name(text[at]) || text[at] == '"')) {
    if (text[at] == '"') {
      at = std::min(text.find('"', at + 1), text.size() - 1);
    }
    ++at;
  }
  const auto pass_arguments = [&text, &at] {
    if (at < text.size() && text[at] == '(') {
      at = std::min(text.find(')', at), text.size() - 1) + 1;
    }
  };
  pass_arguments();
  for (const std::string_view second : second_words) {
    at += text.substr(at).starts_with(second) ? second.size() : 0U;
  }
  pass_arguments();
  while (text.substr(at).starts_with("[]")) {
    at += 2;
  }
  return at;
}

bool
is_same(const Thing& a, const Thing& b)
{
  return a.definition == b.definition || bare_expression(a.definition) == bare_expression(b.definition);
}

/// One thing less to tell: a table that is missing has no columns either.
bool
goes_with_its_table(const Thing& thing, const BackupContents& other)
{
  constexpr std::array<const char*, 5> relations{"table", "view", "materialized view", "foreign table", "type"};
  return !thing.of.empty() && std::none_of(relations.begin(), relations.end(), [&](const char* kind) {
    return other.of_kind(kind).contains(thing.of);
  });
}

std::string
shown(std::string_view text)
{
  return text.empty() ? "nothing" : ellipsis(printable(text), longest_definition);
}

class Comparison
{
public:
  Comparison(const BackupContents& restored, const BackupContents& source)
      : restored_(restored),
        source_(source)
  {}

  std::vector<std::string>
  structure()
  {
    for (const auto& [kind, things] : source_.things) {
      compare(kind, things, restored_.of_kind(kind));
    }
    for (const auto& [kind, things] : restored_.things) {
      for (const auto& [name, thing] : things) {
        if (!source_.of_kind(kind).contains(name) && !goes_with_its_table(thing, source_)) {
          differences_.push_back(kind + " " + printable(name) + " is not in the source");
        }
      }
    }
    return std::move(differences_);
  }

private:
  void
  compare(const std::string& kind, const Things& wanted, const Things& found)
  {
    for (const auto& [name, thing] : wanted) {
      const auto match = found.find(name);
      if (match != found.end()) {
        if (!is_same(thing, match->second)) {
          differences_.push_back(kind + " " + printable(name) + " is `" + shown(match->second.definition) + "`, not `"
                                 + shown(thing.definition) + "`");
        }
      } else if (!goes_with_its_table(thing, restored_)) {
        differences_.push_back(kind + " " + printable(name) + " is missing");
      }
    }
  }

  const BackupContents& restored_;
  const BackupContents& source_;
  std::vector<std::string> differences_;
};

std::uint64_t
rows_of(const BackupContents& contents, const std::string& table)
{
  const auto found = contents.rows.find(table);
  return found == contents.rows.end() ? 0 : found->second;
}

void
compare_rows(const BackupContents& restored, const BackupSource& source, std::vector<std::string>& differences)
{
  for (const auto& [table, rows] : restored.rows) {
    if (!source.before.rows.contains(table) && !source.after.rows.contains(table)) {
      continue;  // its table is told
    }
    const auto [least, most] = std::minmax({rows_of(source.before, table), rows_of(source.after, table)});
    if (rows < least || rows > most) {
      const std::string wanted = with_thousands(least) + (least == most ? "" : " to " + with_thousands(most));
      differences.push_back(printable(table) + " has " + counted(rows, "row", "rows") + ", not " + wanted);
    }
  }
}

}  // namespace

std::string
bare_expression(std::string_view expression)
{
  std::string bare;
  for (std::size_t at = 0; at < expression.size();) {
    const char c = expression[at];
    if (c == '\'') {
      const std::size_t end = std::min(expression.find('\'', at + 1), expression.size() - 1) + 1;
      bare += expression.substr(at, end - at);
      at = end;
    } else if (expression.substr(at).starts_with("::")) {
      at = end_of_type(expression, at + 2);
    } else {
      bare += is_blank(c) || c == '(' || c == ')' ? std::string_view() : expression.substr(at, 1);
      ++at;
    }
  }
  return bare;
}

std::vector<std::string>
differences_of(const BackupContents& restored, const BackupSource& source)
{
  std::vector<std::string> differences = Comparison(restored, source.before).structure();
  if (!differences.empty()) {
    differences = Comparison(restored, source.after).structure();
  }
  compare_rows(restored, source, differences);
  return differences;
}

}  // namespace sluice::promote
