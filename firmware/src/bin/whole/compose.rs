#![no_std]
#![no_main]

firmware::whole_program!(3);
