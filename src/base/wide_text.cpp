// SPDX-License-Identifier: Apache-2.0
//
// Whoever looks for words of ASCII in bytes does not see them where each letter is two or four bytes wide: what Windows
// PowerShell writes, an export of the registry, the strings of a program. A byte order mark does not tell which texts
// these are: many lack it, `>>` appends such a text to one of single bytes, and four bytes in front would be enough to
// hide everything behind them. Nor is it enough to look at a beginning. But ASCII that is wide has NULs, at every
// second byte or at three of four, and text has none: memchr() tells most texts from these as fast as memory is read.
// Programs and pictures are full of NULs; there eight bytes at a time are asked whether every other one is a NUL and
// the rest are letters, as those in the middle of a wide piece are.
//
// A piece goes on over other characters until something is no character, or until half a dozen units in a row are more
// likely two letters each: then a text of single bytes begins, or one that is wide at another distance.
#include "base/wide_text.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace sluice {

namespace {

/// How characters are written.
struct Form
{
  std::size_t size = 2;  ///< bytes of a unit, 2 or 4
  bool is_little = true;
};

constexpr std::size_t least_letters = 8;  ///< shorter than any credential
constexpr std::size_t most_doubtful = 6;  ///< units
constexpr std::size_t word_size = 8;
constexpr std::size_t seen_first = 1024;  ///< bytes whose NULs tell of a text without a byte order mark

bool
is_letter(char32_t c)
{
  return (c >= 0x20 && c < 0x7F) || c == '\t' || c == '\n' || c == '\r';
}

bool
is_letter_or_nul(char byte)
{
  return byte == '\0' || is_letter(static_cast<unsigned char>(byte));
}

class Narrowing
{
public:
  explicit Narrowing(std::string_view bytes)
      : bytes_(bytes)
  {}

  std::optional<std::string>
  run()
  {
    if (bytes_.find('\0') == std::string_view::npos) {
      return std::nullopt;
    }
    begin();
    for (auto piece = next_piece(); piece; piece = next_piece()) {
      take(*piece);
    }
    if (!has_piece_) {
      return std::nullopt;
    }
    result_.append(bytes_.substr(done_));
    return std::move(result_);
  }

  struct Piece
  {
    std::size_t begin = 0;
    Form form;
  };

  /// The next one that begins with letters, behind those that are taken.
  [[nodiscard]] std::optional<Piece>
  next_piece() const
  {
    for (std::size_t at = done_; at + word_size <= bytes_.size(); at += word_size) {
      if (!is_inside(at)) {
        continue;
      }
      for (std::size_t begin = std::max(done_, at - std::min(at, word_size - 1)); begin <= at; ++begin) {
        if (const Piece piece{begin, form_at(begin)}; has_letters(piece)) {
          return piece;
        }
      }
    }
    return std::nullopt;
  }

private:
  struct Character
  {
    char32_t value = 0;  ///< 0: the bytes are none
    std::size_t length = 0;
  };

  /// Whether the word there is letters and NULs in turn, as of any piece that goes on for two words.
  [[nodiscard]] bool
  is_inside(std::size_t at) const
  {
    constexpr std::uint64_t every_other = 0x00FF00FF00FF00FF;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes_.data() + at, word_size);
    if (word == 0 || ((word & every_other) != 0 && (word & ~every_other) != 0)) {
      return false;
    }
    const std::string_view bytes = bytes_.substr(at, word_size);
    return std::all_of(bytes.begin(), bytes.end(), is_letter_or_nul);
  }

  /// The only form in which letters can begin there.
  [[nodiscard]] Form
  form_at(std::size_t at) const
  {
    const auto is_nul = [this](std::size_t place) { return place < bytes_.size() && bytes_[place] == '\0'; };
    const bool is_little = !is_nul(at);
    return {is_nul(is_little ? at + 2 : at + 1) ? std::size_t{4} : std::size_t{2}, is_little};
  }

