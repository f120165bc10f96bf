// SPDX-License-Identifier: Apache-2.0
#include "output/permalink.hpp"

#include "output/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

/// Longer URLs are cut or refused by browsers and proxies.
constexpr std::size_t longest_url = 2000;

bool
is_object_id(std::string_view text)
{
  return (text.size() == 40 || text.size() == 64) && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

bool
is_web_url(std::string_view url)
{
  if ((!url.starts_with("https://") && !url.starts_with("http://")) || url.size() > longest_url) {
    return false;
  }
  return std::all_of(url.begin(), url.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || std::string_view("-._~/:%").find(c) != std::string_view::npos;
  });
}

std::string
permalink(const Location& where, const RunContext& context)
{
  const std::string& commit = where.commit.empty() ? context.head : where.commit;
  if (!is_web_url(context.repository_url) || !is_object_id(commit)) {
    return {};
  }
  const bool is_gitlab = context.platform == "gitlab";
  if (where.path.empty()) {
    return fmt::format("{}{}/commit/{}", context.repository_url, is_gitlab ? "/-" : "", commit);
  }
  std::string url =
      fmt::format("{}{}/blob/{}/{}", context.repository_url, is_gitlab ? "/-" : "", commit, uri_path(where.path));
  if (url.size() > longest_url) {
    return {};
  }
  if (where.begin.line > 0) {
    url += fmt::format("#L{}", where.begin.line);
    if (where.end.line > where.begin.line) {
      url += fmt::format("-{}{}", is_gitlab ? "" : "L", where.end.line);
    }
  }
  return url;
}

}  // namespace sluice::output
