#![no_std]
#![no_main]

firmware::size_program!(|inputs, out| );
