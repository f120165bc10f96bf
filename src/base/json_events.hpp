// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

/// Receives the parts of a JSON text in their order, for readers that want few of them and keep no document. Every
/// function returns whether to go on.
class JsonEvents
{
public:
  virtual ~JsonEvents() = default;
  virtual bool null() = 0;
  virtual bool boolean(bool value) = 0;
  virtual bool natural(std::uint64_t value) = 0;
  virtual bool negative(std::int64_t value) = 0;
  virtual bool real(double value) = 0;
  /// May be moved from.
  virtual bool text(std::string& value) = 0;
  virtual bool begin_object() = 0;
  virtual bool key(std::string& name) = 0;
  virtual bool end_object() = 0;
  virtual bool begin_array() = 0;
  virtual bool end_array() = 0;
};

/// Takes no stack for the depth of the text. `limits.duplicates` is the reader's to see to. Errors are those of
/// Json::parse; there is none where the reader stopped.
[[nodiscard]] Result<> read_json(std::string_view text, const JsonLimits& limits, JsonEvents& events);

}  // namespace sluice
