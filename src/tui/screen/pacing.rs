//! Frames held back while the line is still busy with those before.
//!
//! A written byte is not a shown byte: over ssh a write never blocks, and a held key can put many
//! seconds of frames into the buffers on the way. So some frames end with a question (`CSI 5n`) that
//! every terminal answers once it has read that far, and the next frame waits while more than
//! [`WINDOW`] bytes are unanswered. Keys go on changing the model meanwhile; the frame that follows
//! shows where they led.
//!
//! The answers also tell how fast the line is: where they take long, what they take longer than the
//! soonest of the last ones is what the bytes take that were more under way. On a slow line less may be under way, and who draws can ask how long a frame
//! would take ([`Pacing::time_of`]) and put off those that keys will have overtaken.
//!
//! A terminal that does not answer is not waited for: pacing starts when one is known to answer, and
//! rests when an answer is late, until it comes after all.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Bytes that may be under way, and for how long on a line known to be slow.
pub const WINDOW: usize = 512;
const WINDOW_TIME: Duration = Duration::from_millis(150);
/// Frames are asked about once so many bytes have gone out since the last question.
const STRIDE: usize = 160;
/// How late an answer may be, beside the time that the bytes before it take on the slowest of lines.
const LATE: Duration = Duration::from_secs(2);
const SLOWEST_BYTES_PER_SECOND: u32 = 480;

/// The question that ends a frame.
pub const QUESTION: &[u8] = b"\x1b[5n";

/// Answers that come sooner do not tell a slow line from a long one.
const LONG: Duration = Duration::from_millis(800);
/// Where answers come sooner than this a round trip is nothing to wait for.
const NEAR: Duration = Duration::from_millis(80);
/// Answers that are remembered.
const TRIPS: usize = 16;
/// Bytes by which frames must differ to tell what a byte takes.
const TELLING: usize = 100;

/// A question that is not answered.
#[derive(Clone, Copy, Debug)]
struct Asked {
    /// Bytes before it, since the question before.
    bytes: usize,
    /// Bytes before it that had not been answered.
    under_way: usize,
    at: Instant,
    /// When its answer is late.
    late: Instant,
}

/// What is under way.
#[derive(Clone, Debug, Default)]
pub struct Pacing {
    is_on: bool,
    asked: VecDeque<Asked>,
    /// Bytes that were under way before the last answers, and how long these took.
    trips: VecDeque<(usize, Duration)>,
    /// What a byte takes, as far as answers told.
    byte_time: Option<Duration>,
    /// Bytes since the last question.
    unasked: usize,
    /// Questions given up whose answers may still come.
    given_up: usize,
}

impl Pacing {
    /// Whether a frame may be written now.
    pub fn is_clear(&mut self, now: Instant) -> bool {
        if self.asked.front().is_some_and(|asked| now >= asked.late) {
            self.given_up += self.asked.len();
            self.asked.clear();
            self.is_on = false;
        }
        self.asked.is_empty() || self.under_way() <= self.window()
    }

    fn window(&self) -> usize {
        let Some(byte_time) = self.byte_time.filter(|time| !time.is_zero()) else { return WINDOW };
        let bytes = usize::try_from(WINDOW_TIME.as_nanos() / byte_time.as_nanos()).unwrap_or(WINDOW);
        bytes.clamp(STRIDE, WINDOW)
    }

    /// How long so many bytes take on this line, as far as is known.
    pub fn time_of(&self, bytes: usize) -> Duration {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.byte_time.map_or(Duration::ZERO, |time| time.saturating_mul(bytes))
    }

    /// When to ask again whether a frame may be written, should no answer come.
    pub fn deadline(&self) -> Option<Instant> {
        self.asked.front().map(|asked| asked.late)
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
        self.asked.push_back(Asked { bytes: self.unasked, under_way: self.under_way(), at: now, late });
        self.unasked = 0;
        true
    }

    /// On a line that is far or slow, how many bytes before the end of a long frame the [`QUESTION`] is worth
    /// asking as well: its answer comes while the rest is still under way, so that the next frame follows at
    /// once and not a round trip later.
    pub fn asks_before_end(&self, bytes: usize) -> Option<usize> {
        let is_far = self.trips.back().is_some_and(|(_, trip)| *trip > NEAR);
        (self.is_on && is_far && bytes > 2 * WINDOW).then(|| self.window())
    }

    /// The terminal is known to answer.
    pub fn start(&mut self) {
        self.is_on = true;
    }

