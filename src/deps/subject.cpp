// SPDX-License-Identifier: Apache-2.0
#include "deps/subject.hpp"

#include "base/text.hpp"
#include "deps/ecosystem.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

/// Everything but letters, digits and .-_~: percent-encoded; `kept` stay too.
std::string
encoded(std::string_view text, std::string_view kept)
{
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~";
  std::string out;
  for (const char character : text) {
    if (plain.find(character) != std::string_view::npos || kept.find(character) != std::string_view::npos) {
      out += character;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(character));
    }
  }
  return out;
}

}  // namespace

std::string
purl_of(const Package& package)
{
  const Ecosystem* ecosystem = find_ecosystem(package.ecosystem);
  const std::string_view type = ecosystem == nullptr || ecosystem->purl.empty() ? "generic" : ecosystem->purl;
  std::string name = ecosystem == nullptr ? std::string(package.name) : normalised(*ecosystem, package.name);
  if (package.ecosystem == "Maven") {
    name = replace_all(name, ":", "/");
  }
  std::string purl = fmt::format("pkg:{}/{}", type, encoded(name, "/"));
  if (!package.version.empty()) {
    purl += "@" + encoded(package.version, ":");
  }
  return purl;
}

std::string
shown_name(const Package& package)
{
  return package.version.empty() ? fmt::format("{} without a version", package.name)
                                 : fmt::format("{} {}", package.name, package.version);
}

}  // namespace sluice::deps
