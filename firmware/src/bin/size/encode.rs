#![no_std]
#![no_main]

use firmware::jobs;

firmware::size_program!(|inputs, out| jobs::encode(inputs.notification, out));
