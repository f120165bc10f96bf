// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/code/reads.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

using code::Getter;
using code::Quote;

constexpr auto extensions =
    std::to_array<std::string_view>({".rb", ".rake", ".gemspec", ".ru", ".erb", ".jbuilder", ".rabl", ".thor"});
constexpr auto of_data = std::to_array<std::string_view>({".yml", ".yaml"});
constexpr auto names = std::to_array<std::string_view>(
    {"Gemfile", "Rakefile", "Capfile", "Guardfile", "Fastfile", "Podfile", "Vagrantfile", "Brewfile", "Dangerfile"});
constexpr auto words = std::to_array<std::string_view>({"ENV", "otenv"});
constexpr auto interpreters = std::to_array<std::string_view>({"ruby"});

constexpr auto lines = std::to_array<std::string_view>({"#"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"\n=begin", "\n=end"}, {"\n__END__", ""}});
constexpr Quote
percent(std::string_view begin, std::string_view end)
{
  return {begin, end, Quote::Lines::many, Quote::Escape::backslash, {}, Quote::Place::value};
}

constexpr Quote
percent_with_code(std::string_view begin, std::string_view end)
{
  return {begin, end, Quote::Lines::many, Quote::Escape::backslash, "#{", Quote::Place::value};
}

constexpr Quote
character(std::string_view text)
{
  return {text, "", Quote::Lines::one, Quote::Escape::none, {}, Quote::Place::value};
}

constexpr auto quotes = std::to_array<Quote>({percent("%w(", ")"),
                                              percent_with_code("%W(", ")"),
                                              percent("%i(", ")"),
                                              percent_with_code("%I(", ")"),
                                              percent("%q(", ")"),
                                              percent_with_code("%Q(", ")"),
                                              percent_with_code("%r(", ")"),
                                              percent_with_code("%x(", ")"),
                                              percent("%s(", ")"),
                                              percent("%w[", "]"),
                                              percent_with_code("%W[", "]"),
                                              percent("%i[", "]"),
                                              percent_with_code("%I[", "]"),
                                              percent("%q[", "]"),
                                              percent_with_code("%Q[", "]"),
                                              percent_with_code("%r[", "]"),
                                              percent_with_code("%x[", "]"),
                                              percent("%s[", "]"),
                                              percent("%w{", "}"),
                                              percent_with_code("%W{", "}"),
                                              percent("%i{", "}"),
                                              percent_with_code("%I{", "}"),
                                              percent("%q{", "}"),
                                              percent_with_code("%Q{", "}"),
                                              percent_with_code("%r{", "}"),
                                              percent_with_code("%x{", "}"),
                                              percent("%s{", "}"),
                                              percent("%w|", "|"),
                                              percent_with_code("%W|", "|"),
                                              percent("%i|", "|"),
                                              percent_with_code("%I|", "|"),
                                              percent("%q|", "|"),
                                              percent_with_code("%Q|", "|"),
                                              percent_with_code("%r|", "|"),
                                              percent_with_code("%x|", "|"),
                                              percent("%s|", "|"),
                                              percent_with_code("%(", ")"),
                                              percent_with_code("%[", "]"),
                                              percent_with_code("%{", "}"),
                                              percent_with_code("%|", "|"),
                                              percent_with_code("%r!", "!"),
                                              {"$'", ""},
                                              {"$\"", ""},
                                              {"$`", ""},
                                              {"$/", ""},
                                              character("?\""),
                                              character("?'"),
                                              character("?`"),
                                              character("?#"),
                                              character("?/"),
                                              {"\"", "\"", Quote::Lines::many, Quote::Escape::backslash, "#{"},
                                              {"'", "'", Quote::Lines::many},
                                              {"`", "`", Quote::Lines::many, Quote::Escape::backslash, "#{"}});
constexpr code::Syntax syntax{.line_comments = lines,
                              .block_comments = blocks,
                              .quotes = quotes,
                              .here_documents = {"<<", "#{"},
                              .regex = code::Syntax::Regex::argument};
