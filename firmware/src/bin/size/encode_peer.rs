#![no_std]
#![no_main]

use firmware::jobs;

firmware::size_program!(|inputs, out| jobs::peer_encode(&inputs.peer_notification, out));
