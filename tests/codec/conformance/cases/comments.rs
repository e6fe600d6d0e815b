//! Comments, which JSON has not.

use crate::conformance::case::{Case, behind, reject};

pub(super) const CASES: &[Case] = &[
    reject("comment_block_before", b"/* c */1"),
    behind("comment_block_behind", b"{}/* c */", 7),
    behind("comment_block_behind_space", b"1 /* c */", 8),
    behind("comment_block_unclosed_behind", b"{}/*", 2),
    reject("comment_block_alone", b"/**/"),
    reject("comment_block_first_in_an_array", b"[/* c */1]"),
    reject("comment_block_in_an_empty_array", b"[/**/]"),
    reject("comment_block_behind_a_comma", b"[1,/* c */2]"),
    reject("comment_block_before_a_comma", b"[1/* c */,2]"),
    reject("comment_block_in_an_empty_object", b"{/**/}"),
    reject("comment_block_before_a_key", br#"{/**/"a":1}"#),
    reject("comment_block_before_the_colon", br#"{"a"/**/:1}"#),
    reject("comment_block_behind_the_colon", br#"{"a":/**/1}"#),
    reject("comment_block_behind_a_member", br#"{"a":1/**/}"#),
    reject("comment_line_before", b"// c\n1"),
    behind("comment_line_behind", b"{}// c", 4),
    behind("comment_line_behind_and_line_feed", b"{} // c\n", 6),
    reject("comment_line_in_an_array", b"[1, // c\n2]"),
    reject("comment_line_in_an_object", b"{\"a\":1 // c\n}"),
    reject("comment_hash_before", b"# c\n1"),
    behind("comment_hash_behind", b"{}#", 1),
    reject("comment_hash_in_an_array", b"[1, # c\n2]"),
    reject("comment_semicolon_before", b"; c\n1"),
    reject("comment_dashes_before", b"-- c\n1"),
    reject("comment_of_markup", b"<!-- c -->1"),
    reject("comment_slash_alone", b"/"),
    behind("comment_slash_behind", b"{}/", 1),
    reject("comment_slash_in_an_array", b"[1/]"),
];