constexpr auto islands = std::to_array<code::Delimiters>({{"<%", "%>"}});
constexpr code::Syntax templates{
    .line_comments = lines, .quotes = quotes, .islands = islands, .regex = code::Syntax::Regex::argument};

constexpr auto getters = std::to_array<Getter>({{.front = "ENV ["},
                                                {.front = "ENV . fetch (", .unset = Unset::fails},
                                                {.front = "ENV . fetch", .unset = Unset::fails},
                                                {.front = "ENV . key ? (", .unset = Unset::tested},
                                                {.front = "ENV . key ?", .unset = Unset::tested},
                                                {.front = "ENV . has_key ?", .unset = Unset::tested},
                                                {.front = "ENV . include ?", .unset = Unset::tested},
                                                {.front = "ENV . member ?", .unset = Unset::tested},
                                                {.front = "ENV . has_key ? (", .unset = Unset::tested},
                                                {.front = "ENV . include ? (", .unset = Unset::tested},
                                                {.front = "ENV . member ? (", .unset = Unset::tested},
                                                {.front = "ENV . values_at (", .count = Getter::Count::many},
                                                {.front = "ENV . slice (", .count = Getter::Count::many},
                                                {.front = "ENV . delete ("},
                                                {.front = "ENV . to_h", .count = Getter::Count::all},
                                                {.front = "ENV . each", .count = Getter::Count::all},
                                                {.front = "ENV . select", .count = Getter::Count::all},
                                                {.front = "ENV . map", .count = Getter::Count::all}});

constexpr auto loaders = std::to_array<code::Loader>({{"Dotenv . load", "ruby", "Dotenv.load"},
                                                      {"Dotenv . load !", "ruby", "Dotenv.load!"},
                                                      {"Dotenv . overload", "ruby", "Dotenv.overload"},
                                                      {"Dotenv . overwrite", "ruby", "Dotenv.overwrite"},
                                                      {"Dotenv . parse", "ruby", "Dotenv.parse"}});
constexpr code::Loader of_require{{}, "ruby", "dotenv/load"};

bool
has(std::string_view path)
{
  return has_extension(path, extensions) || has_extension(path, of_data)
         || std::find(names.begin(), names.end(), file_name_of(path)) != names.end();
}

/// Rails and its kin read their YAML as a template. `ENV` tells it from the templates of others.
bool
is(std::string_view path, std::string_view text)
{
  return !has_extension(path, of_data)
         || (text.find("<%") != std::string_view::npos && text.find("ENV") != std::string_view::npos);
}

/// YAML without the lines that are comments of it: a template reads what stands in them, and nobody sees it.
std::string
without_comments(std::string_view text)
{
  std::string plain;
  for (const std::string_view line : split(text, '\n')) {
    plain.append(trim(line).starts_with('#') ? std::string_view() : line).append("\n");
  }
  return plain;
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const bool is_data = has_extension(source.path(), of_data);
  const std::string data = is_data ? without_comments(source.text()) : std::string();
  const bool is_template = is_data || source.path().ends_with(".erb");
  const code::Tokens tokens = code::tokens_of(is_data ? data : source.text(), is_template ? templates : syntax);
  code::look_for(tokens.all, getters, seen);
  code::look_for_loads(tokens.all, loaders, seen);
  for (std::size_t at = 0; at + 1 < tokens.all.size(); ++at) {
    if (code::is_name(tokens.all, at, "require") && tokens.all[at + 1].text == "dotenv/load") {
      code::tell_load(".env", of_require, tokens.all[at].line, seen);
    }
  }
  code::tell_fault(tokens, seen);
}

}  // namespace

extern const Language language_ruby{
    .id = "ruby", .title = "Ruby", .has = has, .words = words, .look = look, .interpreters = interpreters, .is = is};

}  // namespace sluice::env
