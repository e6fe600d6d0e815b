//! Times contenders in turns, so that what slows the machine for a moment slows them all alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each contender is sampled.
const ROUNDS: usize = 41;

/// How long one sample should take: far above the clock's resolution, below a scheduler's time slice.
const SAMPLE: Duration = Duration::from_millis(3);

/// One way to do the job of a case.
pub struct Contender<'a> {
    pub name: &'static str,
    /// Does the job as often as it is told: one indirect call a sample, none in between.
    job: Box<dyn FnMut(u64) + 'a>,
}

impl<'a> Contender<'a> {
    /// `job` keeps the optimizer from seeing its input and from dropping its output.
    pub fn new(name: &'static str, mut job: impl FnMut() + 'a) -> Self {
        Self {
            name,
            job: Box::new(move |times| {
                for _ in 0..times {
                    job();
                }
            }),
        }
    }

    /// The floor of every case: the document's bytes, copied.
    pub fn copy(document: &'a str) -> Self {
        let mut target = vec![0; document.len()];
        Self::new("memcpy", move || {
            target.copy_from_slice(black_box(document.as_bytes()));
            black_box(&mut target);
        })
    }

    pub fn repeat(&mut self, times: u64) {
        (self.job)(times);
    }

    fn time(&mut self, times: u64) -> Duration {
        let start = Instant::now();
        self.repeat(times);
        start.elapsed()
    }

    /// How many repetitions fill a sample; finding out warms the contender up. Each number is tried several times: an
    /// interruption would otherwise pass for work, and make all samples of the contender too short.
    fn calibrate(&mut self) -> u64 {
        const TRIES: usize = 5;
        let mut times = 1;
        loop {
            let tries = (0..TRIES).map(|_| self.time(times));
            let elapsed = tries.min().unwrap_or_default();
            if elapsed >= SAMPLE / 2 {
                let share = SAMPLE.as_secs_f64() / elapsed.as_secs_f64();
                return ((times as f64 * share) as u64).max(1);
            }
            times *= 2;
        }
    }
}

/// What the samples of one contender say about one repetition, in nanoseconds.
pub struct Timing {
    pub name: &'static str,
    pub median: f64,
    pub min: f64,
}

/// Samples every contender once a round, each round starting with the next of them.
pub fn interleaved(contenders: &mut [Contender<'_>]) -> Vec<Timing> {
    let times: Vec<u64> = contenders.iter_mut().map(Contender::calibrate).collect();
    let mut samples = vec![Vec::with_capacity(ROUNDS); contenders.len()];
    for round in 0..ROUNDS {
        for turn in 0..contenders.len() {
            let which = (round + turn) % contenders.len();
            let elapsed = contenders[which].time(times[which]);
            samples[which].push(elapsed.as_nanos() as f64 / times[which] as f64);
        }
    }
    let summaries = samples.iter_mut().zip(contenders);
    summaries.map(|(samples, contender)| summary(contender.name, samples)).collect()
}

fn summary(name: &'static str, samples: &mut [f64]) -> Timing {
    samples.sort_by(f64::total_cmp);
    Timing { name, median: samples[samples.len() / 2], min: samples[0] }
}
