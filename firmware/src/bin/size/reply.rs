#![no_std]
#![no_main]

use firmware::jobs;

firmware::size_program!(|inputs, out| jobs::decode_reply(&mut inputs.reply));
