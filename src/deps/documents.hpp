// SPDX-License-Identifier: Apache-2.0
//
// What readers of JSON and XML begin with: parse, refuse what is none, tell of keys that stand twice, and keep the
// document as long as the list.
#pragma once

#include "deps/lockfile.hpp"
#include "deps/xml.hpp"

namespace sluice::deps {

/// None if it was refused.
[[nodiscard]] Value json_document(const LockText& file, PackageList& list);

/// None if it was refused; that is also done if the root has another name.
[[nodiscard]] Element xml_document(const LockText& file, PackageList& list, std::string_view root);

}  // namespace sluice::deps
