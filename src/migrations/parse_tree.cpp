// SPDX-License-Identifier: Apache-2.0
//
// libpg_query writes its JSON by recursion. Its grammar bounds nested parentheses ("memory exhausted" at some ten
// thousand levels) but not chains such as 1+1+1… or a NATURAL JOIN b NATURAL JOIN c…, which overflow a stack of 8 MiB
// at a few hundred kilobytes of SQL and kill the process. Measured on 15-4.0.0: the worst chains that fit into 1 MiB
// need between 32 and 64 MiB. So the text is bounded to 1 MiB and read on a stack of 256 MiB, of which only the
// pages that are touched exist. A child process would contain a crash as well, but costs more than parsing does.
//
// That stack belongs to one thread for the whole process, which takes one script after the other, because a thread per
// script spends what a process has 1,024 of (PTHREAD_KEYS_MAX): on each thread that parses, libpg_query makes a new key
// for thread-specific data, to free the thread's memory when it ends, and never deletes the key. Measured: after 1,000
// such threads 1,000 keys are gone, and a while later nobody gets one. One thread makes one key and needs as much
// memory after 5,000 scripts as after 1,000, whether they parse or not; what the deepest statement touched of the stack
// stays in memory until the end. A pool would parse faster on several cores, but libpg_query keeps the key in an
// unguarded global, and what a script takes is a fraction of a millisecond.
#include "migrations/parse_tree.hpp"

#include "base/utf8.hpp"
#include "migrations/deep_stack.hpp"

#include <pg_query.h>

#include <cstdlib>
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

/// Never destroyed, because destructors of statics may still parse: they are told that there is no thread. The thread
/// itself ends in the order of destruction, so that it leaves neither memory nor a race with the end of the process.
DeepStack&
parser_thread()
{
  static DeepStack* const thread = [] {
    auto* made = new DeepStack(stack_bytes);
    std::atexit([] { parser_thread().end(); });
    return made;
  }();
  return *thread;
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
  return parser_thread().run(work);
}

int
grammar_version()
{
  return PG_VERSION_NUM / 10000;
}

}  // namespace sluice::migrations
