// SPDX-License-Identifier: Apache-2.0
//
// YAML, quickly. yaml-cpp takes a fifth of a second for a lockfile of three thousand packages. What tools write (and
// most of what people do) needs none of YAML's cleverness: nested lists and mappings, scalars in their five styles,
// comments. That much is read here, in one pass over the text, and whatever uses more (anchors, aliases, tags, keys
// that are no scalars, directives) is left to yaml-cpp as a whole document. What is read here must mean what YAML 1.2.2
// says, or be refused: tests compare the two readers.
#include "config/yaml_document.hpp"
#include "data/data.hpp"
#include "data/yaml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

namespace {

using yaml::Cursor;
using yaml::Stop;

/// Copies what yaml-cpp read.
class NodeCopier
{
public:
  NodeCopier(DataBuilder& builder, std::uint32_t lines_before)
      : builder_(builder),
        lines_before_(lines_before)
  {}

  [[nodiscard]] bool
  copy(const config::YamlNode& node)
  {
    const std::uint32_t line = node.where.line + lines_before_;
    switch (node.kind) {
    case config::YamlKind::null:
      builder_.scalar(Data::Kind::null, {}, line);
      return true;
    case config::YamlKind::scalar:
      builder_.scalar(node.quoted ? Data::Kind::text : yaml::kind_of_plain(node.scalar), builder_.keep(node.scalar),
                      line);
      return true;
    case config::YamlKind::sequence:
      return builder_.begin(Data::Kind::list, line)
             && std::all_of(node.items.begin(), node.items.end(), [this](const auto& item) { return copy(item); })
             && end();
    case config::YamlKind::mapping:
      return builder_.begin(Data::Kind::table, line)
             && std::all_of(node.entries.begin(), node.entries.end(),
                            [this](const config::YamlEntry& entry) {
                              builder_.key(builder_.keep(entry.first.scalar), entry.first.where.line + lines_before_);
                              return copy(entry.second);
                            })
             && end();
    }
    return false;
  }

private:
  bool
  end()
  {
    builder_.end();
    return true;
  }
  DataBuilder& builder_;
  std::uint32_t lines_before_;
};

/// Reads a document by yaml-cpp. Its messages begin with the place.
tl::expected<Data, Defect>
read_whole(std::string_view document, std::uint32_t first_line)
{
  const auto node = config::parse_yaml(document, "");
  if (!node) {
    return tl::unexpected(Defect{first_line, "not YAML that can be read" + node.error().message});
  }
  DataBuilder builder;
  if (!NodeCopier(builder, first_line - 1).copy(*node)) {
    return tl::unexpected(Defect{first_line, "nested too deep"});
  }
  return builder.finish();
}

/// The documents of a stream, each with the line of its beginning.
class Stream
{
public:
  explicit Stream(std::string_view text)
      : cursor_(text)
  {}

  tl::expected<std::vector<Data>, Defect>
  run()
  {
    std::vector<Data> documents;
    while (begin_document()) {
      const std::size_t begin = cursor_.offset();
      const std::uint32_t line = cursor_.line();
      DataBuilder builder(cursor_.remaining());
      const auto stop = yaml::read_document(cursor_, builder);
      if (!stop) {
        documents.push_back(builder.finish());
        continue;
      }
      if (stop->kind == Stop::Kind::defect) {
        return tl::unexpected(Defect{stop->line, "not YAML: " + stop->what});
      }
      skip_document();
      auto whole = read_whole(cursor_.between(begin, cursor_.offset()), line);
      if (!whole) {
        return tl::unexpected(std::move(whole).error());
      }
      documents.push_back(*std::move(whole));
    }
    if (refused_) {
      return tl::unexpected(*std::move(refused_));
    }
    return documents;
  }

private:
  /// Moves behind the mark that begins a document, which one behind "..." may lack; false at the end.
  bool
  begin_document()
  {
    cursor_.skip_to_content();
    bool is_marked = false;
    while (!cursor_.at_end() && cursor_.is_document_end()) {
      const bool begins = cursor_.peek() == '-';
      if (begins && is_marked) {
        break;
      }
      is_marked = is_marked || begins;
      cursor_.advance(3);
      if (begins && !cursor_.is_rest_empty()) {
        cursor_.skip_blanks();
        return true;
      }
      if (!begins && !cursor_.is_rest_empty()) {
        refused_ = {cursor_.line(), "not YAML: something stands behind the mark that ends a document"};
        return false;
      }
      cursor_.next_line();
      cursor_.skip_to_content();
    }
    if (cursor_.peek() == '%' && cursor_.column() == 0) {
      refused_ = {cursor_.line(), "directives are not read"};
      return false;
    }
    return is_marked || !cursor_.at_end();
  }

  void
  skip_document()
  {
    cursor_.next_line();
    while (!cursor_.is_document_end()) {
      cursor_.next_line();
    }
  }

  Cursor cursor_;
  std::optional<Defect> refused_;
};

/// Where the first character is that YAML does not have (chapter 5.1), or a carriage return that ends a line by itself,
/// as nothing has written for twenty years; npos if there is none.
std::size_t
find_unreadable(std::string_view text)
{
  // Nearly no text has any: a loop that a compiler makes one of vectors, and then the exact one.
  std::uint8_t has_any = 0;
  for (const char character : text) {
    const auto byte = static_cast<std::uint8_t>(character);
    has_any |= static_cast<std::uint8_t>(byte < 0x20) & static_cast<std::uint8_t>(byte != '\n')
               & static_cast<std::uint8_t>(byte != '\t');
    has_any |= static_cast<std::uint8_t>(byte == 0x7F);
  }
  if (has_any == 0) {
    return std::string_view::npos;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char character = text[i];
    const bool is_control =
        (character >= 0 && character < ' ' && character != '\n' && character != '\t') || character == '\x7F';
    if (is_control && (character != '\r' || i + 1 == text.size() || text[i + 1] != '\n')) {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

tl::expected<std::vector<Data>, Defect>
read_yaml_data(std::string_view text)
{
  if (const std::size_t at = find_unreadable(text); at != std::string_view::npos) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return tl::unexpected(Defect{static_cast<std::uint32_t>(line), "not YAML: it has a control character"});
  }
  return Stream(text).run();
}

}  // namespace sluice
