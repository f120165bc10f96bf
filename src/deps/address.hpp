// SPDX-License-Identifier: Apache-2.0
//
// Where a package is fetched from, as far as trust goes: by which transport, from which host. Every package manager
// writes it in its own way, so one reading of all of them serves the rules.
#pragma once

#include "deps/package.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sluice::deps {

struct Address
{
  std::string transport;  ///< "https", "http", "git", "ssh", in lower case; empty: a path, or nothing that is known
  std::string host;       ///< in lower case, without port and user; empty if there is none
  std::string path;       ///< as it is asked for: without "..", a slash at its beginning, query and fragment
};

/// "%2F" to "/", whatever comes of it.
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// Of a URL with or without the prefixes of package managers ("git+https://…", "registry+https://…"), of
/// "github:owner/name", "git@host:path", and of a URL that is percent-encoded as a whole. What is no
/// proper URL of the web is read as browsers and Node.js do (url.spec.whatwg.org), who fetch "https:\\host\a/../b" too.
[[nodiscard]] Address address_of(std::string_view location);

/// Whether whoever is on the way can put something else in place of what is fetched. Not on the machine itself.
[[nodiscard]] bool is_unencrypted(const Address& address);
[[nodiscard]] bool is_unencrypted(std::string_view location);

/// Whether lockfiles of the ecosystem say where a package is from, and the ecosystem has a registry of its own that is
/// no version control: only then is anything else remarkable.
[[nodiscard]] bool has_registry(std::string_view ecosystem);

/// Whether the address is of the public registry of the ecosystem. So is none at all, which stands where the registry
/// is what the package manager asks anyway.
[[nodiscard]] bool is_public_registry(std::string_view ecosystem, const Address& address);
[[nodiscard]] bool is_public_registry(std::string_view ecosystem, std::string_view location);

/// Whether one of the globs is for the host, or for host and path ("github.com/acme/*").
[[nodiscard]] bool is_listed(std::span<const std::string> registries, const Address& address);

}  // namespace sluice::deps
