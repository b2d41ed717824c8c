//! Work on all cores with results in order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

/// Results that may wait for an earlier one, for each worker: memory stays bounded.
const AHEAD: usize = 8;

/// Runs `work` on each item and `take` on each result, in the order of the items; `work` runs on all
/// cores, `take` here. Item i is worked on by worker i modulo their number, so each worker's results
/// come in order, and a slow `take` holds the workers back.
///
/// # Errors
/// The first one of `take`; what was not begun by then is left.
pub fn in_order<I: Sync, T: Send, E>(
    items: &[I],
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len()).max(1);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let lanes: Vec<_> = (0..workers)
            .map(|lane| {
                let (sender, receiver) = mpsc::sync_channel(AHEAD);
                let (work, stop) = (&work, &stop);
                scope.spawn(move || {
                    for item in items.iter().skip(lane).step_by(workers) {
                        if stop.load(Ordering::Relaxed) || sender.send(work(item)).is_err() {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        for index in 0..items.len() {
            let Ok(result) = lanes[index % workers].recv() else { break };
            if let Err(error) = take(result) {
                stop.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..1000).collect();
        let mut taken = Vec::new();
        let done: Result<(), ()> = in_order(
            &items,
            |item| item * 2,
            |result| {
                taken.push(result);
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        assert_eq!(taken, items.iter().map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_refusal_ends_the_work() {
        let items = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        assert_eq!(in_order(&items, |item| *item, |item| if item == 3 { Err(item) } else { Ok(()) }), Err(3));
        assert_eq!(in_order(&[] as &[u8], |item| *item, Err), Ok(()));
    }
}
