//! The suite with the queue in a file.

mod suite;

use std::path::Path;
use std::time::Duration;

use offline_push_gateway::queue::embedded::Embedded;

async fn open(folder: &Path) -> Option<Embedded> {
    let path = folder.join("queue.redb");
    // The thread of a queue that was dropped closes the file soon.
    for _ in 0..100 {
        match Embedded::open(&path, Duration::from_secs(3600), Duration::from_secs(300)) {
            Ok(queue) => return Some(queue),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    panic!("{} stays closed", path.display());
}

suite::cases!(open);
