// SPDX-License-Identifier: Apache-2.0
#include "deps/action_reference.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

constexpr std::string_view hexadecimal = "0123456789abcdefABCDEF";

bool
is_version_like(std::string_view word)
{
  const std::string_view digits = word.starts_with('v') ? word.substr(1) : word;
  return !digits.empty() && digits.front() >= '0' && digits.front() <= '9'
         && digits.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+_")
                == std::string_view::npos;
}

}  // namespace

bool
is_commit_id(std::string_view ref)
{
  return (ref.size() == 40 || ref.size() == 64) && ref.find_first_not_of(hexadecimal) == std::string_view::npos;
}

bool
has_digest(std::string_view image)
{
  const std::size_t at = image.rfind("@sha256:");
  return at != std::string_view::npos && image.size() == at + 8 + 64
         && image.find_first_not_of(hexadecimal, at + 8) == std::string_view::npos;
}

ActionReference
parse_action_reference(std::string_view uses)
{
  uses = trim(uses);
  if (uses.starts_with("docker://")) {
    return {ActionReference::Kind::image, uses.substr(9), {}};
  }
  if (uses.starts_with("./") || uses.starts_with("$/") || uses.starts_with("../")) {
    return {ActionReference::Kind::own, uses, {}};
  }
  const std::size_t at = uses.find('@');
  const std::string_view path = uses.substr(0, at);
  const std::size_t slash = path.find('/');
  if (at == std::string_view::npos || slash == std::string_view::npos || slash == 0
      || uses.find("${{") != std::string_view::npos) {
    return {};
  }
  const std::size_t second = path.find('/', slash + 1);
  return {ActionReference::Kind::repository, path.substr(0, second), uses.substr(at + 1)};
}

std::string_view
version_in_comment(std::string_view line)
{
  const std::size_t hash = line.find(" #");
  if (hash == std::string_view::npos) {
    return {};
  }
  std::string_view comment = trim(line.substr(hash + 2));
  for (const std::string_view prefix : {"tag=", "pin@", "ratchet:", "version="}) {
    if (comment.starts_with(prefix)) {
      comment.remove_prefix(prefix.size());
    }
  }
  std::string_view word = comment.substr(0, comment.find_first_of(" \t,;"));
  if (const std::size_t at = word.rfind('@'); at != std::string_view::npos) {
    word = word.substr(at + 1);
  }
  return is_version_like(word) ? word : std::string_view();
}

}  // namespace sluice::deps
