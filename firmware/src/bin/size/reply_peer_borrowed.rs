#![no_std]
#![no_main]

use firmware::jobs;

firmware::size_program!(|inputs, out| jobs::peer_decode_reply_borrowed(&mut inputs.reply));
