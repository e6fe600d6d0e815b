#![no_std]
#![no_main]

use firmware::jobs;

firmware::size_program!(
    |inputs, out| jobs::peer_encode(&inputs.peer_notification, out),
    jobs::peer_encode_token(&inputs.peer_token, out),
    jobs::peer_decode_reply_borrowed(&mut inputs.reply),
    jobs::peer_decode_auth_borrowed(&mut inputs.auth_reply)
);
