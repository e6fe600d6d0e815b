//! Requests, replies and URLs.
