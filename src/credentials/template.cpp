// SPDX-License-Identifier: Apache-2.0
#include "credentials/template.hpp"

#include "base/hash.hpp"
#include "credentials/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace sluice::credentials {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

struct Alphabet
{
  std::string_view name;
  std::string characters;
};

const std::array<Alphabet, 11>&
alphabets()
{
  static const std::string alnum = std::string(digits) + std::string(upper) + std::string(lower);
  static const std::array<Alphabet, 11> all{{{"base62", alnum},
                                             {"base64", alnum + "+/"},
                                             {"base64url", alnum + "-_"},
                                             {"hex", "0123456789abcdef"},
                                             {"HEX", "0123456789ABCDEF"},
                                             {"digits", std::string(digits)},
                                             {"alnum-lower", std::string(digits) + std::string(lower)},
                                             {"alnum-upper", std::string(digits) + std::string(upper)},
                                             {"base32", std::string(upper) + "234567"},
                                             {"lower", std::string(lower)},
                                             {"upper", std::string(upper)}}};
  return all;
}

class Expander
{
public:
  Expander(std::string_view seed, Checksum checksum)
      : seed_(seed),
        checksum_(checksum)
  {}

  std::string expand(std::string_view text);

private:
  /// What a directive stands for; nothing if it is none.
  std::optional<std::string> value_of(std::string_view directive);
  std::string random(std::string_view alphabet, std::size_t length);
  [[nodiscard]] std::optional<std::string> check_of_token() const;
  std::string uuid();

  std::string seed_;
  Checksum checksum_;
  std::string output_;
  std::uint64_t drawn_ = 0;
};

/// Where the directive that begins after `{{` ends: at its closing braces, beyond those of JSON inside it.
std::size_t
directive_end(std::string_view text, std::size_t begin)
{
  int depth = 0;
  for (std::size_t i = begin; i + 1 < text.size(); ++i) {
    if (depth == 0 && text[i] == '}' && text[i + 1] == '}') {
      return i;
    }
    depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
  }
  return std::string_view::npos;
}

/// SHA-256 as a counter-mode generator: slow, and the same on every machine and for ever.
std::string
Expander::random(std::string_view alphabet, std::size_t length)
{
  std::string text;
  while (text.size() < length) {
    for (const std::uint8_t byte : sha256(fmt::format("{}:{}", seed_, drawn_++))) {
      if (text.size() < length && byte < 256 / alphabet.size() * alphabet.size()) {
        text += alphabet[byte % alphabet.size()];
      }
    }
  }
  return text;
}

std::string
Expander::uuid()
{
  constexpr std::string_view hex = "0123456789abcdef";
  // One after the other: compilers evaluate the arguments of a call in orders of their own.
  std::string text = random(hex, 8) + "-";
  text += random(hex, 4) + "-4";
  text += random(hex, 3) + "-";
  text += random("89ab", 1);
  text += random(hex, 3) + "-";
  return text += random(hex, 12);
}

std::optional<std::string>
Expander::check_of_token() const
{
  std::string_view text = output_;
  // Atlassian's tokens have a `=` before the check characters.
  const std::size_t last = text.ends_with('=') && text.size() > 1 ? text.size() - 2 : text.size();
  const std::size_t separator = text.find_last_of(" \t\n\"'`=", last);
  return check_characters(checksum_, separator == std::string_view::npos ? text : text.substr(separator + 1));
}

std::optional<std::string>
Expander::value_of(std::string_view directive)
{
  const std::size_t colon = std::min(directive.find(':'), directive.size());
  const std::string_view name = directive.substr(0, colon);
  const std::string_view argument = directive.substr(std::min(colon + 1, directive.size()));
  if (name == "checksum") {
    return check_of_token();
  }
  if (name == "uuid") {
    return uuid();
  }
  if (name == "lit") {
    return std::string(argument);
  }
  if (name == "b64std") {
    return to_base64(argument);
  }
  if (name == "b64json") {
    std::string text = to_base64(argument);
    text.erase(std::min(text.find('='), text.size()));
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
  }
  const auto alphabet =
      std::find_if(alphabets().begin(), alphabets().end(), [name](const Alphabet& each) { return each.name == name; });
  std::size_t length = 0;
  const auto parsed = std::from_chars(argument.data(), argument.data() + argument.size(), length);
  if (alphabet == alphabets().end() || parsed.ec != std::errc() || parsed.ptr != argument.data() + argument.size()
      || length > 65536) {
    return std::nullopt;
  }
  return random(alphabet->characters, length);
}

std::string
Expander::expand(std::string_view text)
{
  std::size_t done = 0;
  for (std::size_t open = text.find("{{"); open != std::string_view::npos; open = text.find("{{", open + 2)) {
    const std::size_t end = directive_end(text, open + 2);
    if (end == std::string_view::npos) {
      break;
    }
    output_ += text.substr(done, open - done);
    done = open;
    if (const auto value = value_of(text.substr(open + 2, end - open - 2))) {
      output_ += *value;
      done = end + 2;
      open = end;
    }
  }
  return output_ += text.substr(done);
}

}  // namespace

std::string
expand_template(std::string_view text, std::string_view seed, Checksum checksum)
{
  return Expander(seed, checksum).expand(text);
}

std::string
expand_template(std::string_view text, std::string_view rule_id)
{
  const auto all = rules();
  const auto rule =
      std::find_if(all.begin(), all.end(), [rule_id](const Rule& each) { return each.meta.id == rule_id; });
  return expand_template(text, rule_id, rule == all.end() ? Checksum::none : rule->checksum);
}

}  // namespace sluice::credentials
