// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/text.hpp"
#include "output/html_parts.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace sluice::output {

namespace {

constexpr std::size_t budget = 5'000'000;

std::string
page_of(const std::vector<Report>& reports)
{
  return find_sink("html")->render(reports, {});
}

bool
has(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

struct Tag
{
  std::string name;
  bool closes = false;
  bool is_empty = false;
  std::map<std::string, std::string> attributes;
};

/// A tag as our writer writes it: `<name a="b" c>`; nothing if it is anything else.
std::optional<Tag>
tag_at(std::string_view& rest)
{
  const auto end = rest.find('>');
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view inner = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  Tag tag;
  tag.closes = inner.starts_with('/');
  inner.remove_prefix(tag.closes ? 1 : 0);
  tag.is_empty = inner.ends_with('/');
  inner.remove_suffix(tag.is_empty ? 1 : 0);
  const auto space = inner.find(' ');
  tag.name = inner.substr(0, space);
  inner = space == std::string_view::npos ? "" : inner.substr(space + 1);
  while (!inner.empty()) {
    const auto name_end = std::min(inner.find_first_of("= "), inner.size());
    const std::string name(inner.substr(0, name_end));
    inner.remove_prefix(name_end);
    std::string value;
    if (inner.starts_with("=\"")) {
      const auto quote = inner.find('"', 2);
      if (quote == std::string_view::npos) {
        return std::nullopt;
      }
      value = inner.substr(2, quote - 2);
      inner.remove_prefix(quote + 1);
    }
    tag.attributes[name] = value;
    inner.remove_prefix(inner.starts_with(' ') ? 1 : 0);
  }
  return tag;
}

const std::set<std::string>&
our_tags()
{
  static const std::set<std::string> tags{
      "!doctype", "html",    "head",  "meta",    "title",   "style", "body",    "a",       "header", "div",
      "p",        "h1",      "h2",    "h3",      "h4",      "main",  "section", "table",   "nav",    "ul",
      "li",       "caption", "thead", "tbody",   "tr",      "th",    "td",      "article", "strong", "span",
      "code",     "pre",     "mark",  "details", "summary", "dl",    "dt",      "dd",      "br",     "footer",
      "svg",      "g",       "rect",  "circle",  "line",    "text",  "path",    "defs",    "marker"};
  return tags;
}

const std::set<std::string>&
our_attributes()
{
  static const std::set<std::string> attributes{"html",
                                                "lang",
                                                "charset",
                                                "http-equiv",
                                                "content",
                                                "name",
                                                "class",
                                                "href",
                                                "id",
                                                "role",
                                                "tabindex",
                                                "aria-label",
                                                "aria-labelledby",
                                                "scope",
                                                "open",
                                                "width",
                                                "height",
                                                "viewBox",
                                                "x",
                                                "y",
                                                "x1",
                                                "x2",
                                                "y1",
                                                "y2",
                                                "cx",
                                                "cy",
                                                "r",
                                                "rx",
                                                "d",
                                                "refX",
                                                "refY",
                                                "orient",
                                                "markerWidth",
                                                "markerHeight",
                                                "marker-end",
                                                "text-anchor"};
  return attributes;
}

/// What is wrong with the page, empty if nothing is: every `<` and every attribute is one of ours, elements nest, ids
/// are unique, and what is referred to is there.
std::string
defect_of(std::string_view page)
{
  const std::set<std::string> empty{"!doctype", "meta", "br"};
  std::vector<std::string> open;
  std::set<std::string> ids;
  std::set<std::string> wanted;
  for (auto at = page.find('<'); at != std::string_view::npos; at = page.find('<')) {
    if (has(page.substr(0, at), ">") && !(open.size() == 3 && open.back() == "style")) {
      return "a > of its own";
    }
    page.remove_prefix(at);
    const auto tag = tag_at(page);
    if (!tag || our_tags().count(tag->name) == 0) {
      return "a tag that is not ours: " + (tag ? tag->name : "");
    }
    for (const auto& [name, value] : tag->attributes) {
      if (our_attributes().count(name) == 0) {
        return "an attribute that is not ours: " + name;
      }
      if (name == "href" && !value.starts_with("https://") && !value.starts_with("http://")
          && !value.starts_with("#")) {
        return "a link to " + value;
      }
      if (name == "id" && !ids.insert(value).second) {
        return "an id twice: " + value;
      }
      if (name == "aria-labelledby" || (name == "href" && value.starts_with("#"))) {
        wanted.insert(value.substr(value.starts_with("#") ? 1 : 0));
      }
    }
    if (tag->closes) {
      if (open.empty() || open.back() != tag->name) {
        return "an end of what is not open: " + tag->name;
      }
      open.pop_back();
    } else if (!tag->is_empty && empty.count(tag->name) == 0) {
      open.push_back(tag->name);
    }
  }
  for (const std::string& id : wanted) {
    if (ids.count(id) == 0) {
      return "a reference to nothing: " + id;
    }
  }
  return open.empty() ? "" : "something left open: " + open.back();
}

double
luminance(std::string_view colour)
{
  double sum = 0;
  constexpr std::array<double, 3> weights{0.2126, 0.7152, 0.0722};
  const std::string bytes = from_hex(colour.substr(1, 6)).value();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double value = static_cast<unsigned char>(bytes[i]) / 255.0;
    sum += weights.at(i) * (value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double
contrast(std::string_view a, std::string_view b)
{
  const double first = luminance(a);
  const double second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

std::string_view
colour_behind(std::string_view text, std::string_view name)
{
  const auto at = text.find(name);
  REQUIRE(at != std::string_view::npos);
  return text.substr(text.find('#', at), 7);
}

Report
report_of(std::size_t findings, std::size_t message_bytes)
{
  std::vector<Judged> judged;
  for (std::size_t i = 0; i < findings; ++i) {
    judged.push_back(test::active_finding(Severity::high, fmt::format("src/f{}", i)));
    judged.back().finding.message += std::string(message_bytes, '<');
  }
  return test::report_with(std::move(judged));
}

}  // namespace

TEST_CASE("The page's checker finds what is wrong")
{
  CHECK(defect_of("<p>a</p>").empty());
  CHECK_FALSE(defect_of("<p>a").empty());
  CHECK_FALSE(defect_of("<script>x</script>").empty());
  CHECK_FALSE(defect_of("<p onclick=\"x\">a</p>").empty());
  CHECK_FALSE(defect_of("<p>a > b</p>").empty());
  CHECK_FALSE(defect_of("<a href=\"javascript:x\">a</a>").empty());
  CHECK_FALSE(defect_of("<p id=\"a\">a</p><p id=\"a\">a</p>").empty());
}

TEST_CASE("The page tells verdict, gates, findings, gaps, sections, notices and how to repeat")
{
  const std::string page = page_of(test::canonical_reports());
  CHECK(defect_of(page) == "");
  CHECK(has(page, "<h1>Fail</h1>"));
  CHECK(has(page, "<h2 id=\"gates\">Gates</h2>"));
  CHECK(has(page, "not applicable</td><td>No file declares variables"));
  CHECK(has(page, "<a href=\"https://nvd.nist.gov/vuln/detail/CVE-2026-12345\">CVE-2026-12345</a>"));
  CHECK(has(page, "<dt>because of</dt>"));
  CHECK(has(page, "<td>shallow</td>"));
  CHECK(has(page, "<svg class=\"graph\""));
  CHECK(has(page, "<svg class=\"timeline\""));
  CHECK(has(page, "<mark>exa&#95;&#42;"));
  CHECK(has(page, "<h2 id=\"notices\">"));
  CHECK(has(page, "sluice-secrets --base 1a2b3c4d"));
}

TEST_CASE("The page's policy allows its style sheet and nothing else")
{
  const std::string page = page_of(test::canonical_reports());
  const auto begin = page.find("<style>") + 7;
  const Sha256 hash = sha256(std::string_view(page).substr(begin, page.find("</style>") - begin));
  CHECK(has(page,
            fmt::format("content=\"default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\"",
                        to_base64(std::string(hash.begin(), hash.end())))));
  for (const std::string_view loads : {"<script", "<img", "url(http", "@import"}) {
    CAPTURE(loads);
    CHECK_FALSE(has(page, loads));
  }
}

TEST_CASE("No payload becomes an element, an attribute or a link")
{
  for (const std::string& payload : test::hostile_payloads()) {
    CAPTURE(payload.substr(0, 60));
    CHECK(defect_of(page_of({test::hostile_report(payload, 4), test::hostile_failure(payload)})) == "");
  }
}

TEST_CASE("Every verdict has its word, and a gate that could not run its message")
{
  CHECK(has(page_of({test::clean_report()}), "<h1>Pass</h1>"));
  CHECK(has(page_of({}), "<h1>Incomplete</h1>"));
  const std::string unable = page_of({test::clean_report(), test::failure_report("deps", {ErrorKind::config, "a: b"})});
  CHECK(has(unable, "<h1>Unable</h1>"));
  CHECK(has(unable, "<strong>a: b</strong>"));
  CHECK(has(page_of({test::failure_report("deps", {ErrorKind::unavailable, "x"})}), "<h1>Unavailable</h1>"));
}

TEST_CASE("The page keeps to its budget and says what did not fit")
{
  const std::string many = page_of({report_of(20'000, 300)});
  CHECK(many.size() <= budget);
  CHECK(defect_of(many) == "");
  CHECK(has(many, "that did not fit into this page"));
  Report flood = test::hostile_report(std::string(3'000, '|'), 300);
  flood.sections.resize(40, flood.sections[1]);
  flood.gaps.resize(2'000, flood.gaps.front());
  for (int i = 0; i < 2'000; ++i) {
    flood.notices.push_back(fmt::format("{}{}", i, std::string(2'000, '<')));
  }
  const std::string page = page_of(std::vector<Report>(20, flood));
  CHECK(page.size() <= budget);
  CHECK(defect_of(page) == "");
}

TEST_CASE("Ten findings of a rule are shown, the others are folded")
{
  const std::string page = page_of({report_of(25, 0)});
  CHECK(has(page, "<summary>15 more</summary>"));
  CHECK(has(page, "25 findings"));
  CHECK_FALSE(has(page_of({report_of(10, 0)}), " more</summary>"));
}

TEST_CASE("Text can be read in both schemes")
{
  constexpr double least = 4.5;
  const std::string_view css = html_style();
  const auto dark_at = css.find("prefers-color-scheme: dark");
  for (const std::string_view scheme : {css.substr(0, dark_at), css.substr(dark_at)}) {
    for (const std::string_view text :
         {"--text:", "--muted:", "--link:", "--good-text:", "--warning-text:", "--bad-text:"}) {
      for (const std::string_view ground : {"--ground:", "--panel:"}) {
        CAPTURE(text);
        CHECK(contrast(colour_behind(scheme, text), colour_behind(scheme, ground)) >= least);
      }
    }
    for (const std::string_view ground : {"--good-ground:", "--warning-ground:", "--bad-ground:"}) {
      CHECK(contrast(colour_behind(scheme, "--text:"), colour_behind(scheme, ground)) >= least);
    }
    CHECK(contrast(colour_behind(scheme, "--mark-text:"), colour_behind(scheme, "--mark-ground:")) >= least);
  }
  for (const std::string_view badge : {".critical {", ".high {", ".medium {", ".low {", ".info {"}) {
    CAPTURE(badge);
    const std::string_view rule = css.substr(css.find(badge));
    CHECK(contrast(colour_behind(rule, "background:"), colour_behind(rule, "color:")) >= least);
  }
}

}  // namespace sluice::output
