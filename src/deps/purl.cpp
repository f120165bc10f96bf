// SPDX-License-Identifier: Apache-2.0
#include "deps/purl.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace sluice::deps {

namespace {

constexpr std::string_view hexadecimal = "0123456789ABCDEF";

/// Nothing if a percent sign begins no escape.
std::optional<std::string>
decoded_part(std::string_view text)
{
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

/// Letters, digits, dot, hyphen and underscore, not a digit first.
bool
is_word(std::string_view text, std::string_view marks)
{
  return !text.empty() && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), [marks](char c) {
    return is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos;
  });
}

std::string
encoded_path(std::string_view path)
{
  std::string out;
  for (const std::string_view segment : split(path, '/')) {
    out.append(out.empty() ? "" : "/").append(purl_encoded(segment));
  }
  return out;
}

/// Segments without the empty ones; each is decoded and may then hold no slash.
Result<std::string>
path_of(std::string_view text, bool is_subpath)
{
  std::string out;
  for (const std::string_view segment : split(text, '/')) {
    if (segment.empty() || (is_subpath && (segment == "." || segment == ".."))) {
      continue;
    }
    const auto plain = decoded_part(segment);
    const bool is_dots = is_subpath && plain && (*plain == "." || *plain == "..");
    if (!plain || plain->empty() || plain->find('/') != std::string::npos || is_dots) {
      return fail(ErrorKind::input, "no package URL: a segment is not percent-encoded as it must be");
    }
    out.append(out.empty() ? "" : "/").append(*plain);
  }
  return out;
}

Result<>
add_qualifiers(std::string_view text, Purl& purl)
{
  for (const std::string_view pair : split(text, '&')) {
    if (pair.empty()) {
      continue;
    }
    const std::size_t equals = pair.find('=');
    const std::string key = to_lower(pair.substr(0, equals));
    const auto value = decoded_part(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
    if (!is_word(key, ".-_") || !value) {
      return fail(ErrorKind::input, "no package URL: a qualifier is none");
    }
    if (value->empty()) {
      continue;
    }
    if (!purl.qualifiers.emplace(key, *value).second || purl.qualifiers.size() > max_purl_qualifiers) {
      return fail(ErrorKind::input, "no package URL: a qualifier stands twice, or there are too many");
    }
  }
  return {};
}

/// Cuts the text off at the mark there, and gives what follows that; nothing if there is no mark (npos).
std::string_view
cut(std::string_view& text, std::size_t at)
{
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

}  // namespace

std::string
purl_encoded(std::string_view text)
{
  std::string out;
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || std::string_view(".-_~:").find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', hexadecimal[byte / 16U], hexadecimal[byte % 16U]};
    }
  }
  return out;
}

void
normalise(Purl& purl)
{
  const std::string_view type = purl.type;
  if (type == "github" || type == "githubactions" || type == "bitbucket" || type == "composer" || type == "hex"
      || type == "deb" || type == "apk" || type == "alpm" || type == "bitnami") {
    purl.space = to_lower(purl.space);
    purl.name = to_lower(purl.name);
  } else if (type == "pypi") {
    purl.name = replace_all(to_lower(purl.name), "_", "-");
  } else if (type == "rpm") {
    purl.space = to_lower(purl.space);
  }
}

Result<Purl>
parse_purl(std::string_view text)
{
  if (text.size() > max_purl_bytes) {
    return fail(ErrorKind::input, "no package URL: it is longer than {} bytes", max_purl_bytes);
  }
  if (to_lower(text.substr(0, 4)) != "pkg:") {
    return fail(ErrorKind::input, "no package URL: it does not begin with pkg:");
  }
  Purl purl;
  std::string_view rest = text.substr(4);
  TRY_ASSIGN(purl.subpath, path_of(cut(rest, rest.rfind('#')), true));
  TRY(add_qualifiers(cut(rest, rest.rfind('?')), purl));
  rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
  const std::size_t slash = rest.find('/');
  purl.type = to_lower(rest.substr(0, slash));
  if (slash == std::string_view::npos || !is_word(purl.type, ".-+")) {
    return fail(ErrorKind::input, "no package URL: it has no type");
  }
  rest.remove_prefix(slash + 1);
  // An @ of a namespace is to be encoded ("%40babel"), and often is not ("@babel/core@7.0.0").
  const std::size_t at = rest.rfind('@');
  const bool is_version = at != std::string_view::npos && at != 0 && rest[at - 1] != '/';
  const auto version = decoded_part(is_version ? cut(rest, at) : std::string_view());
  while (rest.ends_with('/')) {
    rest.remove_suffix(1);
  }
  const std::size_t last = rest.rfind('/');
  const auto name = decoded_part(last == std::string_view::npos ? rest : rest.substr(last + 1));
  if (!version || !name || name->empty()) {
    return fail(ErrorKind::input, "no package URL: it has no name, or is not percent-encoded as it must be");
  }
  TRY_ASSIGN(purl.space, path_of(rest.substr(0, last == std::string_view::npos ? 0 : last), false));
  purl.name = *name;
  purl.version = *version;
  normalise(purl);
  return purl;
}

std::string
to_text(const Purl& purl)
{
  std::string out = "pkg:" + purl.type + "/";
  out += purl.space.empty() ? "" : encoded_path(purl.space) + "/";
  out += purl_encoded(purl.name);
  out += purl.version.empty() ? "" : "@" + purl_encoded(purl.version);
  char mark = '?';
  for (const auto& [key, value] : purl.qualifiers) {
    out.append(1, mark).append(key).append("=").append(purl_encoded(value));
    mark = '&';
  }
  return purl.subpath.empty() ? out : out + "#" + encoded_path(purl.subpath);
}

}  // namespace sluice::deps
