// SPDX-License-Identifier: Apache-2.0
//
// What people write instead of an identifier. Only names with one meaning are here: "GPLv3" may be GPL-3.0-only or
// GPL-3.0-or-later, "BSD" any of a dozen, and who guesses right most of the time allows what was not allowed the rest
// of it. Whoever reads a licence by this table says so.
#include "base/text.hpp"
#include "deps/licence_ids.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

struct Name
{
  std::string_view name;  ///< in lower case, without a leading "the" and a trailing "license" or "licence"
  std::string_view expression;
};

constexpr std::array names{
    Name{"2-clause bsd", "BSD-2-Clause"},
    Name{"3-clause bsd", "BSD-3-Clause"},
    Name{"apache 2", "Apache-2.0"},
    Name{"apache 2.0", "Apache-2.0"},
    Name{"apache license 2.0", "Apache-2.0"},
    Name{"apache license v2.0", "Apache-2.0"},
    Name{"apache license version 2.0", "Apache-2.0"},
    Name{"apache license, version 2.0", "Apache-2.0"},
    Name{"apache software license 2.0", "Apache-2.0"},
    Name{"apache software license, version 2.0", "Apache-2.0"},
    Name{"apache v2", "Apache-2.0"},
    Name{"apache v2.0", "Apache-2.0"},
    Name{"apache-2", "Apache-2.0"},
    Name{"apache2", "Apache-2.0"},
    Name{"apache2.0", "Apache-2.0"},
    Name{"boost software license 1.0", "BSL-1.0"},
    Name{"boost software license, version 1.0", "BSL-1.0"},
    Name{"bsd 2-clause", "BSD-2-Clause"},
    Name{"bsd 3-clause", "BSD-3-Clause"},
    Name{"bsd-2", "BSD-2-Clause"},
    Name{"bsd-3", "BSD-3-Clause"},
    Name{"cc0 1.0 universal", "CC0-1.0"},
    Name{"cddl 1.0", "CDDL-1.0"},
    Name{"eclipse public license 1.0", "EPL-1.0"},
    Name{"eclipse public license 2.0", "EPL-2.0"},
    Name{"eclipse public license v1.0", "EPL-1.0"},
    Name{"eclipse public license v2.0", "EPL-2.0"},
    Name{"epl 1.0", "EPL-1.0"},
    Name{"epl 2.0", "EPL-2.0"},
    Name{"expat", "MIT"},
    Name{"gnu affero general public license v3.0 only", "AGPL-3.0-only"},
    Name{"gnu affero general public license v3.0 or later", "AGPL-3.0-or-later"},
    Name{"gnu general public license v2.0 only", "GPL-2.0-only"},
    Name{"gnu general public license v2.0 or later", "GPL-2.0-or-later"},
    Name{"gnu general public license v3.0 only", "GPL-3.0-only"},
    Name{"gnu general public license v3.0 or later", "GPL-3.0-or-later"},
    Name{"gnu lesser general public license v2.1 only", "LGPL-2.1-only"},
    Name{"gnu lesser general public license v2.1 or later", "LGPL-2.1-or-later"},
    Name{"gnu lesser general public license v3.0 only", "LGPL-3.0-only"},
    Name{"gnu lesser general public license v3.0 or later", "LGPL-3.0-or-later"},
    Name{"gplv2+", "GPL-2.0-or-later"},
    Name{"gplv3+", "GPL-3.0-or-later"},
    Name{"lgplv2.1+", "LGPL-2.1-or-later"},
    Name{"lgplv3+", "LGPL-3.0-or-later"},
    Name{"mit license (mit)", "MIT"},
    Name{"mozilla public license 2.0", "MPL-2.0"},
    Name{"mozilla public license, version 2.0", "MPL-2.0"},
    Name{"mpl 2.0", "MPL-2.0"},
    Name{"new bsd", "BSD-3-Clause"},
    Name{"python software foundation license 2.0", "PSF-2.0"},
    Name{"revised bsd", "BSD-3-Clause"},
    Name{"simplified bsd", "BSD-2-Clause"},
};

