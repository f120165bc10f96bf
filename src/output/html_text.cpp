// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/html_parts.hpp"
#include "output/permalink.hpp"

#include <fmt/format.h>

namespace sluice::output {

std::string
html_text(std::string_view untrusted, std::size_t max_bytes)
{
  return html(untrusted, max_bytes);
}

std::string
html_lines(std::string_view untrusted, std::size_t max_bytes)
{
  std::string text;
  for (const std::string& line : plain_lines(untrusted, max_bytes)) {
    text += (text.empty() ? "" : "<br>") + html_text(line, max_bytes);
  }
  return text;
}

std::string
html_code(std::string_view untrusted, std::size_t max_bytes)
{
  return untrusted.empty() ? "" : fmt::format("<code>{}</code>", html_text(untrusted, max_bytes));
}

std::string
html_place(const Location& where, const RunContext& context)
{
  const std::string text = html_code(place_text(where));
  const std::string url = permalink(where, context);
  const std::string commit =
      where.commit.empty() || where.path.empty() ? "" : " in commit " + html_code(short_commit(where.commit));
  return (url.empty() ? text : fmt::format("<a href=\"{}\">{}</a>", url, text)) + commit;
}

std::string
html_badge(Severity severity)
{
  return fmt::format("<span class=\"badge {0}\">{0}</span>", name_of(severity));
}

std::string
html_section(std::string_view id, std::string_view heading, std::string_view content)
{
  return fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n{2}</section>\n", id, heading,
                     content);
}

std::string
html_more(std::size_t shown, std::size_t total, std::string_view what)
{
  return shown >= total ? std::string()
                        : fmt::format("<p class=\"more\">and {} more {}</p>\n", with_thousands(total - shown), what);
}

}  // namespace sluice::output
