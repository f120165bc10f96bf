// SPDX-License-Identifier: Apache-2.0
#include "deps/address.hpp"

#include "base/glob.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace sluice::deps {

namespace {

/// As npm (hosted-git-info) and Bun shorten them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> short_hosts{{{"github:", "github.com"},
                                                                                    {"gitlab:", "gitlab.com"},
                                                                                    {"bitbucket:", "bitbucket.org"},
                                                                                    {"gist:", "gist.github.com"}}};

struct PublicHost
{
  std::string_view ecosystem, host;
  std::string_view path = {};  ///< the beginning of it
};

/// docs.npmjs.com and Yarn's default; npm.jsr.io serves JSR to npm; cargo's old index is a repository on GitHub, of
/// which the sparse one has the same content; pypi.python.org and pub.dartlang.org are what pypi.org and pub.dev were;
/// repo.hex.pm has those of organisations, too.
constexpr std::array<PublicHost, 14> public_hosts{{{"npm", "registry.npmjs.org"},
                                                   {"npm", "registry.yarnpkg.com"},
                                                   {"npm", "npm.jsr.io"},
                                                   {"PyPI", "pypi.org"},
                                                   {"PyPI", "files.pythonhosted.org"},
                                                   {"PyPI", "pypi.python.org"},
                                                   {"crates.io", "index.crates.io"},
                                                   {"crates.io", "static.crates.io"},
                                                   {"crates.io", "github.com", "rust-lang/crates.io-index"},
                                                   {"RubyGems", "rubygems.org"},
                                                   {"RubyGems", "index.rubygems.org"},
                                                   {"Pub", "pub.dev"},
                                                   {"Pub", "pub.dartlang.org"},
                                                   {"Hex", "repo.hex.pm", "tarballs"}}};

/// What means the same in a URL whether or not it is encoded (RFC 3986, 2.3).
bool
is_unreserved(char character)
{
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
         || (character >= '0' && character <= '9') || character == '-' || character == '.' || character == '_'
         || character == '~';
}

enum class Decode { all, unreserved };

