// SPDX-License-Identifier: Apache-2.0
#include "base/child_streams.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace sluice {

namespace {

std::optional<LineSplitter>
splitter_for(const SupervisedRequest& request, Stream stream)
{
  if (!request.on_line) {
    return std::nullopt;
  }
  return LineSplitter([&on_line = request.on_line, stream](std::string_view line) { on_line(stream, line); });
}

void
keep_end(std::string& text, std::size_t bytes)
{
  if (text.size() > bytes) {
    text.erase(0, text.size() - bytes);
  }
}

}  // namespace

ChildStreams::ChildStreams(const SupervisedRequest& request)
    : request_(request),
      unsent_(request.input),
      channels_{{{{}, BoundedText(request.kept), splitter_for(request, Stream::output)},
                 {{}, BoundedText(request.kept), splitter_for(request, Stream::error)}}}
{}

Result<>
ChildStreams::open()
{
  const bool is_open = (unsent_.empty() || input_.open()) && channels_[0].pipe.open() && channels_[1].pipe.open();
  if (!is_open) {
    return fail(ErrorKind::environment, "cannot make a pipe: {}", std::strerror(errno));
  }
  for (const int ours : {input_.writer(), channels_[0].pipe.reader(), channels_[1].pipe.reader()}) {
    ::fcntl(ours, F_SETFL, O_NONBLOCK);
  }
  return {};
}

int
ChildStreams::output_of_child(Stream stream) const
{
  return channels_.at(static_cast<std::size_t>(stream)).pipe.writer();
}

void
ChildStreams::close_ends_of_child()
{
  input_.close_reader();
  for (Channel& channel : channels_) {
    channel.pipe.close_writer();
  }
}

void
ChildStreams::exchange(int also, std::chrono::milliseconds longest)
{
  std::array<pollfd, 4> polled{{{channels_[0].pipe.reader(), POLLIN, 0},
                                {channels_[1].pipe.reader(), POLLIN, 0},
                                {input_.writer(), POLLOUT, 0},
                                {also, POLLIN, 0}}};
  if (::poll(polled.data(), polled.size(), static_cast<int>(std::max<std::int64_t>(longest.count(), 0))) <= 0) {
    return;
  }
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    if (polled.at(i).revents != 0) {
      read_from(channels_.at(i));
    }
  }
  if (polled[2].revents != 0) {
    write_input();
  }
}

void
ChildStreams::read_from(Channel& channel)
{
  std::array<char, 1U << 16U> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
  const ssize_t got = ::read(channel.pipe.reader(), buffer.data(), buffer.size());
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  if (got <= 0) {
    channel.pipe.close_reader();
    return;
  }
  const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
  channel.owed -= std::min(channel.owed, piece.size());
  channel.text.add(piece);
  add_to_latest(channel, piece);
  if (channel.lines) {
    channel.lines->add(piece);
  }
}

void
ChildStreams::write_input()
{
  const ssize_t sent = ::write(input_.writer(), unsent_.data(), unsent_.size());
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  unsent_.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : unsent_.size());
  if (unsent_.empty()) {
    input_.close_writer();
  }
}

void
ChildStreams::add_to_latest(const Channel& channel, std::string_view piece)
{
  if (latest_channel_ != &channel && !latest_.empty() && latest_.back() != '\n') {
    latest_ += '\n';
  }
  latest_channel_ = &channel;
  latest_ += piece.substr(piece.size() - std::min(piece.size(), request_.kept_of_both));
  // Not with every piece, or each small one would move all that is kept.
  if (latest_.size() > 4 * request_.kept_of_both) {
    keep_end(latest_, request_.kept_of_both);
  }
}

bool
ChildStreams::are_at_end() const
{
  return std::all_of(channels_.begin(), channels_.end(),
                     [](const Channel& channel) { return channel.pipe.reader() < 0; });
}

void
ChildStreams::note_remainder()
{
  for (Channel& channel : channels_) {
    int bytes = 0;
    const bool is_known = channel.pipe.reader() >= 0 && ::ioctl(channel.pipe.reader(), FIONREAD, &bytes) == 0;
    channel.owed = is_known && bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
  }
}

bool
ChildStreams::has_remainder() const
{
  return std::any_of(channels_.begin(), channels_.end(),
                     [](const Channel& channel) { return channel.pipe.reader() >= 0 && channel.owed > 0; });
}

void
ChildStreams::finish(SupervisedResult& result)
{
  input_.close_writer();
  for (Channel& channel : channels_) {
    channel.pipe.close_reader();
    if (channel.lines) {
      channel.lines->finish();
    }
  }
  result.output = channels_[0].text.text();
  result.error_output = channels_[1].text.text();
  keep_end(latest_, request_.kept_of_both);
  result.latest = std::move(latest_);
}

}  // namespace sluice