/// Names of R's own licence table that are not the list's.
constexpr std::array r_names{
    Name{"agpl (>= 3)", "AGPL-3.0-or-later"},
    Name{"agpl-3", "AGPL-3.0-only"},
    Name{"apache license (== 2.0)", "Apache-2.0"},
    Name{"apache license (>= 2)", "Apache-2.0+"},
    Name{"apache license (>= 2.0)", "Apache-2.0+"},
    Name{"apache license 2.0", "Apache-2.0"},
    Name{"bsd_2_clause", "BSD-2-Clause"},
    Name{"bsd_3_clause", "BSD-3-Clause"},
    Name{"cc by 4.0", "CC-BY-4.0"},
    Name{"cc by-nc 4.0", "CC-BY-NC-4.0"},
    Name{"cc by-nc-sa 4.0", "CC-BY-NC-SA-4.0"},
    Name{"cc by-sa 4.0", "CC-BY-SA-4.0"},
    Name{"cc0", "CC0-1.0"},
    Name{"gpl", "GPL-1.0-or-later"},
    Name{"gpl (>= 2)", "GPL-2.0-or-later"},
    Name{"gpl (>= 2.0)", "GPL-2.0-or-later"},
    Name{"gpl (>= 3)", "GPL-3.0-or-later"},
    Name{"gpl (>= 3.0)", "GPL-3.0-or-later"},
    Name{"gpl-2", "GPL-2.0-only"},
    Name{"gpl-3", "GPL-3.0-only"},
    Name{"lgpl", "LGPL-2.0-or-later"},
    Name{"lgpl (>= 2)", "LGPL-2.0-or-later"},
    Name{"lgpl (>= 2.0)", "LGPL-2.0-or-later"},
    Name{"lgpl (>= 2.1)", "LGPL-2.1-or-later"},
    Name{"lgpl (>= 3)", "LGPL-3.0-or-later"},
    Name{"lgpl (>= 3.0)", "LGPL-3.0-or-later"},
    Name{"lgpl-2", "LGPL-2.0-only"},
    Name{"lgpl-2.1", "LGPL-2.1-only"},
    Name{"lgpl-3", "LGPL-3.0-only"},
};

constexpr bool
is_before(const Name& a, const Name& b)
{
  return a.name < b.name;
}

static_assert(std::is_sorted(names.begin(), names.end(), is_before));
static_assert(std::is_sorted(r_names.begin(), r_names.end(), is_before));

template<std::size_t count>
std::string_view
look_up(const std::array<Name, count>& table, std::string_view name)
{
  const auto* found = std::lower_bound(table.begin(), table.end(), Name{name, {}}, is_before);
  return found != table.end() && found->name == name ? found->expression : std::string_view();
}

/// In lower case, one blank for several.
std::string
plain_name(std::string_view text)
{
  std::string plain;
  for (const char character : trim(text)) {
    if (!is_blank(character)) {
      plain += character;
    } else if (!plain.ends_with(' ')) {
      plain += ' ';
    }
  }
  return to_lower(plain);
}

}  // namespace

std::string_view
licence_of_name(std::string_view name)
{
  const std::string plain = plain_name(name);
  std::string_view rest = plain;
  rest.remove_prefix(rest.starts_with("the ") ? 4 : 0);
  for (const std::string_view end : {" license", " licence"}) {
    const std::string_view without = rest.ends_with(end) ? rest.substr(0, rest.size() - end.size()) : rest;
    for (const std::string_view each : {rest, without}) {
      if (const std::string_view found = look_up(names, each); !found.empty()) {
        return found;
      }
    }
    // "MIT License" is of the list's MIT.
    if (without.size() != rest.size()) {
      return spdx_id(without);
    }
  }
  return {};
}

std::string
licence_of_r(std::string_view text)
{
  std::string expression;
  for (const std::string_view choice : split(text, '|')) {
    const std::string_view own = trim(choice.substr(0, choice.find(" + file ")));
    const std::string_view found = look_up(r_names, plain_name(own));
    expression.append(expression.empty() ? "" : " OR ").append(found.empty() ? own : found);
  }
  return expression;
}

}  // namespace sluice::deps
