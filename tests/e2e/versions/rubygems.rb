# SPDX-License-Identifier: Apache-2.0
# Gem::Version's order of each pair on standard input; ? where one is no version. Empty is none here, which Gem takes for 0.
require "rubygems"

def parse(text)
  text.strip.empty? || !Gem::Version.correct?(text) ? nil : Gem::Version.new(text)
end

$stdin.each_line(chomp: true) do |line|
  a, b = line.split("\t", -1).map { |text| parse(text) }
  puts a && b ? "<=>"[(a <=> b) + 1] : "?"
end