    /// An answer came.
    pub fn hears(&mut self, now: Instant) {
        if self.given_up > 0 {
            self.given_up -= 1;
        } else if let Some(asked) = self.asked.pop_front() {
            self.learn(asked, now);
        }
        self.is_on = true;
    }

    /// What an answer tells of the line.
    fn learn(&mut self, asked: Asked, now: Instant) {
        let trip = now.saturating_duration_since(asked.at);
        let bytes = asked.under_way.max(1);
        let per = |time: Duration, bytes: usize| time / u32::try_from(bytes).unwrap_or(u32::MAX);
        if let Some((fewest, least)) = self.trips.iter().min_by_key(|(_, trip)| *trip).copied()
            && trip > LONG
        {
            if bytes >= fewest + TELLING {
                let each = per(trip.saturating_sub(least), bytes - fewest);
                self.byte_time = Some(self.byte_time.map_or(each, |known| (known + each) / 2));
            } else if trip > least * 2 {
                // Few bytes took long: it is not the line it was.
                self.trips.clear();
            }
        }
        if self.trips.len() == TRIPS {
            self.trips.pop_front();
        }
        self.trips.push_back((bytes, trip));
        // Whatever the round trip is.
        self.byte_time = self.byte_time.map(|known| known.min(per(trip, bytes)));
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
        self.asked.iter().map(|asked| asked.bytes).sum::<usize>() + self.unasked
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
        pacing.hears(now);
        assert!(pacing.is_clear(now));
        assert!(pacing.sends(2000, now) && !pacing.is_clear(now));
        pacing.hears(now);
        assert!(!pacing.is_clear(now));
        pacing.hears(now);
        assert!(pacing.is_clear(now) && !pacing.is_answer_due());
    }

    #[test]
    fn answers_tell_how_fast_the_line_is() {
        for (bytes_per_second, trip) in [(960, 100), (960, 5), (240, 300), (5760, 100), (1_000_000, 700)] {
            let (mut pacing, start) = started();
            let trip = Duration::from_millis(trip);
            let byte = Duration::from_secs(1) / bytes_per_second;
            // A line that takes frames one after the other, each sent as soon as that may be.
            let (mut now, mut free, mut answers) = (start, start, VecDeque::new());
            for at in 0..80 {
                while !pacing.is_clear(now) {
                    now = answers.pop_front().unwrap();
                    pacing.hears(now);
                }
                let bytes = if at % 8 == 0 { 2000 } else { 200 };
                assert!(pacing.sends(bytes, now));
                free = now.max(free) + byte * u32::try_from(bytes).unwrap();
                answers.push_back(free + trip);
                now += Duration::from_millis(5);
            }
            let (told, real) = (pacing.time_of(1000), byte * 1000);
            let is_slow = real > Duration::from_millis(500);
            assert!(!is_slow || (told > real / 2 && told < real * 2), "{told:?} for {real:?}");
            assert!(is_slow || told < real * 2 + Duration::from_millis(50), "{told:?} for {real:?}");
        }
    }

    #[test]
    fn a_long_line_is_no_slow_one() {
        let (mut pacing, mut now) = started();
        for trip in [20, 90, 30, 120, 350, 100, 100] {
            assert!(pacing.sends(200, now));
            now += Duration::from_millis(trip);
            pacing.hears(now);
        }
        assert_eq!(pacing.time_of(3000), Duration::ZERO);
        // Nor is one that stood still for a moment, once more has passed.
        for (bytes, trip) in [(200, 1500), (3000, 130)] {
            assert!(pacing.sends(bytes, now));
            now += Duration::from_millis(trip);
            pacing.hears(now);
        }
        assert!(pacing.time_of(3000) <= Duration::from_millis(130));
    }

    #[test]
    fn on_a_far_line_the_next_frame_follows_the_last_of_a_long_one() {
        let (mut pacing, now) = started();
        assert!(pacing.sends(200, now));
        pacing.hears(now + Duration::from_millis(5));
        assert_eq!(pacing.asks_before_end(2000), None);
        assert!(pacing.sends(200, now));
        pacing.hears(now + Duration::from_millis(100));
        assert_eq!(pacing.asks_before_end(800), None);
        let rest = pacing.asks_before_end(2000).unwrap();
        assert!(pacing.sends(2000 - rest, now) && pacing.sends(rest, now) && !pacing.is_clear(now));
        pacing.hears(now + Duration::from_millis(300));
        assert!(pacing.is_clear(now) && pacing.is_answer_due());
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
        pacing.hears(now);
        assert!(pacing.sends(1000, late) && !pacing.is_clear(late));
        pacing.hears(now);
        assert!(pacing.is_clear(late));
    }
}
