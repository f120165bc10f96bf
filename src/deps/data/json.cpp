// SPDX-License-Identifier: Apache-2.0
//
// JSON by way of simdjson's on-demand interface, which tells where in the text a value stands; its document interface
// does not. Lines are counted between one value and the next, so that the text is looked through once.
#include "deps/data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <simdjson.h>

namespace sluice::deps {

namespace {

namespace ondemand = simdjson::ondemand;

/// What the views of a document point into.
struct Buffer
{
  simdjson::padded_string text;
  ondemand::parser parser;
};

class JsonReader
{
public:
  JsonReader(std::shared_ptr<Buffer> buffer, DataBuilder& builder)
      : buffer_(std::move(buffer)),
        builder_(builder),
        counted_(buffer_->text.data())
  {}

  std::optional<Defect>
  run()
  {
    ondemand::document document;
    if (const auto error = buffer_->parser.iterate(buffer_->text).get(document)) {
      if (error == simdjson::UNCLOSED_STRING) {
        // Found by pairing quotes over the whole text: the last line is where it shows.
        count_to(buffer_->text.data() + buffer_->text.size());
      }
      return defect(error);
    }
    if (const auto error = read_document(document)) {
      return defect(error);
    }
    // Behind the last token there is no location.
    if (document.current_location().error() == simdjson::SUCCESS) {
      return Defect{line_, "not JSON: something follows the value"};
    }
    return std::nullopt;
  }

private:
  [[nodiscard]] Defect
  defect(simdjson::error_code error) const
  {
    if (error == simdjson::DEPTH_ERROR) {
      return {line_, fmt::format("nested more than {} levels deep", Data::max_depth)};
    }
    if (error == simdjson::CAPACITY) {
      return {line_, "too large"};
    }
    return {line_, fmt::format("not JSON: {}", simdjson::error_message(error))};
  }

  void
  count_to(const char* place)
  {
    if (place > counted_) {
      line_ += static_cast<std::uint32_t>(std::count(counted_, place, '\n'));
      counted_ = place;
    }
  }

  simdjson::error_code
  read_document(ondemand::document& document)
  {
    ondemand::json_type type{};
    if (const auto error = document.type().get(type)) {
      return error;
    }
    if (type == ondemand::json_type::object || type == ondemand::json_type::array) {
      ondemand::value value;
      if (const auto error = document.get_value().get(value)) {
        return error;
      }
      return read(value);
    }
    // A lone scalar is no document of any lockfile; its text is enough for messages.
    std::string_view token;
    if (const auto error = document.raw_json_token().get(token)) {
      return error;
    }
    builder_.scalar(Data::Kind::number, token, line_);
    return simdjson::SUCCESS;
  }

  simdjson::error_code
  read(ondemand::value value)
  {
    ondemand::json_type type{};
    if (const auto error = value.type().get(type)) {
      return error;
    }
    count_to(value.raw_json_token().data());
    switch (type) {
    case ondemand::json_type::object:
      return read_object(value);
    case ondemand::json_type::array:
      return read_array(value);
    case ondemand::json_type::string: {
      std::string_view text;
      if (const auto error = value.get_string().get(text)) {
        return error;
      }
      builder_.scalar(Data::Kind::text, text, line_);
      return simdjson::SUCCESS;
    }
    case ondemand::json_type::number:
      return read_number(value);
    case ondemand::json_type::boolean: {
      bool is_true = false;
      if (const auto error = value.get_bool().get(is_true)) {
        return error;
      }
      builder_.scalar(Data::Kind::boolean, is_true ? "true" : "false", line_);
      return simdjson::SUCCESS;
    }
    case ondemand::json_type::null: {
      // Takes the token, which `type` tells by its first letter alone.
      bool is_null = false;
      if (const auto error = value.is_null().get(is_null); error || !is_null) {
        return error ? error : simdjson::N_ATOM_ERROR;
      }
      builder_.scalar(Data::Kind::null, {}, line_);
      return simdjson::SUCCESS;
    }
    }
    return simdjson::TAPE_ERROR;
  }

  simdjson::error_code
  read_number(ondemand::value value)
  {
    std::string_view token = value.raw_json_token();
    token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
    double number = 0;
    if (const auto error = value.get_double().get(number)) {
      return error;
    }
    builder_.scalar(Data::Kind::number, token, line_);
    return simdjson::SUCCESS;
  }

  simdjson::error_code
  read_object(ondemand::value value)
  {
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) {
      return error;
    }
    if (!builder_.begin(Data::Kind::table, line_)) {
      return simdjson::DEPTH_ERROR;
    }
    for (auto field : object) {
      ondemand::field member;
      if (const auto error = std::move(field).get(member)) {
        return error;
      }
      count_to(member.key().raw());
      std::string_view key;
      if (const auto error = member.unescaped_key().get(key)) {
        return error;
      }
      builder_.key(key, line_);
      if (const auto error = read(member.value())) {
        return error;
      }
    }
    builder_.end();
    return simdjson::SUCCESS;
  }

  simdjson::error_code
  read_array(ondemand::value value)
  {
    ondemand::array array;
    if (const auto error = value.get_array().get(array)) {
      return error;
    }
    if (!builder_.begin(Data::Kind::list, line_)) {
      return simdjson::DEPTH_ERROR;
    }
    for (auto each : array) {
      ondemand::value item;
      if (const auto error = std::move(each).get(item)) {
        return error;
      }
      if (const auto error = read(item)) {
        return error;
      }
    }
    builder_.end();
    return simdjson::SUCCESS;
  }

  std::shared_ptr<Buffer> buffer_;
  DataBuilder& builder_;
  const char* counted_;
  std::uint32_t line_ = 1;
};

/// Comments become blanks and commas before a closing bracket too, so that every line stays where it is.
std::string
without_comments(std::string_view text)
{
  std::string out(text);
  std::size_t comma = std::string::npos;
  for (std::size_t i = 0; i < out.size();) {
    if (out[i] == '"') {
      comma = std::string::npos;
      for (++i; i < out.size() && out[i] != '"'; ++i) {
        i += out[i] == '\\' ? 1U : 0U;
      }
      ++i;
    } else if (out.compare(i, 2, "//") == 0 || out.compare(i, 2, "/*") == 0) {
      const bool is_line = out[i + 1] == '/';
      const std::size_t close = is_line ? out.find('\n', i) : out.find("*/", i + 2);
      const std::size_t end = close == std::string::npos ? out.size() : close + (is_line ? 0 : 2);
      for (; i < end; ++i) {
        out[i] = out[i] == '\n' ? '\n' : ' ';
      }
    } else {
      if ((out[i] == '}' || out[i] == ']') && comma != std::string::npos) {
        out[comma] = ' ';
      }
      if (out[i] == ',') {
        comma = i;
      } else if (out[i] != ' ' && out[i] != '\t' && out[i] != '\r' && out[i] != '\n') {
        comma = std::string::npos;
      }
      ++i;
    }
  }
  return out;
}

}  // namespace

tl::expected<Data, Defect>
read_json_data(std::string_view text, JsonDialect dialect)
{
  const auto buffer = std::make_shared<Buffer>();
  buffer->text =
      dialect == JsonDialect::strict ? simdjson::padded_string(text) : simdjson::padded_string(without_comments(text));
  DataBuilder builder(text.size());
  if (auto defect = JsonReader(buffer, builder).run()) {
    return tl::unexpected(*std::move(defect));
  }
  builder.keep(buffer);
  return builder.finish();
}

}  // namespace sluice::deps
