// SPDX-License-Identifier: Apache-2.0
#include "deps/python_place.hpp"

#include "deps/python.hpp"

#include <algorithm>

namespace sluice::deps {

bool
is_python_url(std::string_view text)
{
  return text.find("://") != std::string_view::npos || text.starts_with("file:");
}

Source
source_of_python_place(std::string_view url)
{
  for (const std::string_view system : {"git+", "hg+", "svn+", "bzr+"}) {
    if (url.starts_with(system)) {
      return Source::git;
    }
  }
  return url.starts_with("file:") || !is_python_url(url) ? Source::path : Source::url;
}

std::string_view
python_egg_of(std::string_view url)
{
  for (const std::string_view key : {"#egg=", "&egg="}) {
    if (const std::size_t at = url.find(key); at != std::string_view::npos) {
      const std::string_view egg = url.substr(at + key.size());
      return egg.substr(0, std::min(egg.find_first_of("&[;= \t"), egg.size()));
    }
  }
  return {};
}

std::string_view
name_of_python_archive(std::string_view url)
{
  url = url.substr(0, std::min(url.find_first_of("?#"), url.size()));
  const std::string_view file = url.substr(url.rfind('/') + 1);
  const std::size_t hyphen = file.ends_with(".whl") ? file.find('-') : file.rfind('-');
  const std::string_view name = hyphen == std::string_view::npos ? std::string_view() : file.substr(0, hyphen);
  return version_in_python_archive(url, name).empty() ? std::string_view() : name;
}

bool
is_python_directory(std::string_view place)
{
  return !is_python_url(place) && (place.starts_with('.') || place.find('/') != std::string_view::npos)
         && place.find_first_of(" \t=<>") == std::string_view::npos;
}

}  // namespace sluice::deps
