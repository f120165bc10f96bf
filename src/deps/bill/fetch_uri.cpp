// SPDX-License-Identifier: Apache-2.0
#include "deps/bill/fetch_uri.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

constexpr std::size_t longest = 8192;

/// RFC 3986: unreserved, gen-delims but brackets, sub-delims.
constexpr std::string_view allowed = "-._~:/?@!$&'()*+,;=";

/// Percent-encodes what may not stand in a URI; of several number signs only the first begins a fragment.
std::string
encoded(std::string_view text)
{
  std::string out;
  bool has_fragment = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_escape =
        c == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    const bool begins_fragment = c == '#' && !has_fragment;
    if (is_letter(c) || is_digit(c) || is_escape || begins_fragment || allowed.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    has_fragment = has_fragment || begins_fragment;
  }
  return out;
}

bool
has_scheme(std::string_view text)
{
  constexpr auto schemes = std::to_array<std::string_view>({"http", "https", "ssh", "git", "ftp", "sftp", "git+http",
                                                            "git+https", "git+ssh", "git+git", "hg+https", "hg+ssh",
                                                            "svn+https", "svn+ssh", "bzr+https", "bzr+ssh"});
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos || end + 3 >= text.size()) {
    return false;
  }
  const std::string scheme = to_lower(text.substr(0, end));
  const char host = text[end + 3];
  return std::find(schemes.begin(), schemes.end(), scheme) != schemes.end() && (is_letter(host) || is_digit(host));
}

/// A password of an address is nobody's business who reads a bill, and neither is whose it is.
std::string
without_user(std::string_view uri)
{
  const std::size_t begin = uri.find("://") + 3;
  const std::size_t end = std::min(uri.find_first_of("/?#", begin), uri.size());
  const std::size_t at = uri.substr(begin, end - begin).rfind('@');
  const bool is_shell = uri.substr(0, begin).find("ssh") != std::string_view::npos;
  if (at == std::string_view::npos || (is_shell && uri.substr(begin, at).find(':') == std::string_view::npos)) {
    return std::string(uri);
  }
  return std::string(uri.substr(0, begin)).append(uri.substr(begin + at + 1));
}

/// "user@host:path" and "host:path" of scp, which git takes.
std::string
ssh_of(std::string_view text)
{
  const std::size_t colon = text.find(':');
  const std::size_t at = text.find('@');
  const bool is_scp = colon != std::string_view::npos && at < colon && at != 0 && text.find('/') > colon
                      && colon + 1 < text.size() && text[colon + 1] != '/';
  return is_scp ? fmt::format("ssh://{}/{}", text.substr(0, colon), text.substr(colon + 1)) : std::string(text);
}

}  // namespace

std::string
fetch_uri(const Package& package)
{
  if (package.source == Source::path || package.location.size() > longest) {
    return {};
  }
  const std::string text = package.source == Source::git ? ssh_of(package.location) : std::string(package.location);
  return has_scheme(text) ? without_user(encoded(text)) : std::string();
}

bool
has_domain(std::string_view uri)
{
  const std::size_t scheme = uri.find("://");
  std::string_view host = scheme == std::string_view::npos ? std::string_view() : uri.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  host = host.substr(host.rfind('@') + 1);
  host = host.substr(0, host.find(':'));
  const std::size_t dot = host.rfind('.');
  bool was_mark = true;
  for (const char c : host) {
    const bool is_mark = c == '-' || c == '.';
    if (is_mark ? was_mark : !is_letter(c) && !is_digit(c)) {
      return false;
    }
    was_mark = is_mark;
  }
  return dot != std::string_view::npos && dot + 2 < host.size() && is_letter(host[dot + 1]) && is_letter(host[dot + 2]);
}

}  // namespace sluice::deps
