// SPDX-License-Identifier: Apache-2.0
//
// Two texts in every order: the reverse is the reverse, every version is equivalent to itself, and what is compared is
// a version. A quadratic comparison is found by the time limit.
#include "deps/scheme.hpp"
#include "require.hpp"

using namespace sluice::deps;

/// The first byte says whether the first text is repeated and how often; behind it are the text, a tab, and the other.
extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size == 0) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t tab = text.find('\t');
  std::string a(text.substr(0, tab));
  const std::string b(tab == std::string_view::npos ? std::string_view() : text.substr(tab + 1));
  for (std::size_t doublings = data[0] < 240 ? 0 : data[0] - 224; doublings > 0 && a.size() < (std::size_t{1} << 16);
       --doublings) {
    a += a;
  }
  for (const Scheme* scheme : schemes()) {
    const auto order = scheme->compare(a, b);
    const auto reverse = scheme->compare(b, a);
    require(order.has_value() == reverse.has_value());
    require(!order || *order == 0 <=> *reverse);
    require(scheme->compare(a, a).value_or(std::weak_ordering::equivalent) == 0);
    require(!order || (is_version(*scheme, a) && is_version(*scheme, b)));
  }
  return 0;
}
