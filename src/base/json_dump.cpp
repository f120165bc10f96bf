// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace sluice {

namespace {

/// Bytes at the beginning of `text`, which is not UTF-8 there, that stand for one character which was cut off: the
/// "maximal subpart" of the Unicode Standard (chapter 3.9), for which one U+FFFD is put.
std::size_t
broken_length(std::string_view text)
{
  const auto byte_at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte_at(0);
  const bool is_lead = lead >= 0xc2 && lead <= 0xf4;
  const std::size_t length = !is_lead ? 1 : (lead >= 0xf0 ? 4 : (lead >= 0xe0 ? 3 : 2));
  const unsigned char first = lead == 0xe0 ? 0xa0 : (lead == 0xf0 ? 0x90 : 0x80);
  const unsigned char last = lead == 0xed ? 0x9f : (lead == 0xf4 ? 0x8f : 0xbf);
  std::size_t taken = 1;
  while (taken < length && taken < text.size()) {
    const unsigned char byte = byte_at(taken);
    if (taken == 1 ? byte < first || byte > last : byte < 0x80 || byte > 0xbf) {
      break;
    }
    ++taken;
  }
  return taken;
}

/// Bytes at the beginning of `text` that stand for themselves in any form.
std::size_t
plain_length(std::string_view text)
{
  const auto* const end = std::find_if(text.begin(), text.end(), [](char c) {
    return static_cast<signed char>(c) < 0x20 || c == 0x7f || c == '"' || c == '\\';  // from 0x80 on they are negative
  });
  return static_cast<std::size_t>(end - text.begin());
}

class JsonWriter
{
public:
  JsonWriter(std::optional<unsigned> indent, JsonText form)
      : indent_(indent),
        form_(form)
  {}

  void
  value(const Json& json)
  {
    if (json.is_object()) {
      list(json.members(), '{', '}', [this](const Json::Member& member) {
        text(member.key);
        out_ += indent_ ? ": " : ":";
        value(member.value);
      });
    } else if (json.is_array()) {
      list(json.items(), '[', ']', [this](const Json& item) { value(item); });
    } else if (const std::string* string = json.text()) {
      text(*string);
    } else if (const auto boolean = json.boolean()) {
      out_ += *boolean ? "true" : "false";
    } else {
      number(json);
    }
  }

  [[nodiscard]] std::string
  take() &&
  {
    return std::move(out_);
  }

private:
  template<typename Items, typename Write>
  void
  list(const Items& items, char open, char close, Write write)
  {
    out_ += open;
    if (!items.empty()) {
      ++depth_;
      for (const auto& item : items) {
        out_ += &item == items.data() ? "" : ",";
        new_line();
        write(item);
      }
      --depth_;
      new_line();
    }
    out_ += close;
  }

  void
  new_line()
  {
    if (indent_) {
      out_ += '\n';
      out_.append(std::size_t{*indent_} * depth_, ' ');
    }
  }

  void
  number(const Json& json)
  {
    if (const auto natural = json.natural()) {
      fmt::format_to(std::back_inserter(out_), "{}", *natural);
    } else if (const auto integer = json.integer()) {
      fmt::format_to(std::back_inserter(out_), "{}", *integer);
    } else if (const auto real = json.real(); real && std::isfinite(*real)) {
      const std::string digits = fmt::format("{}", *real);
      out_ += digits + (digits.find_first_of(".e") == std::string::npos ? ".0" : "");
    } else {
      out_ += "null";
    }
  }

  void
  text(std::string_view any)
  {
    out_ += '"';
    while (true) {
      const std::size_t length_of_plain = plain_length(any);
      out_ += any.substr(0, length_of_plain);
      any.remove_prefix(length_of_plain);
      if (any.empty()) {
        break;
      }
      const auto [character, length] = decode_utf8(any);
      if (character) {
        put(*character, any.substr(0, length));
        any.remove_prefix(length);
      } else {
        put(U'\ufffd', "\ufffd");
        any.remove_prefix(broken_length(any));
      }
    }
    out_ += '"';
  }

  void
  put(char32_t character, std::string_view bytes)
  {
    constexpr std::string_view named = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t nth = character < 0x80 ? named.find(static_cast<char>(character)) : std::string_view::npos;
    if (nth != std::string_view::npos) {
      out_ += '\\';
      out_ += letters[nth];
    } else if (character > 0xffff && form_ == JsonText::ascii) {
      const auto offset = static_cast<std::uint32_t>(character) - 0x10000U;
      unit(0xd800U + (offset >> 10U));
      unit(0xdc00U + (offset & 0x3ffU));
    } else if (character < 0x20 || (character >= 0x7f && form_ == JsonText::ascii)) {
      unit(static_cast<std::uint32_t>(character));
    } else {
      out_ += bytes;
    }
  }

  void
  unit(std::uint32_t utf16)
  {
    fmt::format_to(std::back_inserter(out_), "\\u{:04x}", utf16);
  }

  std::optional<unsigned> indent_;
  JsonText form_;
  std::size_t depth_ = 0;
  std::string out_;
};

}  // namespace

std::string
Json::dump(std::optional<unsigned> indent, JsonText form) const
{
  JsonWriter writer(indent, form);
  writer.value(*this);
  return std::move(writer).take();
}

}  // namespace sluice
