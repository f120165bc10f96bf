// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "data/data.hpp"
#include "deps/vex.hpp"
#include "deps/xml.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace sluice::deps {

/// What the readers of all formats do alike while they read one document.
class VexReading
{
public:
  explicit VexReading(std::string path) { document_.path = std::move(path); }

  void
  set_format(std::string_view literal)
  {
    document_.format = literal;
  }
  void
  set_author(std::string_view author)
  {
    document_.author = author;
  }
  /// A statement that is none, at its line from 1; 0: not known.
  void gap(GapKind kind, std::uint32_t line, std::string why);
  /// The document is none: a gap, and nothing of it counts, whatever is added before or after.
  void refuse(GapKind kind, std::uint32_t line, std::string why);
  [[nodiscard]] bool
  is_refused() const
  {
    return is_refused_;
  }
  void tell(std::string notice);
  /// Products that no lockfile can have a name of are left out, and a statement that has no other is told.
  void add(VexStatement statement);
  [[nodiscard]] VexDocument finish();

private:
  VexDocument document_;
  std::vector<std::uint32_t> without_product_;
  bool is_refused_ = false;
};

/// By its names, of which those that are package URLs count.
[[nodiscard]] VexName vex_name(std::initializer_list<std::string_view> names);

/// Whether it says why something is not affected, as OpenVEX and CSAF 2.0 (3.2.3.5.2) both spell it.
[[nodiscard]] bool is_vex_justification(std::string_view text);

/// Of the parts that are not empty, none longer than a reader bears.
[[nodiscard]] std::string vex_reason(std::initializer_list<std::string_view> parts);

/// The readers. The root is of a document in which no key stands twice.
void read_open_vex(Value root, VexReading& reading);
void read_csaf_vex(Value root, VexReading& reading);
void read_cyclonedx_vex(Value root, VexReading& reading);
/// `text` is the document's.
void read_cyclonedx_vex(Element root, std::string_view text, VexReading& reading);

}  // namespace sluice::deps
