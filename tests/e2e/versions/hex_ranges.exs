# SPDX-License-Identifier: Apache-2.0
# Whether Elixir's requirement, the first of each pair on standard input, has the version behind the tab: y or n; ? where one is none.
for line <- IO.stream(:stdio, :line) do
  [text, version] = line |> String.trim_trailing("\n") |> String.split("\t")

  case {Version.parse_requirement(text), Version.parse(version)} do
    {{:ok, requirement}, {:ok, parsed}} -> IO.puts(if Version.match?(parsed, requirement), do: "y", else: "n")
    _ -> IO.puts("?")
  end
end
