#![no_std]
#![no_main]

#[macro_use]
mod parts;

whole_program!(4);