  [[nodiscard]] char32_t
  unit(std::size_t at, Form form) const
  {
    char32_t value = 0;
    for (std::size_t i = 0; i < form.size; ++i) {
      const std::size_t place = form.is_little ? form.size - 1 - i : i;
      value = value << 8U | static_cast<unsigned char>(bytes_[at + place]);
    }
    return value;
  }

  [[nodiscard]] Character
  character(std::size_t at, Form form) const
  {
    const auto is_surrogate = [](char32_t c, char32_t first) { return c >= first && c < first + 0x400; };
    if (bytes_.size() - at < form.size) {
      return {};
    }
    const char32_t first = unit(at, form);
    if (form.size == 2 && is_surrogate(first, 0xD800) && bytes_.size() - at >= 4) {
      const char32_t second = unit(at + 2, form);
      return is_surrogate(second, 0xDC00) ? Character{0x10000 + ((first - 0xD800) << 10U) + (second - 0xDC00), 4}
                                          : Character{};
    }
    const bool is_character = first <= 0x10FFFF && (first < 0xD800 || first > 0xDFFF);
    return is_character ? Character{first, form.size} : Character{};
  }

  [[nodiscard]] bool
  has_letters(const Piece& piece) const
  {
    if (bytes_.size() - piece.begin < least_letters * piece.form.size) {
      return false;
    }
    for (std::size_t i = 0; i < least_letters; ++i) {
      if (!is_letter(unit(piece.begin + i * piece.form.size, piece.form))) {
        return false;
      }
    }
    return true;
  }

  /// A whole text says at its beginning how it is written, even if that is in another script.
  void
  begin()
  {
    static constexpr std::array<std::pair<std::string_view, Form>, 4> marks{{{{"\xFF\xFE\0\0", 4}, {4, true}},
                                                                             {{"\0\0\xFE\xFF", 4}, {4, false}},
                                                                             {{"\xFF\xFE", 2}, {2, true}},
                                                                             {{"\xFE\xFF", 2}, {2, false}}}};
    for (const auto& [mark, form] : marks) {
      if (bytes_.starts_with(mark)) {
        done_ = mark.size();
        take({done_, form});
        return;
      }
    }
    std::array<std::size_t, 2> nuls{};
    const std::string_view first = bytes_.substr(0, seen_first);
    for (std::size_t nul = first.find('\0'); nul != std::string_view::npos; nul = first.find('\0', nul + 1)) {
      ++nuls[nul % 2];
    }
    const Form form{2, nuls[0] == 0};
    if (std::min(nuls[0], nuls[1]) == 0 && std::max(nuls[0], nuls[1]) >= least_letters && !is_doubtful(0, form)) {
      take({0, form});
    }
  }

  /// Whether both bytes of a unit may be letters of another text.
  [[nodiscard]] bool
  is_doubtful(std::size_t at, Form form) const
  {
    return form.size == 2 && is_letter_or_nul(bytes_[at]) && is_letter_or_nul(bytes_[at + 1])
           && !is_letter(unit(at, form));
  }

  void
  take(const Piece& piece)
  {
    result_.append(bytes_.substr(done_, piece.begin - done_));
    done_ = piece.begin;
    std::size_t doubtful = 0;
    std::size_t kept = result_.size();
    for (std::size_t at = done_; at < bytes_.size();) {
      const Character character = this->character(at, piece.form);
      if (character.value == 0) {
        break;
      }
      doubtful = is_doubtful(at, piece.form) ? doubtful + 1 : 0;
      if (doubtful == most_doubtful) {
        break;
      }
      append_utf8(result_, character.value);
      at += character.length;
      if (doubtful == 0) {
        done_ = at;
        kept = result_.size();
        has_piece_ = true;
      }
    }
    result_.resize(kept);
  }

  std::string_view bytes_;
  std::size_t done_ = 0;  ///< bytes that are in the result
  std::string result_;
  bool has_piece_ = false;
};

}  // namespace

bool
has_wide_text(std::string_view bytes)
{
  return Narrowing(bytes).next_piece().has_value();
}

std::optional<std::string>
with_wide_text_narrowed(std::string_view bytes)
{
  return Narrowing(bytes).run();
}

}  // namespace sluice
