//! Names of notes and events: 128 bits, ordered by time, made without asking anybody.
//!
//! *Invariant.* The events of one writer are ordered by their ids even when its clock went back:
//! [`Ids::next`] is told the last one and stays above it. Nothing else trusts the clock.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use uuid::Uuid;

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = $what]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            /// Takes a UUID, or a ULID as other programs write them.
            fn from_str(text: &str) -> Result<Self, BadId> {
                let uuid = match text.len() {
                    26 => from_ulid(text).map(Uuid::from_u128),
                    _ => Uuid::try_parse(text).ok(),
                };
                uuid.map($name).ok_or(BadId)
            }
        }
    };
}

id!(NoteId, "A note, or a topic given or refused by hand.");
id!(EventId, "A change: one line of a log.");

impl From<EventId> for NoteId {
    /// A note is called after the event that made it.
    fn from(event: EventId) -> Self {
        Self(event.0)
    }
}

impl NoteId {
    /// The id of what another program calls `name`: always the same one (a UUIDv8 of its hash).
    pub fn of_name(name: &str) -> Self {
        let hash = blake3::derive_key("postil foreign note 1", name.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// The text is neither a UUID nor a ULID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither a UUID nor a ULID")]
pub struct BadId;

/// Reads Crockford's base 32: 26 digits of 5 bits, the first at most 7.
fn from_ulid(text: &str) -> Option<u128> {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    text.bytes().enumerate().try_fold(0u128, |value, (index, byte)| {
        let digit = DIGITS.iter().position(|digit| *digit == byte.to_ascii_uppercase())?;
        (index > 0 || digit < 8).then_some(value << 5 | digit as u128)
    })
}

/// Makes ids. The same seed makes the same ids, which is for tests.
#[derive(Clone, Debug)]
pub struct Ids {
    state: u64,
}

impl Ids {
    /// Ids that nobody else makes.
    pub fn random() -> Self {
        let (high, low) = Uuid::now_v7().as_u64_pair();
        Self { state: low ^ high.rotate_left(17) ^ u64::from(std::process::id()) << 40 }
    }

    pub fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A UUIDv7 (RFC 9562) of the moment `now`, and above `last`.
    pub fn next(&mut self, now: Timestamp, last: Option<EventId>) -> EventId {
        let millis = u128::try_from(now.as_millisecond()).unwrap_or(0) & ((1 << 48) - 1);
        let fresh = pack(millis << 74 | u128::from(self.random_bits()) << 10 | u128::from(self.random_bits() >> 54));
        match last {
            Some(last) if fresh <= last => {
                // A step of a random length, so that two processes of one writer do not meet.
                let above = unpack(last).saturating_add(u128::from(self.random_bits() >> 8) + 1);
                if above >> 122 == 0 { pack(above) } else { fresh }
            }
            _ => fresh,
        }
    }

    /// Six letters and digits that nobody else has.
    pub(super) fn letters(&mut self) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let bits = self.random_bits();
        (0..6).map(|digit| char::from(DIGITS[(bits >> (5 * digit)) as usize % 32])).collect()
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    fn random_bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// Puts 122 bits around the version and the variant of a UUIDv7; the order stays.
fn pack(bits: u128) -> EventId {
    let (time, a, b) = (bits >> 74, bits >> 62 & 0xfff, bits & ((1 << 62) - 1));
    EventId(Uuid::from_u128(time << 80 | 7 << 76 | a << 64 | 0b10 << 62 | b))
}

fn unpack(id: EventId) -> u128 {
    let bits = id.0.as_u128();
    (bits >> 80) << 74 | (bits >> 64 & 0xfff) << 62 | bits & ((1 << 62) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    #[test]
    fn ids_are_version_seven_and_hold_the_time() {
        let id = Ids::seeded(1).next(at(1_700_000_000_123), None);
        assert_eq!(id.0.get_version_num(), 7);
        assert_eq!(id.0.as_u128() >> 80, 1_700_000_000_123);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn ids_rise_though_the_clock_goes_back_by_years() {
        let mut ids = Ids::seeded(2);
        let mut last = ids.next(at(4_000_000_000_000), None);
        for step in 0..1000 {
            let next = ids.next(at(1_700_000_000_000 - step), Some(last));
            assert!(next > last);
            assert_eq!(next.0.get_version_num(), 7);
            last = next;
        }
    }

    #[test]
    fn an_id_at_the_end_of_time_does_not_stop_the_next() {
        let highest: EventId = "ffffffff-ffff-7fff-bfff-ffffffffffff".parse().unwrap();
        let next = Ids::seeded(3).next(at(1_700_000_000_000), Some(highest));
        assert_eq!(next.0.as_u128() >> 80, 1_700_000_000_000);
    }

    #[test]
    fn a_ulid_is_the_same_bits() {
        let ulid: NoteId = "01JDBW3V6Q0000000000000000".parse().unwrap();
        assert_eq!(ulid.0.as_u128() >> 80, 0x0193_57c1_ecd7);
        assert_eq!("8ZZZZZZZZZZZZZZZZZZZZZZZZZ".parse::<NoteId>(), Err(BadId));
        assert_eq!("nonsense".parse::<NoteId>(), Err(BadId));
    }
}
