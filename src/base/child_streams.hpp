// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bounded_text.hpp"
#include "base/line_splitter.hpp"
#include "base/pipe.hpp"
#include "base/supervised_process.hpp"

#include <array>
#include <optional>

namespace sluice {

/// What a supervised program reads and prints. Takes what it needs of the request, which must outlive it.
class ChildStreams
{
public:
  explicit ChildStreams(const SupervisedRequest& request);

  /// Errors: ErrorKind::environment.
  [[nodiscard]] Result<> open();
  [[nodiscard]] int
  input_of_child() const  ///< -1: it has none
  {
    return input_.reader();
  }
  [[nodiscard]] int output_of_child(Stream stream) const;
  /// The child has its ends.
  void close_ends_of_child();

  /// Waits until something can be read or written, `also` (or -1) can be read, or the time is over; then moves what is
  /// there, of each stream no more than fits into a pipe.
  void exchange(int also, std::chrono::milliseconds longest);

  /// Nobody holds the other end of a stream.
  [[nodiscard]] bool are_at_end() const;
  /// Notes what is in the pipes now.
  void note_remainder();
  /// Some of that has not been read yet.
  [[nodiscard]] bool has_remainder() const;

  /// Closes what is open, hands over last lines and puts the texts into the result.
  void finish(SupervisedResult& result);

private:
  struct Channel
  {
    Pipe pipe;
    BoundedText text;
    std::optional<LineSplitter> lines;
    std::size_t owed = 0;  ///< bytes that were in the pipe when the child ended
  };

  void read_from(Channel& channel);
  void write_input();
  void add_to_latest(const Channel& channel, std::string_view piece);

  const SupervisedRequest& request_;
  std::string_view unsent_;
  Pipe input_;
  std::array<Channel, 2> channels_;  ///< by Stream
  std::string latest_;
  const Channel* latest_channel_ = nullptr;
};

}  // namespace sluice
