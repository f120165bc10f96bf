// SPDX-License-Identifier: Apache-2.0
//
// Where does the password of a URL end? By its standard at the first `/`, `?` or `#`, and none of these may be in it.
// People write them all the same, with quotes and brackets, and most clients take the last `@`. So whoever goes by the
// standard shows the rest of such a password. Here a colon in the authority begins one, and the last `@` before a blank
// or a quote ends it. What costs a host's name now and then is what looks like it and is none: a port is recognised,
// and the `@` of a package's scope behind one.
//
// The text may hold a `://` at every third byte, so what is looked for ahead is kept until it is passed.
#include "base/text.hpp"
#include "credentials/guesses.hpp"

#include <algorithm>

namespace sluice::credentials {

namespace {

constexpr std::string_view quotes = "\"'`";

/// Where a run of characters ends and where its last `@` is, read once for all places in it.
class Ahead
{
public:
  Ahead(std::string_view text, std::string_view stops, std::uint64_t& work)
      : text_(text),
        stops_(stops),
        work_(work)
  {}

  /// Of the run that `from` lies in; places must not go back.
  std::size_t
  end(std::size_t from)
  {
    if (!is_read_ || from > end_) {
      at_ = std::string_view::npos;
      end_ = from;
      for (; end_ < text_.size() && !is_blank(text_[end_]) && stops_.find(text_[end_]) == std::string_view::npos;
           ++end_) {
        at_ = text_[end_] == '@' ? end_ : at_;
      }
      work_ += end_ - from + 1;
      is_read_ = true;
    }
    return end_;
  }
  /// Its last `@` if that is not before `from`, else npos.
  std::size_t
  last_at(std::size_t from)
  {
    end(from);
    return at_ != std::string_view::npos && at_ >= from ? at_ : std::string_view::npos;
  }

private:
  std::string_view text_;
  std::string_view stops_;
  std::uint64_t& work_;
  std::size_t end_ = 0;
  std::size_t at_ = std::string_view::npos;
  bool is_read_ = false;
};

class UserReader
{
public:
  UserReader(std::string_view text, TextKind kind, std::uint64_t& work)
      : text_(text),
        kind_(kind),
        authority_(text, "/?#\"'<>`", work),
        word_(text, quotes, work),
        run_(text, "", work)
  {}

  /// The secret part of the user information that a URL's authority (after its `//`) begins with; empty if there is
  /// none. A user alone is an address in most schemes, and over http nothing but a token.
  Span
  secret(std::size_t begin)
  {
    const Span authority{begin, authority_.end(begin)};
    const std::size_t at = authority_.last_at(begin);
    const std::size_t colon = authority.of(text_).substr(0, at - std::min(at, begin)).find(':');
    if (colon != std::string_view::npos) {
      return password({begin + colon + 1, authority.end});
    }
    const auto scheme = text_.substr(0, begin - 3);
    const bool is_http = scheme.ends_with("http") || scheme.ends_with("https");
    const bool is_token = at != std::string_view::npos && is_http && text_.substr(begin, at - begin) != "git";
    return is_token ? Span{begin, at} : Span{};
  }

private:
  /// The password that begins with what is left of the authority.
  Span
  password(Span rest)
  {
    const std::string_view told = rest.of(text_);
    constexpr std::size_t longest_port = 5;
    const bool is_port = told.size() <= longest_port && told.find_first_not_of("0123456789") == std::string_view::npos;
    std::size_t at = kind_ == TextKind::name && is_port ? std::string_view::npos : word_.last_at(rest.begin);
    if (at != std::string_view::npos && is_port && text_[at - 1] == '/') {
      return {};
    }
    const bool is_quoted = rest.end < text_.size() && quotes.find(text_[rest.end]) != std::string_view::npos;
    if (at == std::string_view::npos && is_quoted && !is_port) {
      at = run_.last_at(rest.begin);
    }
    return at == std::string_view::npos ? cut(rest, is_port) : Span{rest.begin, at};
  }

  /// What an authority ends in because the message was cut there.
  [[nodiscard]] Span
  cut(Span rest, bool is_port) const
  {
    constexpr std::string_view ellipsis = "…";
    if (!rest.of(text_).ends_with(ellipsis) || is_port) {
      return {};
    }
    const Span password{rest.begin, rest.end - ellipsis.size()};
    return password.of(text_).find_first_not_of("0123456789") == std::string_view::npos ? Span{} : password;
  }

  std::string_view text_;
  TextKind kind_;
  Ahead authority_;
  Ahead word_;  ///< up to a blank or a quote
  Ahead run_;   ///< up to a blank
};

}  // namespace

void
Guesses::hide_users(std::string_view text, TextKind kind, std::vector<Hidden>& hidden)
{
  UserReader reader(text, kind, work_);
  work_ += text.size();
  for (std::size_t at = text.find("://"); at != std::string_view::npos;) {
    const Span secret = reader.secret(at + 3);
    if (secret.size() != 0 && !is_stand_in(secret.of(text))) {
      hidden.push_back({secret, mark_of(secret.of(text))});
    }
    at = text.find("://", std::max(at + 3, secret.end));
  }
}

}  // namespace sluice::credentials
