// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a schema of every format, as what each schema imports, as a listing of every store, and as a value of
// every type with the same bytes for its options. Whatever they make of it holds together, and what is said of a value
// fits one line.
#include "env/format.hpp"
#include "env/schema_reading.hpp"
#include "env/store.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"
#include "fuzz/require.hpp"
#include "support/memory_tree.hpp"

#include <string>

namespace {

using namespace sluice;

void
check_schema(const env::Schema& schema)
{
  require(schema.items.size() <= env::max_schema_items + 1);
  for (const env::Item& item : schema.items) {
    require(!item.name.empty() && item.line != 0);
    require(item.type.id.empty() || env::find_type(item.type.id) != nullptr);
    require((item.need == env::Need::named) == !item.needed_in.empty());
  }
  for (const Gap& gap : schema.gaps) {
    require(!gap.subject.empty() && !gap.why.empty());
  }
}

std::string
path_of(const env::Format& format)
{
  for (const char* path : {".env.schema", ".env.example", ".env.schema.json", "env.ts", "settings.py", "config.go"}) {
    if (format.has(path)) {
      return path;
    }
  }
  return "env.ts";
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string text(reinterpret_cast<const char*>(data), size);
  test::MemoryTree tree;
  tree.files.emplace(".env.a", text);
  tree.files.emplace("b/.env.schema", text);
  std::vector<env::Schema> schemas;
  for (const env::Format* format : env::formats()) {
    schemas.push_back(format->read(gate::SourceText(path_of(*format), text), tree));
    schemas.back().format = format->id;
    check_schema(schemas.back());
  }
  static_cast<void>(env::put_together(schemas));
  for (const env::Store* store : env::stores()) {
    static_cast<void>(store->has(text));
    const auto names = store->read(text);
    for (const env::StoredName& name : names ? *names : std::vector<env::StoredName>()) {
      require(!name.name.empty() && name.line != 0);
    }
  }
  const env::TypeOptions options{
      {"min", text}, {"matches", text}, {"values", text}, {"separator", text}, {"items", "list"}};
  for (const env::Type* type : env::types()) {
    for (const auto& defect : {type->defect(text, {}), type->defect(text, options)}) {
      require(!defect || (!defect->empty() && defect->find('\n') == std::string::npos));
    }
    static_cast<void>(env::defect_of_options(*type, options));
  }
  return 0;
}
