//! Mistakes in a declaration of `message!`: the compiler names the field or points at it, in words. After a change that is meant:
//! `TRYBUILD=overwrite cargo test -p misuse`.

#[test]
fn message_misuse_is_reported_at_the_field() {
    trybuild::TestCases::new().compile_fail("*_*.rs");
}
