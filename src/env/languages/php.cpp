// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

using code::Getter;
using code::Token;

constexpr auto extensions = std::to_array<std::string_view>({".php", ".phtml", ".inc"});
constexpr auto words = std::to_array<std::string_view>({"env", "ENV", "SERVER"});
constexpr auto interpreters = std::to_array<std::string_view>({"php"});

constexpr auto lines = std::to_array<std::string_view>({"//", "#"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"/*", "*/"}});
constexpr auto islands = std::to_array<code::Delimiters>({{"<?php", "?>"}, {"<?=", "?>"}});
constexpr auto quotes =
    std::to_array<code::Quote>({{"\"", "\"", code::Quote::Lines::many, code::Quote::Escape::backslash, "{$"},
                                {"'", "'", code::Quote::Lines::many}});
constexpr code::Syntax syntax{.line_comments = lines,
                              .no_comment = "#[",
                              .block_comments = blocks,
                              .quotes = quotes,
                              .name_marks = "_$",
                              .here_documents = {"<<<", "{$"},
                              .islands = islands};

constexpr auto getters = std::to_array<Getter>({{.front = "getenv ( )", .count = Getter::Count::all},
                                                {.front = "getenv (", .second = code::ReadPlace::Second::other},
                                                {.front = "env ("},
                                                {.front = "Env : : get ("},
                                                {.front = "Env : : getOrFail (", .unset = Unset::fails},
                                                {.front = "$_ENV ["},
                                                {.front = "$_SERVER [", .names = Getter::Names::of_environment}});

/// What a request has in $_SERVER beside the environment: PHP manual, "$_SERVER", and CGI (RFC 3875 section 4.1).
constexpr auto of_request = std::to_array<std::string_view>({"HTTP_",
                                                             "REQUEST_",
                                                             "SERVER_NAME",
                                                             "SERVER_ADDR",
                                                             "SERVER_PORT",
                                                             "SERVER_PROTOCOL",
                                                             "SERVER_SOFTWARE",
                                                             "SERVER_ADMIN",
                                                             "SERVER_SIGNATURE",
                                                             "REMOTE_",
                                                             "SCRIPT_",
                                                             "QUERY_STRING",
                                                             "DOCUMENT_",
                                                             "PHP_",
                                                             "PATH_",
                                                             "GATEWAY_",
                                                             "CONTENT_",
                                                             "HTTPS",
                                                             "AUTH_TYPE",
                                                             "ORIG_PATH_INFO",
                                                             "REDIRECT_",
                                                             "CONTEXT_",
                                                             "UNIQUE_ID",
                                                             "SSL_",
                                                             "FCGI_"});

/// phpdotenv is given a directory and, in a second argument, names of files.
constexpr auto loaders =
    std::to_array<code::Loader>({{"Dotenv : : createImmutable", "php", "Dotenv::createImmutable"},
                                 {"Dotenv : : createMutable", "php", "Dotenv::createMutable"},
                                 {"Dotenv : : createUnsafeImmutable", "php", "Dotenv::createUnsafeImmutable"},
                                 {"Dotenv : : createUnsafeMutable", "php", "Dotenv::createUnsafeMutable"}});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

bool
is_of_request(std::string_view name)
{
  return std::any_of(of_request.begin(), of_request.end(),
                     [name](std::string_view front) { return name.starts_with(front); });
}

/// Takes away what is asked of the request, so that no getter sees it, and sees through `\getenv`.
void
leave_out_request(std::vector<Token>& tokens)
{
  for (std::size_t at = 0; at + 2 < tokens.size(); ++at) {
    if (tokens[at].text == "$_SERVER" && code::is_whole_text(tokens, at + 2) && is_of_request(tokens[at + 2].text)) {
      tokens[at].text = "$_REQUEST";
    }
  }
}

/// Only the last literals are paths, and a directory alone means its `.env`.
void
look_for_loads(std::span<const Token> tokens, Sightings& seen)
{
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    for (const code::Loader& loader : loaders) {
      const auto open = code::is_name(tokens, at) ? code::follows(tokens, at, loader.front) : std::nullopt;
      if (!open || !code::is_mark(tokens, *open, '(')) {
        continue;
      }
      const std::size_t close = std::min(code::closing(tokens, *open), *open + 64);
      bool is_told = false;
      for (std::size_t i = *open; i < std::min(close, tokens.size()); ++i) {
        if (code::is_whole_text(tokens, i) && tokens[i].text.find("env") != std::string_view::npos) {
          code::tell_load(tokens[i].text, loader, tokens[i].line, seen);
          is_told = true;
        }
      }
      if (!is_told) {
        code::tell_load(".env", loader, tokens[at].line, seen);
      }
    }
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  code::Tokens tokens = code::tokens_of(source.text(), syntax);
  leave_out_request(tokens.all);
  code::look_for(tokens.all, getters, seen);
  look_for_loads(tokens.all, seen);
  code::tell_fault(tokens, seen);
}

}  // namespace

extern const Language language_php{
    .id = "php", .title = "PHP", .has = has, .words = words, .look = look, .interpreters = interpreters};

}  // namespace sluice::env
