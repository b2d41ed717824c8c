//! Frames held back while the line is still busy with those before.
//!
//! A written byte is not a shown byte: over ssh a write never blocks, and a held key can put many
//! seconds of frames into the buffers on the way. So some frames end with a question (`CSI 5n`) that
//! every terminal answers once it has read that far, and the next frame waits while more than
//! [`WINDOW`] bytes are unanswered. Keys go on changing the model meanwhile; the frame that follows
//! shows where they led.
//!
//! A terminal that does not answer is not waited for: pacing starts when one is known to answer, and
//! rests when an answer is late, until it comes after all.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Bytes that may be under way.
pub const WINDOW: usize = 512;
/// Frames are asked about once so many bytes have gone out since the last question.
const STRIDE: usize = 160;
/// How late an answer may be, beside the time that the bytes before it take on the slowest of lines.
const LATE: Duration = Duration::from_secs(2);
const SLOWEST_BYTES_PER_SECOND: u32 = 480;

/// The question that ends a frame.
pub const QUESTION: &[u8] = b"\x1b[5n";

/// What is under way.
#[derive(Clone, Debug, Default)]
pub struct Pacing {
    is_on: bool,
    /// Bytes before each question that is not answered, since the question before, and when it is late.
    asked: VecDeque<(usize, Instant)>,
    /// Bytes since the last question.
    unasked: usize,
    /// Questions given up whose answers may still come.
    given_up: usize,
}

impl Pacing {
    /// Whether a frame may be written now.
    pub fn is_clear(&mut self, now: Instant) -> bool {
        if self.asked.front().is_some_and(|(_, late)| now >= *late) {
            self.given_up += self.asked.len();
            self.asked.clear();
            self.is_on = false;
        }
        self.asked.is_empty() || self.under_way() <= WINDOW
    }

    /// When to ask again whether a frame may be written, should no answer come.
    pub fn deadline(&self) -> Option<Instant> {
        self.asked.front().map(|(_, late)| *late)
    }

    /// A frame of so many bytes goes out; whether it is to end with the [`QUESTION`].
    pub fn sends(&mut self, bytes: usize, now: Instant) -> bool {
        if !self.is_on {
            return false;
        }
        self.unasked += bytes;
        if self.unasked < STRIDE {
            return false;
        }
        let before = u32::try_from(self.under_way()).unwrap_or(u32::MAX);
        let late = now + LATE + Duration::from_secs(1) * before / SLOWEST_BYTES_PER_SECOND;
        self.asked.push_back((self.unasked, late));
        self.unasked = 0;
        true
    }

    /// The terminal is known to answer.
    pub fn start(&mut self) {
        self.is_on = true;
    }

    /// An answer came.
    pub fn hears(&mut self) {
        if self.given_up > 0 {
            self.given_up -= 1;
        } else {
            self.asked.pop_front();
        }
        self.is_on = true;
    }

    /// No answer is to be waited for: the terminal was left meanwhile.
    pub fn forget(&mut self) {
        self.asked.clear();
        self.unasked = 0;
    }

    /// Whether answers are still to come.
    pub fn is_answer_due(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Bytes that the terminal may not have read yet.
    fn under_way(&self) -> usize {
        self.asked.iter().map(|(bytes, _)| bytes).sum::<usize>() + self.unasked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started() -> (Pacing, Instant) {
        let mut pacing = Pacing::default();
        pacing.start();
        (pacing, Instant::now())
    }

    #[test]
    fn a_silent_terminal_is_never_waited_for() {
        let (mut pacing, now) = (Pacing::default(), Instant::now());
        for _ in 0..100 {
            assert!(!pacing.sends(1000, now));
            assert!(pacing.is_clear(now));
        }
        assert_eq!(pacing.deadline(), None);
    }

    #[test]
    fn frames_wait_while_more_than_the_window_is_under_way() {
        let (mut pacing, now) = started();
        assert!(pacing.sends(400, now) && pacing.is_clear(now));
        assert!(pacing.sends(400, now) && !pacing.is_clear(now));
        pacing.hears();
        assert!(pacing.is_clear(now));
        assert!(pacing.sends(2000, now) && !pacing.is_clear(now));
        pacing.hears();
        assert!(!pacing.is_clear(now));
        pacing.hears();
        assert!(pacing.is_clear(now) && !pacing.is_answer_due());
    }

    #[test]
    fn small_frames_share_a_question() {
        let (mut pacing, now) = started();
        let asked = (0..30).filter(|_| pacing.sends(20, now)).count();
        assert_eq!(asked, 3);
    }

    #[test]
    fn a_late_answer_ends_it_until_it_comes_after_all() {
        let (mut pacing, now) = started();
        assert!(pacing.sends(1000, now));
        let late = pacing.deadline().unwrap();
        assert!(late > now + Duration::from_secs(2));
        assert!(!pacing.is_clear(late - Duration::from_millis(1)));
        assert!(pacing.is_clear(late));
        assert!(!pacing.sends(1000, late) && pacing.is_clear(late));
        pacing.hears();
        assert!(pacing.sends(1000, late) && !pacing.is_clear(late));
        pacing.hears();
        assert!(pacing.is_clear(late));
    }
}
