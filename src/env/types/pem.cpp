// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 3> names{"certificate", "privatekey", "publickey"};

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "-----END ";
constexpr std::string_view dashes = "-----";

/// What stands between `mark` and the dashes behind it, at or after `from`.
std::string_view
label_at(std::string_view text, std::string_view mark)
{
  const std::size_t begin = text.find(mark);
  const std::size_t end = begin == std::string_view::npos ? begin : text.find(dashes, begin + mark.size());
  return end == std::string_view::npos ? std::string_view()
                                       : text.substr(begin + mark.size(), end - begin - mark.size());
}

/// Newlines may be written as `\n`, as they are where a value must be on one line.
std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  const std::string_view label = label_at(value, begin_mark);
  if (!value.starts_with(begin_mark) || label.empty()) {
    return "is not PEM: it does not begin with `-----BEGIN …-----`";
  }
  if (label_at(value.substr(begin_mark.size()), end_mark) != label) {
    return "is not PEM: its end is missing, as when a tool took the first line only";
  }
  const std::string_view body = value.substr(begin_mark.size() + label.size() + dashes.size());
  const bool has_lines = body.starts_with('\n') || body.starts_with("\r\n") || body.starts_with("\\n");
  return has_lines ? std::nullopt : std::optional<std::string>("is PEM without its newlines");
}

}  // namespace

extern const Type type_pem{.id = "pem", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
