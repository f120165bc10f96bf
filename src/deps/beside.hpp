// SPDX-License-Identifier: Apache-2.0
//
// The files beside a lockfile that tell what it does not. One that is there and cannot be read is a gap: what it would
// have told is not told.
#pragma once

#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/xml.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::deps {

/// The text at a path that is relative to the lockfile's directory; nothing if there is none.
[[nodiscard]] std::optional<std::string> text_beside(const Surroundings& around, std::string_view path,
                                                     PackageList& list);

/// A document with the text that it looks into.
struct DataBeside
{
  std::string text;
  Data data;
};

/// Likewise a document; null if there is none.
[[nodiscard]] std::unique_ptr<const DataBeside> toml_beside(const Surroundings& around, std::string_view path,
                                                            PackageList& list);
[[nodiscard]] std::unique_ptr<const DataBeside> json_beside(const Surroundings& around, std::string_view path,
                                                            PackageList& list);
[[nodiscard]] std::optional<Xml> xml_beside(const Surroundings& around, std::string_view path, PackageList& list);

}  // namespace sluice::deps
