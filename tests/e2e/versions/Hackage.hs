-- SPDX-License-Identifier: Apache-2.0
-- Cabal's order of each pair on standard input; ? where one is no version.
import Distribution.Parsec (simpleParsec)
import Distribution.Version (Version)

answer :: String -> String
answer line = case (simpleParsec a, simpleParsec (drop 1 b)) :: (Maybe Version, Maybe Version) of
  (Just x, Just y) -> case compare x y of
    LT -> "<"
    EQ -> "="
    GT -> ">"
  _ -> "?"
  where
    (a, b) = break (== '\t') line

main :: IO ()
main = interact (unlines . map answer . lines)
