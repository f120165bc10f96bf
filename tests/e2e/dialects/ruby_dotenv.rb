# SPDX-License-Identifier: Apache-2.0
# As javascript.js, for Ruby's dotenv.
require "base64"
require "json"
require "tempfile"
require "dotenv"

module Kernel
  def `(_command)
    "EXECUTES"
  end
end

if ARGV == ["version"]
  puts Dotenv::VERSION
  exit
end

answers = JSON.parse($stdin.read).map do |text, environment|
  ENV.replace(environment)
  Tempfile.create("env") do |file|
    file.binmode
    file.write(Base64.decode64(text))
    file.flush
    Dotenv::Environment.new(file.path, overwrite: false).to_h.transform_values { |value| Base64.strict_encode64(value) }
  rescue Dotenv::FormatError, ArgumentError, EncodingError
    nil
  end
end
puts JSON.generate(answers)
