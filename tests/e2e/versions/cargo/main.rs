// SPDX-License-Identifier: Apache-2.0
//! The order of the crate `semver`, by precedence, of each pair on standard input; ? where one is no version.
use semver::Version;
use std::cmp::Ordering;
use std::io::{read_to_string, stdin};

fn main() {
    for line in read_to_string(stdin()).expect("text").lines() {
        let (a, b) = line.split_once('\t').expect("a tab");
        let answer = match (Version::parse(a), Version::parse(b)) {
            (Ok(a), Ok(b)) => match a.cmp_precedence(&b) {
                Ordering::Less => "<",
                Ordering::Equal => "=",
                Ordering::Greater => ">",
            },
            _ => "?",
        };
        println!("{answer}");
    }
}
