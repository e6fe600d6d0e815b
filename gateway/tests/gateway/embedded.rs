//! The suite with the queue in a file.

use std::path::Path;
use std::time::Duration;

use offline_push_gateway::queue::Queue;

use crate::suite;

async fn open(folder: &Path) -> Option<Queue> {
    // After a queue is dropped, its thread soon closes the file.
    for _ in 0..100 {
        match suite::open(&suite::queue(folder)).await {
            Ok(queue) => return Some(queue),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    panic!("{} stays closed", folder.display());
}

suite::cases!(open);
