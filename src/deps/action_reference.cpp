// SPDX-License-Identifier: Apache-2.0
#include "deps/action_reference.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

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
    return {ActionReference::Kind::image, std::string(uses.substr(9)), {}};
  }
  if (uses.starts_with("./") || uses.starts_with(".\\") || uses.starts_with("$/") || uses.starts_with("../")) {
    return {ActionReference::Kind::own, std::string(uses), {}};
  }
  const std::vector<std::string_view> at = split(uses, '@');
  if (at.size() != 2 || at[1].empty() || uses.find("${{") != std::string_view::npos) {
    return {};
  }
  // As the runner does (actions/runner, PipelineTemplateConverter): either slash parts, and what is empty is none.
  std::vector<std::string_view> parts;
  for (std::string_view rest = at[0]; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("/\\"), rest.size());
    if (end != 0) {
      parts.push_back(rest.substr(0, end));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (parts.size() < 2) {
    return {};
  }
  return {ActionReference::Kind::repository, fmt::format("{}/{}", parts[0], parts[1]), at[1]};
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
