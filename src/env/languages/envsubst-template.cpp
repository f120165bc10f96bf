// SPDX-License-Identifier: Apache-2.0
//
// Templates that `envsubst` fills in, as the images of nginx do with `templates/*.template`. The names of nginx' own
// variables are written small.
#include "base/tree_path.hpp"
#include "env/document.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".template", ".envsubst", ".tmpl"});
constexpr std::array<std::string_view, 1> words{"${"};

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (const Reference& reference : references_in(source.text())) {
    const bool is_braced = source.text().substr(reference.at).starts_with("${");
    // What has an operation behind its name is no work of envsubst's, which knows none.
    const bool is_plain = reference.unset == Unset::unknown;
    if (is_braced && is_plain && is_environment_name(reference.name)) {
      seen.read(reference.name, source.position(reference.at).line);
    }
  }
}

}  // namespace

extern const Language language_envsubst_template{
    .id = "envsubst-template", .title = "envsubst template", .has = has, .words = words, .look = look};

}  // namespace sluice::env