std::string
decoded(std::string_view text, Decode what)
{
  const auto digit = [text](std::size_t at) { return at < text.size() ? hex_value(text[at]) : -1; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && digit(i + 1) >= 0 && digit(i + 2) >= 0) {
      const auto character = static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
      if (what == Decode::all || is_unreserved(character)) {
        out += character;
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

/// A path as it is asked for, without the slashes at its beginning.
std::string
asked_path(std::string_view path)
{
  path = path.substr(0, path.find_first_of("?#"));
  path = path.substr(std::min(path.find_first_not_of("/\\"), path.size()));
  if (path.find_first_of("\\%") == std::string_view::npos && path.find("/.") == std::string_view::npos
      && !path.starts_with('.')) {
    return std::string(path);
  }
  const std::string plain = replace_all(decoded(path, Decode::unreserved), "\\", "/");
  std::vector<std::string> parts;
  for (const std::string_view part : split(plain, '/')) {
    if (part == ".." && !parts.empty()) {
      parts.pop_back();
    } else if (part != "." && part != "..") {
      parts.emplace_back(part);
    }
  }
  return join(parts, "/");
}

/// Without what is left out of a URL before it is read: controls and blanks around it, ends of lines within.
std::string
without_controls(std::string_view text)
{
  std::string out;
  for (const char character : text) {
    if (character != '\t' && character != '\n' && character != '\r') {
      out += character;
    }
  }
  const auto is_inner = [](char character) { return static_cast<unsigned char>(character) > ' '; };
  out.erase(std::find_if(out.rbegin(), out.rend(), is_inner).base(), out.end());
  out.erase(out.begin(), std::find_if(out.begin(), out.end(), is_inner));
  return out;
}

/// What stands behind "https:" or "http:" and its slashes, of which there may be any number.
std::optional<std::string_view>
behind_web_scheme(std::string_view location, Address& address)
{
  const std::string scheme = to_lower(location.substr(0, std::min(location.find(':'), std::size_t{6})));
  if (scheme != "https" && scheme != "http") {
    return std::nullopt;
  }
  location.remove_prefix(scheme.size());
  if (!location.starts_with(':')) {
    return std::nullopt;
  }
  address.transport = scheme;
  location.remove_prefix(1);
  return location.substr(std::min(location.find_first_not_of("/\\"), location.size()));
}

/// "user@host:port/path" or what of it there is.
void
read_authority(std::string_view rest, Address& address)
{
  const std::size_t end = std::min(rest.find_first_of("/\\?#"), rest.size());
  std::string_view authority = rest.substr(0, end);
  authority.remove_prefix(authority.rfind('@') + 1);
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
  authority = authority.substr(0, bracket == std::string_view::npos ? authority.find(':') : bracket + 1);
  address.host = to_lower(authority);
  // One that ends in a stop is the same host.
  if (address.host.ends_with('.')) {
    address.host.pop_back();
  }
  address.path = asked_path(rest.substr(end));
}

/// "git@host:path", which git takes for SSH.
std::optional<Address>
scp_address(std::string_view location)
{
  const std::size_t at = location.find('@');
  const std::size_t colon = location.find(':');
  if (at == std::string_view::npos || at == 0 || colon == std::string_view::npos || colon < at
      || location.substr(0, colon).find('/') != std::string_view::npos) {
    return std::nullopt;
  }
  Address address{"ssh", to_lower(location.substr(at + 1, colon - at - 1)), {}};
  const std::string_view path = location.substr(colon + 1);
  address.path = path.substr(0, path.find_first_of("?#"));
  return address;
}

Address
read_address(std::string_view location)
{
  if (location.find("%3A%2F%2F") != std::string_view::npos && location.find("://") == std::string_view::npos) {
    return read_address(decoded(location.substr(0, location.find('&')), Decode::all));
  }
  for (const auto& [beginning, host] : short_hosts) {
    if (location.starts_with(beginning)) {
      const std::string_view path = location.substr(beginning.size());
      return {"https", std::string(host), std::string(path.substr(0, path.find_first_of("?#")))};
    }
  }
  Address address;
  if (const auto rest = behind_web_scheme(location, address)) {
    read_authority(*rest, address);
    return address;
  }
  const std::size_t mark = location.find("://");
  if (mark == std::string_view::npos || location.find_first_of("/?#") < mark) {
    return scp_address(location).value_or(Address());
  }
  const std::string_view scheme = location.substr(0, mark);
  address.transport = to_lower(scheme.substr(scheme.rfind('+') + 1));
  if (address.transport == "file") {
    return {};
  }
  read_authority(location.substr(mark + 3), address);
  return address;
}

}  // namespace

std::string
percent_decoded(std::string_view text)
{
  return decoded(text, Decode::all);
}

Address
address_of(std::string_view location)
{
  const bool is_plain =
      std::none_of(location.begin(), location.end(), [](char each) { return static_cast<unsigned char>(each) <= ' '; });
  return is_plain ? read_address(location) : read_address(without_controls(location));
}

bool
is_unencrypted(const Address& address)
{
  constexpr std::array<std::string_view, 6> open{"http", "git", "ftp", "svn", "rsync", "bzr"};
  const bool is_here = address.host == "localhost" || address.host.ends_with(".localhost")
                       || address.host.starts_with("127.") || address.host == "[::1]";
  return !is_here && std::find(open.begin(), open.end(), address.transport) != open.end();
}

// Nearly every location is of this kind, and need not be taken apart.
bool
is_unencrypted(std::string_view location)
{
  return !location.empty() && !location.starts_with("https://") && is_unencrypted(address_of(location));
}

bool
has_registry(std::string_view ecosystem)
{
  return ecosystem.starts_with("Packagist")
         || std::any_of(public_hosts.begin(), public_hosts.end(),
                        [ecosystem](const PublicHost& each) { return each.ecosystem == ecosystem; });
}

// Packagist names archives on whatever host their project lies; that it is Packagist that does so, the reader saw.
bool
is_public_registry(std::string_view ecosystem, const Address& address)
{
  return address.host.empty() || ecosystem.starts_with("Packagist")
         || std::any_of(public_hosts.begin(), public_hosts.end(), [&](const PublicHost& each) {
              return each.ecosystem == ecosystem && each.host == address.host && address.path.starts_with(each.path);
            });
}

bool
is_public_registry(std::string_view ecosystem, std::string_view location)
{
  constexpr std::string_view scheme = "https://";
  if (location.starts_with(scheme)) {
    const std::string_view rest = location.substr(scheme.size());
    for (const PublicHost& each : public_hosts) {
      if (each.path.empty() && rest.starts_with(each.host) && rest.substr(each.host.size()).starts_with('/')
          && each.ecosystem == ecosystem) {
        return true;
      }
    }
  }
  return is_public_registry(ecosystem, address_of(location));
}

bool
is_listed(std::span<const std::string> registries, const Address& address)
{
  if (address.host.empty()) {
    return false;
  }
  const std::string whole = fmt::format("{}/{}", address.host, address.path);
  return std::any_of(registries.begin(), registries.end(), [&](const std::string& glob) {
    return matches_text(glob, glob.find('/') == std::string::npos ? address.host : whole);
  });
}

}  // namespace sluice::deps
