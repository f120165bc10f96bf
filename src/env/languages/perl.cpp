// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".pl", ".pm", ".t", ".psgi"});
constexpr auto words = std::to_array<std::string_view>({"ENV"});
constexpr auto interpreters = std::to_array<std::string_view>({"perl"});

constexpr auto lines = std::to_array<std::string_view>({"#"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"\n=pod", "\n=cut"},
                                                         {"\n=head", "\n=cut"},
                                                         {"\n=over", "\n=cut"},
                                                         {"\n=item", "\n=cut"},
                                                         {"\n=back", "\n=cut"},
                                                         {"\n=begin", "\n=cut"},
                                                         {"\n=for", "\n=cut"},
                                                         {"\n=encoding", "\n=cut"},
                                                         {"\n__END__", ""},
                                                         {"\n__DATA__", ""}});
constexpr auto quotes =
    std::to_array<code::Quote>({{"$'", ""}, {"$\"", ""}, {"$`", ""}, {"$#", ""}, {"\"", "\""}, {"'", "'"}});
constexpr code::Syntax syntax{.line_comments = lines,
                              .block_comments = blocks,
                              .quotes = quotes,
                              .here_documents = {"<<", {}},
                              .unclosed = code::Syntax::Unclosed::tolerated};

constexpr auto getters =
    std::to_array<Getter>({{.front = "$ ENV {", .written = Getter::Written::bare},
                           {.front = "@ ENV {", .written = Getter::Written::bare, .count = Getter::Count::many},
                           {.front = "% ENV", .count = Getter::Count::all}});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

/// `"$ENV{NAME}"`, which needs no bracket around it.
void
look_in_text(const code::Token& token, Sightings& seen)
{
  constexpr std::string_view front = "$ENV{";
  for (std::size_t at = token.text.find(front); at != std::string_view::npos; at = token.text.find(front, at + 1)) {
    const std::string_view name = token.text.substr(at + front.size());
    const std::size_t end = name.find_first_of("}$");
    if (end != std::string_view::npos && name[end] == '}') {
      seen.read(name.substr(0, end), token.line);
    }
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const code::Tokens tokens = code::tokens_of(source.text(), syntax);
  code::look_for(tokens.all, getters, seen);
  for (const code::Token& token : tokens.all) {
    const std::string_view text = source.text();
    if (token.kind == code::Token::Kind::text && !token.text.empty()
        && text.substr(0, static_cast<std::size_t>(token.text.data() - text.data())).ends_with('"')) {
      look_in_text(token, seen);
    }
  }
  code::tell_fault(tokens, seen);
}

}  // namespace

extern const Language language_perl{
    .id = "perl", .title = "Perl", .has = has, .words = words, .look = look, .interpreters = interpreters};

}  // namespace sluice::env
