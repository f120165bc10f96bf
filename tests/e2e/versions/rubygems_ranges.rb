# SPDX-License-Identifier: Apache-2.0
# Whether Gem::Requirement, the first of each pair on standard input, has the version behind the tab: y or n; ? where one is none.
require "rubygems"

$stdin.each_line(chomp: true) do |line|
  text, version = line.split("\t", -1)
  begin
    puts Gem::Requirement.new(text.split(",")).satisfied_by?(Gem::Version.new(version)) ? "y" : "n"
  rescue ArgumentError
    puts "?"
  end
end
