# SPDX-License-Identifier: Apache-2.0
# Elixir's order of each pair on standard input; ? where one is no version.
signs = %{lt: "<", eq: "=", gt: ">"}

for line <- IO.stream(:stdio, :line) do
  case line |> String.trim_trailing("\n") |> String.split("\t") |> Enum.map(&Version.parse/1) do
    [{:ok, a}, {:ok, b}] -> IO.puts(signs[Version.compare(a, b)])
    _ -> IO.puts("?")
  end
end
