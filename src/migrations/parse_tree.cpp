// SPDX-License-Identifier: Apache-2.0
//
// libpg_query writes its JSON by recursion. Its grammar bounds nested parentheses ("memory exhausted" at some ten
// thousand levels) but not chains such as 1+1+1… or a NATURAL JOIN b NATURAL JOIN c…, which overflow a stack of 8 MiB
// at a few hundred kilobytes of SQL and kill the process. Measured on 15-4.0.0: the worst chains that fit into 1 MiB
// need between 32 and 64 MiB. So the text is bounded to 1 MiB and read on a stack of 256 MiB, of which only the
// pages that are touched exist. A child process would contain a crash as well, but costs more than parsing does.
#include "migrations/parse_tree.hpp"

#include "base/utf8.hpp"

#include <pg_query.h>

#include <pthread.h>
#include <string_view>

namespace sluice::migrations {

namespace {

constexpr std::size_t stack_bytes = 256U << 20U;

/// libpg_query counts characters from 1; everything else here counts bytes from 0.
std::size_t
byte_offset(std::string_view text, int character)
{
  std::size_t offset = 0;
  for (int i = 1; i < character && offset < text.size(); ++i) {
    offset += decode_utf8(text.substr(offset)).length;
  }
  return offset;
}

void*
run(void* work)
{
  (*static_cast<const std::function<void()>*>(work))();
  return nullptr;
}

}  // namespace

ParseTree
parse_tree(const std::string& statement)
{
  PgQueryParseResult parsed = pg_query_parse(statement.c_str());
  ParseTree result;
  if (parsed.error != nullptr) {
    result.error = parsed.error->message != nullptr ? parsed.error->message : "unknown error";
    result.error_offset = byte_offset(statement, parsed.error->cursorpos);
  } else {
    result.json = parsed.parse_tree;
  }
  pg_query_free_parse_result(parsed);
  return result;
}

bool
on_deep_stack(const std::function<void()>& work)
{
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) {
    return false;
  }
  pthread_t thread{};
  std::function<void()> copy = work;
  const bool started =
      pthread_attr_setstacksize(&attributes, stack_bytes) == 0 && pthread_create(&thread, &attributes, run, &copy) == 0;
  pthread_attr_destroy(&attributes);
  return started && pthread_join(thread, nullptr) == 0;
}

int
grammar_version()
{
  return PG_VERSION_NUM / 10000;
}

}  // namespace sluice::migrations
