// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/mapped_file.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace sluice {

/// The text of a file, read or mapped. Copies share it.
class FileText
{
public:
  FileText(std::string text)
      : owner_(std::make_shared<const std::string>(std::move(text))),
        view_(*static_cast<const std::string*>(owner_.get()))
  {}
  explicit FileText(MappedFile file)
      : owner_(std::make_shared<const MappedFile>(std::move(file))),
        view_(static_cast<const MappedFile*>(owner_.get())->bytes())
  {}

  [[nodiscard]] std::string_view
  view() const
  {
    return view_;
  }
  /// What keeps the view alive.
  [[nodiscard]] const std::shared_ptr<const void>&
  owner() const
  {
    return owner_;
  }
  /// Leaves out so many bytes of its beginning.
  void
  remove_prefix(std::size_t count)
  {
    view_.remove_prefix(count);
  }

private:
  std::shared_ptr<const void> owner_;
  std::string_view view_;
};

}  // namespace sluice
