// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "deps/version_range.hpp"
#include "deps/version_text.hpp"

#include <cstdint>
#include <span>

namespace sluice::deps {

namespace {

enum class Operator {
  equal,
  not_equal,
  less,
  at_most,
  greater,
  at_least,
  caret,        ///< the first number that is not zero stays: ^1.2.3 is below 2, ^0.2.3 below 0.3
  tilde,        ///< the first two numbers stay, or the one: ~1.2.3 and ~1.2 are below 1.3, ~1 below 2
  pessimistic,  ///< all numbers but the last stay: ~> 1.2.3 is below 1.3, ~> 1.2 below 2
};

struct Sign
{
  std::string_view text;
  Operator meaning = Operator::equal;
};

/// What ranges of a kind are made of.
struct Dialect
{
  std::span<const Sign> signs;  ///< longer ones first, where one begins with another
  Operator bare = Operator::equal;
  std::string_view either;  ///< between alternatives; empty: there are none
  std::string_view both;    ///< a word between what must hold; commas and blanks are anyway
  std::string_view stars;   ///< what stands for any number
  /// Fewer than three numbers stand for all versions that begin with them: "=1.2" is any 1.2, ">1.2" begins at 1.3.
  bool are_short_ones_prefixes = false;
  bool has_hyphens = false;   ///< "1.0 - 2.0"
  bool has_branches = false;  ///< "dev-main", which no release is; and "@dev" behind a version
};

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t most_numbers = 16;

/// "1.2.3-rc" in parts.
struct Written
{
  std::vector<std::uint64_t> numbers;  ///< never empty but of a star alone
  std::string_view rest;
  bool has_star = false;
};

std::optional<Written>
read_version(std::string_view text, const Dialect& dialect)
{
  const auto is_star = [&dialect](std::string_view rest) {
    return !rest.empty() && dialect.stars.find(rest.front()) != std::string_view::npos;
  };
  Written written;
  if (!take(text, 'v')) {
    static_cast<void>(take(text, 'V'));
  }
  while (!text.empty()) {
    if (is_star(text)) {
      written.has_star = true;
      // Behind a star only stars may be ("1.*.*").
      text.remove_prefix(1);
      while (take(text, '.') && is_star(text)) {
        text.remove_prefix(1);
      }
      return text.empty() ? std::optional(written) : std::nullopt;
    }
    const auto number = number_of<std::uint64_t>(take_digits(text));
    if (!number || *number == UINT64_MAX || written.numbers.size() == most_numbers) {
      return std::nullopt;
    }
    written.numbers.push_back(*number);
    if (text.size() < 2 || text.front() != '.' || !(is_digit(text[1]) || is_star(text.substr(1)))) {
      break;
    }
    text.remove_prefix(1);
  }
  written.rest = text;
  // An epoch of Python's has no place behind numbers.
  const bool is_whole = !written.numbers.empty() && text.find('!') == std::string_view::npos;
  return is_whole ? std::optional(written) : std::nullopt;
}

/// As a version of any scheme: three numbers at least.
std::string
version_of(std::span<const std::uint64_t> numbers, std::string_view rest = {})
{
  std::string version;
  for (std::size_t i = 0; i < std::max<std::size_t>(numbers.size(), 3); ++i) {
    version += (i == 0 ? "" : ".") + std::to_string(i < numbers.size() ? numbers[i] : 0);
  }
  return version.append(rest);
}

/// The first version behind all that begin with the same numbers up to `last`.
VersionRange::End
behind(const std::vector<std::uint64_t>& numbers, std::size_t last)
{
  std::vector<std::uint64_t> next(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(last) + 1);
  ++next.back();
  return {version_of(next), false};
}

std::size_t
kept_by_caret(const std::vector<std::uint64_t>& numbers)
{
  std::size_t at = 0;
  while (at + 1 < numbers.size() && numbers[at] == 0) {
    ++at;
  }
  return at;
}

VersionRange::Interval
interval_of(Operator meaning, const Written& written, const Dialect& dialect)
{
  using End = VersionRange::End;
  const std::vector<std::uint64_t>& numbers = written.numbers;
  if (numbers.empty()) {
    return {};
  }
  const std::size_t last = numbers.size() - 1;
  const bool is_prefix =
      written.has_star || (dialect.are_short_ones_prefixes && numbers.size() < 3 && written.rest.empty());
  const End here{version_of(numbers, written.rest), true};
  switch (meaning) {
  case Operator::equal:
    return {here, is_prefix ? behind(numbers, last) : here};
  case Operator::not_equal:
    return {here, is_prefix ? behind(numbers, last) : here, true};
  case Operator::less:
    return {std::nullopt, End{here.version, false}};
  case Operator::at_most:
    return {std::nullopt, is_prefix ? behind(numbers, last) : here};
  case Operator::greater:
    return is_prefix ? VersionRange::Interval{End{behind(numbers, last).version, true}, std::nullopt}
                     : VersionRange::Interval{End{here.version, false}, std::nullopt};
  case Operator::at_least:
    return {here, std::nullopt};
  case Operator::caret:
    return {here, behind(numbers, kept_by_caret(numbers))};
  case Operator::tilde:
    return {here, behind(numbers, std::min<std::size_t>(last, 1))};
  case Operator::pessimistic:
    return {here, behind(numbers, last == 0 ? 0 : last - 1)};
  }
  return {};
}

bool
is_comparison(Operator meaning)
{
  return meaning != Operator::equal && meaning != Operator::caret && meaning != Operator::pessimistic;
}

/// Reads one alternative from its front.
class AlternativeReader
{
public:
  AlternativeReader(std::string_view text, const Dialect& dialect)
      : text_(text),
        dialect_(dialect)
  {}

