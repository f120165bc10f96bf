// SPDX-License-Identifier: Apache-2.0
#include "env/readers.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

bool
fits(const Load& load, std::string_view path)
{
  return load.path.ends_with('*') ? path.starts_with(std::string_view(load.path).substr(0, load.path.size() - 1))
                                  : load.path == path;
}

void
add(const Load& load, const std::string& from, std::vector<Reader>& readers)
{
  const Dialect* dialect = find_dialect(load.dialect);
  if (dialect == nullptr) {
    return;
  }
  const auto known = std::find_if(readers.begin(), readers.end(),
                                  [dialect](const Reader& reader) { return reader.dialect == dialect; });
  if (known == readers.end()) {
    readers.push_back({dialect, from, load.line, load.how, load.to});
  } else if (known->to != Load::To::foreign && load.to == Load::To::foreign) {
    known->to = load.to;
  }
}

}  // namespace

std::vector<Reader>
readers_of(std::string_view path, const std::vector<Seen>& seen)
{
  std::vector<Reader> readers;
  // A file that is named is read more surely than one of many.
  for (const bool is_named : {true, false}) {
    for (const Seen& each : seen) {
      for (const Load& load : each.loads) {
        if (load.path.ends_with('*') != is_named && fits(load, path)) {
          add(load, each.path, readers);
        }
      }
    }
  }
  if (readers.empty()) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const bool is_of_act = name == ".secrets" || name == ".vars";
    const bool is_of_wrangler = name.starts_with(".dev.vars");
    readers.push_back({find_dialect(is_of_act ? "godotenv" : "motdotla"),
                       {},
                       0,
                       is_of_act        ? "act"
                       : is_of_wrangler ? "wrangler"
                                        : "presumed",
                       Load::To::unknown});
  }
  return readers;
}

}  // namespace sluice::env
