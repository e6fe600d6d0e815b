#![no_std]
#![no_main]

use firmware::jobs;

firmware::size_program!(
    |inputs, out| jobs::encode(inputs.notification, out),
    jobs::encode_token(&inputs.token, out),
    jobs::decode_reply(&mut inputs.reply),
    jobs::decode_auth(&mut inputs.auth_reply)
);