  std::optional<VersionRange::Alternative>
  read()
  {
    VersionRange::Alternative all;
    bool is_branch = false;
    while (skip(), !text_.empty()) {
      const Operator meaning = take_sign();
      std::string_view word = take_word();
      if (const std::size_t at = word.find('@'); dialect_.has_branches && at != std::string_view::npos) {
        // ">1.2@dev" is of 1.2-dev, and "^1.2@dev" of what it would be of anyway.
        if (word.substr(at) != "@stable" && is_comparison(meaning)) {
          return std::nullopt;
        }
        word = at == 0 ? "*" : word.substr(0, at);
      }
      is_branch = is_branch || (dialect_.has_branches && (word.starts_with("dev-") || word.ends_with("-dev")));
      const auto written = is_branch ? std::optional(Written()) : read_version(word, dialect_);
      if (!written) {
        return std::nullopt;
      }
      const auto upper = take_upper();
      if (upper && (!*upper || (*upper)->numbers.empty())) {
        return std::nullopt;
      }
      all.push_back(interval_of(upper ? Operator::at_least : meaning, *written, dialect_));
      if (upper) {
        all.push_back(up_to(**upper));
      }
    }
    if (all.empty()) {
      return std::nullopt;
    }
    return is_branch ? VersionRange::Alternative() : all;
  }

private:
  void
  skip()
  {
    static_cast<void>(take_while(text_, [](char each) { return each == ',' || blanks.find(each) != blanks.npos; }));
    const std::string_view word = dialect_.both;
    if (!word.empty() && text_.starts_with(word) && text_.size() > word.size()
        && blanks.find(text_[word.size()]) != blanks.npos) {
      text_.remove_prefix(word.size());
      skip_blanks();
    }
  }

  void
  skip_blanks()
  {
    static_cast<void>(take_while(text_, [](char each) { return blanks.find(each) != blanks.npos; }));
  }

  Operator
  take_sign()
  {
    for (const Sign& sign : dialect_.signs) {
      if (text_.starts_with(sign.text)) {
        text_.remove_prefix(sign.text.size());
        skip_blanks();
        return sign.meaning;
      }
    }
    return dialect_.bare;
  }

