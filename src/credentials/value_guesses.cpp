// SPDX-License-Identifier: Apache-2.0
//
// In a line of somebody's file the neighbour of what was found is often a secret of unknown form. Three things speak
// for one: its place (behind a sign or a flag, in quotes, in a call), the name of that place, and its look. A name that
// says "password" needs no look; any other place needs a value that looks random (random_look.hpp), and what has no
// place at all, a field of CSV or the word behind a token, has to look more so.
#include "base/text.hpp"
#include "credentials/guesses.hpp"
#include "credentials/random_look.hpp"
#include "credentials/redaction.hpp"

#include <algorithm>
#include <optional>

namespace sluice::credentials {

namespace {

constexpr std::string_view quotes = "\"'`";
constexpr std::string_view closing = ",;)}]>&|";

bool
is_of_name(char c)
{
  return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

/// Of a word that has no place.
bool
is_of_word(char c)
{
  return is_of_name(c) || is_any_of(c, "+/.~%");
}

/// Names of places that hold nothing but secrets.
bool
names_secret(std::string_view name)
{
  while (!name.empty() && (is_digit(name.back()) || is_any_of(name.back(), "_-"))) {
    name.remove_suffix(1);
  }
  const std::string lower = to_lower(name);
  constexpr std::string_view ends[]{
      "password",   "passwd",    "passwort",    "passphrase", "passcode",   "pass",        "pwd",          "secret",
      "token",      "apikey",    "api_key",     "api-key",    "access_key", "access-key",  "accesskey",    "secret_key",
      "secret-key", "secretkey", "private_key", "auth_key",   "credential", "credentials", "authorization"};
  return std::any_of(std::begin(ends), std::end(ends), [&lower](std::string_view end) { return lower.ends_with(end); });
}

/// Functions that are called with one.
bool
takes_secret(std::string_view name)
{
  const std::string lower = to_lower(name);
  constexpr std::string_view ends[]{"login", "connect", "auth", "authenticate", "signin", "sign_in", "basicauth"};
  return names_secret(name) || std::any_of(std::begin(ends), std::end(ends), [&lower](std::string_view end) {
           return lower.ends_with(end);
         });
}

/// `Bearer` and its like, behind which the secret comes.
bool
is_scheme(std::string_view word)
{
  const std::string lower = to_lower(word);
  constexpr std::string_view schemes[]{"bearer", "basic", "token", "digest", "apikey", "key", "negotiate", "splunk"};
  return std::find(std::begin(schemes), std::end(schemes), lower) != std::end(schemes);
}

/// What stands where a secret would and says what belongs there.
bool
is_type_or_nothing(std::string_view value)
{
  const std::string lower = to_lower(value);
  constexpr std::string_view words[]{"null",    "none", "nil",  "true",    "false", "undefined", "required", "string",
                                     "string?", "str",  "text", "varchar", "char",  "any",       "object",   "bytea"};
  return std::find(std::begin(words), std::end(words), lower) != std::end(words);
}

/// A word, or several joined: what is said of a secret rather than the secret.
bool
is_words(std::string_view value)
{
  return std::all_of(value.begin(), value.end(), [](char c) { return is_letter(c) || is_any_of(c, "_-./"); })
         && !is_random(value);
}

class LineReader
{
public:
  LineReader(std::string_view line, std::vector<Hidden>& hidden, std::uint64_t& work)
      : line_(line),
        hidden_(hidden),
        work_(work)
  {}

  void
  read()
  {
    for (at_ = 0; at_ < line_.size(); ++at_) {
      ++work_;
      const char c = line_[at_];
      if (c == '=' || c == ':') {
        read_sign();
      } else if (c == '(') {
        is_placed_ = true;
        is_call_ = takes_secret(name_before(at_));
      } else if (c == ')') {
        is_call_ = false;
      } else if (is_any_of(c, quotes)) {
        read_quoted();
      } else if (is_blank(c)) {
        read_named_word();
      } else if (is_of_word(c) && (at_ == 0 || !is_of_word(line_[at_ - 1]))) {
        read_word();
      }
    }
  }

private:
  /// How much a place says about what is in it.
  enum class Place {
    unnamed,  ///< hidden if it looks random
    likely,   ///< hidden unless it is made of words
    named,    ///< hidden
  };

  [[nodiscard]] std::size_t
  skip(std::size_t at, std::string_view set) const
  {
    return std::min(line_.find_first_not_of(set, at), line_.size());
  }

  /// The name that ends before `end`, without quotes, brackets and blanks behind it.
  std::string_view
  name_before(std::size_t end)
  {
    constexpr std::size_t most_between = 4;
    constexpr std::size_t longest = 64;
    for (std::size_t i = 0; i < most_between && end > 0 && is_any_of(line_[end - 1], " \t\"'`]?"); ++i) {
      --end;
    }
    std::size_t begin = end;
    while (begin > 0 && end - begin < longest && is_of_name(line_[begin - 1])) {
      --begin;
    }
    work_ += end - begin + 1;
    return line_.substr(begin, end - begin);
  }

  /// The end of the run that `begin` lies in, read once for all places in it.
  std::size_t
  run_end(std::size_t begin)
  {
    if (begin < run_.begin || begin > run_.end) {
      run_ = {begin, begin};
      while (run_.end < line_.size() && !is_blank(line_[run_.end]) && !is_any_of(line_[run_.end], quotes)
             && !is_any_of(line_[run_.end], closing)) {
        ++run_.end;
      }
      work_ += run_.size() + 1;
    }
    return run_.end;
  }

  /// Of what is quoted, up to its quote; of what is not, up to a blank or a quote, without what closes something
  /// around.
  Span
  whole_value(std::size_t begin)
  {
    // One that is longer is hidden in pieces.
    constexpr std::size_t longest = 1024;
    const std::string_view line = line_.substr(0, begin + longest);
    const bool is_quoted = begin > 0 && is_any_of(line[begin - 1], quotes);
    std::size_t end = is_quoted ? line.find(line[begin - 1], begin) : std::string_view::npos;
    if (end == std::string_view::npos) {
      end = std::min(line.find_first_of(" \t\r\n\"'`", begin), line.size());
      while (end > begin && is_any_of(line_[end - 1], closing)) {
        --end;
      }
    }
    work_ += end - begin + 1;
    return {begin, end};
  }

  /// Hides the value if it is one; where the next thing to look at is.
  bool
  hide(Span value, Place place)
  {
    const std::string_view text = value.of(line_);
    constexpr std::size_t shortest = 3;
    work_ += std::min(text.size(), most_looked_at);
    if (text.size() < shortest || is_stand_in(text)) {
      return false;
    }
    const bool is_hidden = place == Place::unnamed  ? is_random(text)
                           : place == Place::likely ? !is_words(text)
                                                    : !is_type_or_nothing(text);
    if (is_hidden) {
      hidden_.push_back({value, mark_of(text)});
    }
    return is_hidden;
  }

  /// Whether what is assigned is a name, a call or another expression of a program, not a value.
  [[nodiscard]] bool
  is_expression(std::size_t sign, std::string_view value) const
  {
    const bool is_spaced = line_[sign] == '=' && sign > 0 && is_blank(line_[sign - 1]);
    const bool is_name =
        std::all_of(value.begin(), value.end(), [](char c) { return is_letter(c) || is_any_of(c, "_.$"); });
    return is_any_of(value.front(), "([{<$@&*") || value.find('(') != std::string_view::npos
           || value.find('[') != std::string_view::npos || (is_spaced && is_name);
  }

  void
  read_sign()
  {
    const std::size_t sign = at_;
    const bool is_cast = line_.substr(sign, 2) == "::";
    const bool is_named = !is_cast && names_secret(name_before(sign));
    is_placed_ = true;
    const std::size_t begin = skip(sign + 1, " \t>=:\"'`");
    at_ = begin - 1;
    if (begin >= line_.size()) {
      return;
    }
    const Span word{begin, run_end(begin)};
    if (is_scheme(word.of(line_))) {
      read_second(word.end, Place::likely);
      return;
    }
    const bool is_quoted = is_any_of(line_[begin - 1], quotes);
    if (is_named && (is_quoted || !is_expression(sign, word.size() == 0 ? ")" : word.of(line_)))) {
      if (const Span value = whole_value(begin); hide(value, Place::named)) {
        at_ = value.end - 1;
        return;
      }
    }
    if (hide(word, Place::unnamed)) {
      at_ = word.end - 1;
    }
    read_second(word.end, Place::unnamed);
  }

  void
  read_second(std::size_t after, Place place)
  {
    const std::size_t begin = skip(after, " \t");
    if (begin != after && begin < line_.size()) {
      hide({begin, run_end(begin)}, place);
    }
  }

  void
  read_quoted()
  {
    const std::size_t begin = at_ + 1;
    if (is_placed_ && begin < line_.size()) {
      const Span value = is_call_ ? whole_value(begin) : Span{begin, run_end(begin)};
      if (hide(value, is_call_ ? Place::likely : Place::unnamed)) {
        at_ = value.end - 1;
      }
    }
  }

  void
  read_word()
  {
    std::size_t end = at_;
    while (end < line_.size() && is_of_word(line_[end])) {
      ++end;
    }
    work_ += end - at_ + most_looked_at;
    Span piece = random_piece({line_.data() + at_, end - at_});
    if (piece.size() == 0) {
      return;
    }
    piece = {at_ + piece.begin, at_ + piece.end};
    piece.end = piece.end < end ? piece.end : skip(end, "=");
    hidden_.push_back({piece, mark_of(piece.of(line_))});
    at_ = piece.end - 1;
  }

  /// `--password x`, `PASSWORD 'x'`, `Bearer x` and the `password x` of a .netrc.
  void
  read_named_word()
  {
    const std::string_view name = at_ == 0 || !is_of_name(line_[at_ - 1]) ? std::string_view() : name_before(at_);
    const std::size_t begin = skip(at_, " \t");
    if (name.empty() || begin >= line_.size() || is_any_of(line_[begin], "=:")) {
      return;
    }
    const bool is_quoted = is_any_of(line_[begin], quotes);
    if (is_scheme(name) && !is_quoted && !is_any_of(line_[begin], "([{<")) {
      hide({begin, run_end(begin)}, Place::likely);
    } else if (names_secret(name)) {
      const bool is_sure = name.starts_with('-') || is_quoted || is_netrc();
      const Span value = whole_value(begin + (is_quoted ? 1 : 0));
      if (hide(value, is_sure ? Place::named : Place::likely)) {
        at_ = value.end - 1;
      }
    }
  }

  bool
  is_netrc()
  {
    if (!is_netrc_) {
      const std::string_view first = line_.substr(0, line_.find_first_of(" \t"));
      is_netrc_ = first == "machine" || first == "login" || first == "default" || line_.starts_with("password ")
                  || line_.find(" login ") != std::string_view::npos;
      work_ += line_.size();
    }
    return *is_netrc_;
  }

  std::string_view line_;
  std::vector<Hidden>& hidden_;
  std::uint64_t& work_;
  std::size_t at_ = 0;
  Span run_{1, 0};
  bool is_placed_ = false;  ///< a sign or a call was seen, so that a quote can begin a value
  bool is_call_ = false;    ///< in the brackets of a function that takes a secret
  std::optional<bool> is_netrc_;
};

}  // namespace

void
Guesses::hide_values(std::string_view line, std::vector<Hidden>& hidden)
{
  LineReader(line, hidden, work_).read();
}

}  // namespace sluice::credentials