  std::string_view
  take_word()
  {
    return take_while(text_, [](char each) { return each != ',' && blanks.find(each) == blanks.npos; });
  }

  /// Of "1.0 - 2.0" what follows the hyphen; within, nothing if that is no version.
  std::optional<std::optional<Written>>
  take_upper()
  {
    std::string_view rest = text_.substr(std::min(text_.find_first_not_of(blanks), text_.size()));
    if (!dialect_.has_hyphens || rest.size() == text_.size() || rest.size() < 2 || rest[0] != '-'
        || blanks.find(rest[1]) == blanks.npos) {
      return std::nullopt;
    }
    text_ = rest.substr(1);
    skip_blanks();
    return read_version(take_word(), dialect_);
  }

  /// With fewer than three numbers all versions that begin with them.
  static VersionRange::Interval
  up_to(const Written& written)
  {
    const bool is_prefix = written.numbers.size() < 3 && written.rest.empty();
    return {std::nullopt, is_prefix ? behind(written.numbers, written.numbers.size() - 1)
                                    : VersionRange::End{version_of(written.numbers, written.rest), true}};
  }

  std::string_view text_;
  const Dialect& dialect_;
};

std::optional<VersionRange>
read_range(std::string_view text, const Dialect& dialect)
{
  if (text.size() > VersionRange::max_bytes) {
    return std::nullopt;
  }
  std::vector<VersionRange::Alternative> alternatives;
  bool is_last = false;
  while (!is_last) {
    const std::size_t end = dialect.either.empty() ? std::string_view::npos : text.find(dialect.either);
    is_last = end == std::string_view::npos;
    auto alternative = AlternativeReader(text.substr(0, end), dialect).read();
    if (!alternative) {
      return std::nullopt;
    }
    alternatives.push_back(*std::move(alternative));
    text.remove_prefix(is_last ? 0 : end + dialect.either.size());
    // Packagist and Poetry take one stroke for two.
    static_cast<void>(dialect.either == "|" && take(text, '|'));
  }
  return VersionRange(std::move(alternatives));
}

/// packaging.python.org, "Version specifiers", without "===", which compares texts; carets, tildes and alternatives are
/// Poetry's.
constexpr std::array python_signs{
    Sign{"==", Operator::equal},   Sign{"~=", Operator::pessimistic}, Sign{"!=", Operator::not_equal},
    Sign{"<=", Operator::at_most}, Sign{">=", Operator::at_least},    Sign{"<", Operator::less},
    Sign{">", Operator::greater},  Sign{"^", Operator::caret},        Sign{"~", Operator::tilde}};
constexpr Dialect python{.signs = python_signs, .either = "|", .stars = "*"};

/// Gem::Requirement.
constexpr std::array ruby_signs{Sign{"~>", Operator::pessimistic}, Sign{"!=", Operator::not_equal},
                                Sign{"<=", Operator::at_most},     Sign{">=", Operator::at_least},
                                Sign{"=", Operator::equal},        Sign{"<", Operator::less},
                                Sign{">", Operator::greater}};
constexpr Dialect ruby{.signs = ruby_signs};

/// getcomposer.org, "Versions and constraints".
constexpr std::array composer_signs{Sign{"<>", Operator::not_equal}, Sign{"!=", Operator::not_equal},
                                    Sign{"==", Operator::equal},     Sign{"<=", Operator::at_most},
                                    Sign{">=", Operator::at_least},  Sign{"=", Operator::equal},
                                    Sign{"<", Operator::less},       Sign{">", Operator::greater},
                                    Sign{"^", Operator::caret},      Sign{"~", Operator::pessimistic}};
constexpr Dialect composer{
    .signs = composer_signs, .either = "|", .stars = "*xX", .has_hyphens = true, .has_branches = true};

/// doc.rust-lang.org/cargo, "Specifying Dependencies".
constexpr std::array cargo_signs{Sign{"<=", Operator::at_most}, Sign{">=", Operator::at_least},
                                 Sign{"=", Operator::equal},    Sign{"<", Operator::less},
                                 Sign{">", Operator::greater},  Sign{"^", Operator::caret},
                                 Sign{"~", Operator::tilde}};
constexpr Dialect cargo{.signs = cargo_signs, .bare = Operator::caret, .stars = "*xX", .are_short_ones_prefixes = true};

/// hexdocs.pm/elixir, "Version", "Requirements".
constexpr std::array hex_signs{Sign{"~>", Operator::pessimistic}, Sign{"!=", Operator::not_equal},
                               Sign{"==", Operator::equal},       Sign{"<=", Operator::at_most},
                               Sign{">=", Operator::at_least},    Sign{"<", Operator::less},
                               Sign{">", Operator::greater}};
constexpr Dialect hex{.signs = hex_signs, .either = " or ", .both = "and"};

/// Paket, which does not use NuGet's brackets (fsprojects.github.io/Paket, "NuGet dependencies").
constexpr Dialect paket{.signs = ruby_signs};

/// An end of "[1.0, 2.0)"; nothing if it is no version. A floating one ("1.*") says what to prefer, and no end.
std::optional<std::optional<VersionRange::End>>
nuget_end(std::string_view text, bool is_included)
{
  text = trim(text);
  std::optional<VersionRange::End> end;
  if (!text.empty()) {
    end = {std::string(text), is_included};
  }
  if (text.find('*') != std::string_view::npos) {
    return std::nullopt;
  }
  return {std::move(end)};
}

/// learn.microsoft.com/nuget, "Version ranges": "1.0" is that or later.
std::optional<VersionRange>
read_nuget_range(std::string_view text)
{
  text = trim(text);
  if (text.empty() || text.size() > VersionRange::max_bytes) {
    return std::nullopt;
  }
  if (std::string_view("<>=~!").find(text.front()) != std::string_view::npos) {
    return read_range(text, paket);
  }
  const bool opens = text.front() == '[' || text.front() == '(';
  const bool closes = text.back() == ']' || text.back() == ')';
  if (opens != closes || (opens && text.size() < 2)) {
    return std::nullopt;
  }
  const bool has_low = text.front() != '(';
  const bool has_high = text.back() == ']';
  const std::string_view inside = opens ? text.substr(1, text.size() - 2) : text;
  const std::size_t comma = opens ? inside.find(',') : std::string_view::npos;
  const auto low = nuget_end(inside.substr(0, comma), has_low);
  const auto high = comma == std::string_view::npos ? nuget_end(opens ? inside : "", has_high)
                                                    : nuget_end(inside.substr(comma + 1), has_high);
  const bool is_exact = opens && comma == std::string_view::npos;
  if (!low || !high || (is_exact && (!has_low || !has_high || !*low))) {
    return std::nullopt;
  }
  return VersionRange({{VersionRange::Interval{*low, *high}}});
}

constexpr std::array syntaxes{
    RangeSyntax{"PyPI", [](std::string_view text) { return read_range(text, python); }},
    RangeSyntax{"RubyGems", [](std::string_view text) { return read_range(text, ruby); }},
    RangeSyntax{"Packagist", [](std::string_view text) { return read_range(text, composer); }},
    RangeSyntax{"crates.io", [](std::string_view text) { return read_range(text, cargo); }},
    RangeSyntax{"Hex", [](std::string_view text) { return read_range(text, hex); }},
    RangeSyntax{"NuGet", read_nuget_range, true},
};

}  // namespace

const RangeSyntax*
range_syntax(std::string_view ecosystem)
{
  // "Packagist:https://…" writes ranges as Packagist does.
  const std::string_view name = ecosystem.substr(0, ecosystem.find(':'));
  const auto* found = std::find_if(syntaxes.begin(), syntaxes.end(),
                                   [name](const RangeSyntax& each) { return each.ecosystem == name; });
  return found == syntaxes.end() ? nullptr : found;
}

}  // namespace sluice::deps
