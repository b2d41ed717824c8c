//! What can be seen at a line: the evidence that [`model`](super) weighs.
//!
//! A cue holds or not. Those of a gap look at the line and the one above; those of a line at it and its neighbours.
//! What each says in favour of which label stands in [`weights`](super::weights).

macro_rules! cues {
    ($($name:ident: $means:literal,)*) => {
        /// Something that can be seen at a line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Cue { $(#[doc = $means] $name,)* }

        impl Cue {
            /// Name and meaning of each, in order.
            pub const TABLE: &[(&str, &str)] = &[$((stringify!($name), $means),)*];
            pub const COUNT: usize = Self::TABLE.len();
        }
    };
}

cues! {
    Always: "holds everywhere",
    First: "nothing stands above, or an ornament",
    Ornament: "the line is an ornament",
    // What stands between the line and the one above.
    Blank: "one blank line above",
    Blanks: "two or more",
    Page: "a page ends above, or something was taken out",
    Together: "no gap above",
    TogetherParted: "no gap, in a text that parts paragraphs by blank lines",
    BlankUnparted: "a blank line, in a text that does not",
    // How the line above ends and this one begins.
    StopUpper: "above a sentence ends, here a capital",
    StopLower: "above a sentence ends, here a small letter",
    StopOther: "above a sentence ends, here a digit or mark",
    OpenLower: "above no sentence ends, here a small letter",
    OpenUpper: "above no sentence ends, here a capital",
    OpenOther: "above no sentence ends, here a digit or mark",
    CommaAbove: "above ends in a comma",
    ColonAbove: "above ends in a colon",
    HyphenAbove: "above ends in a hyphen",
    DashAbove: "above ends in a dash",
    DanglingAbove: "above ends in a word like 'of', that nothing ends with",
    GapLower: "a gap, above no sentence ends, here a small letter",
    GapOpenFull: "a gap, above no sentence ends, and the line is full",
    GapOpenRoom: "a gap, above no sentence ends, and the line has room",
    GapHyphen: "a gap behind a hyphen",
    PageStopFull: "a page cut behind a sentence on a full line",
    PageStopRoom: "a page cut behind a sentence on a line with room",
    PageStopParted: "a page cut behind a full line, in a text that parts paragraphs by blank lines",
    // Would the first word have fitted on the line above?
    StopVast: "a sentence ends above with a third of the line free",
    StopAmple: "a sentence ends above; the first word fits with much to spare",
    StopRoom: "a sentence ends above; the first word fits",
    StopTight: "a sentence ends above; the first word just fits",
    StopFull: "a sentence ends above; the first word does not fit",
    OpenVast: "no sentence ends above, a third of the line is free",
    OpenAmple: "no sentence ends above; the first word fits with much to spare",
    OpenRoom: "no sentence ends above; the first word fits",
    OpenTight: "no sentence ends above; the first word just fits",
    OpenFull: "no sentence ends above; the first word does not fit",
    RoomParted: "a sentence ends above and the first word fits, in a text that parts paragraphs by blank lines",
    Narrow: "neither line is full and neither ends a sentence",
    NarrowBelow: "this line has room for the first word below, and its sentence goes on",
    NarrowFull: "above is not full, yet its sentence goes on; this line is full",
    StopNear: "a sentence ends above; the first word fits by the widest line nearby",
    StopNearFull: "a sentence ends above; the first word does not fit by the widest line nearby",
    OpenNear: "no sentence ends above; the first word fits by the widest line nearby",
    Overlong: "the line above is far longer than a full one",
    // Indents.
    Step: "indented by 2 to 8 more than above",
    StepIndented: "the same, in a text of indented paragraphs",
    NoStep: "not indented behind a sentence, in a text of indented paragraphs",
    Deep: "indented by more than 8 more than above",
    Back: "indented less than above",
    Inset: "off the margin, as is the line above or below",
    InsetLone: "off the margin, alone",
    AtMargin: "at the margin",
    Centred: "as far from the margin as from the end of a full line",
    SameIndent: "indented as above",
    // Lists.
    Marked: "has a list mark",
    MarkNext: "the mark follows the last one",
    MarkFirst: "a bullet, or a mark with number 1",
    MarkAfterColon: "has a mark, above a colon",
    MarkAfterStop: "has a mark, above a sentence ends",
    MarkAfterOpen: "has a mark, above no sentence ends, no gap",
    MarkTitled: "has a mark and looks like a heading",
    MarkDash: "the mark is a dash or a digit in the middle of a sentence",
    ListGoesOn: "the next mark below follows this one",
    InItem: "no mark, and no gap since a list mark",
    Hanging: "stands under the text of a list item",
    HangingBack: "above stood under the text of a list item, this does not",
    // Headings.
    Titled: "words have capitals, no final stop",
    AllCaps: "all capitals",
    Numbered: "a section number",
    Untitled: "could be a heading but for its small letters",
    NoHeading: "cannot be a heading",
    Short: "shorter than 45 % of a full line",
    Middling: "45 to 75 % of a full line",
    Longish: "longer than 75 % of a full line",
    OneWord: "a single word",
    ApartBelow: "a gap below",
    GluedUpper: "no gap below, where a capital follows and no heading",
    GluedHeading: "no gap below, where another line like a heading follows",
    GluedLower: "no gap below, where a small letter follows",
    TitledAbove: "above and here a line like a heading, no gap",
    TitledAboveShort: "the same, and above is shorter than 45 % of a full line",
    HeadGapAbove: "like a heading, a gap above",
    HeadAfterStop: "like a heading, above a sentence ends, no gap",
    HeadAfterOpen: "like a heading, above no sentence ends, no gap",
    HeadLast: "like a heading, but nothing follows",
    // The top of the text.
    Top: "among the first lines",
    TopTitled: "among the first lines, like a heading, as is the line above, no gap",
    Byline: "among the first lines, says who wrote the text, when or where",
    BylineAbove: "below such a line",
    // The rest.
    Captioned: "a caption begins",
    Credited: "a picture is credited",
    CaptionAbove: "a caption began or a picture was credited above",
    CreditBelow: "a picture is credited on one of the next lines",
    Speaker: "opens with the name of who speaks",
    Quoted: "opens with a quotation mark",
    Long: "a line is a paragraph in this text",
    LongLine: "this line or the one above is longer than any page is wide",
    Quoting: "begins with '>', as mails quote",
    QuotingAbove: "above begins with '>', this does not",
    QuotingOther: "quoted more deeply than above, or less",
    AddressAbove: "above is the salutation of a letter, or its closing",
    AddressParted: "the same, and blank lines between",
    Starred: "set between rows of marks, as text browsers set headings",
    StarredAbove: "above is",
    Hashed: "a heading of Markdown",
    HashedAbove: "above is",
    Lined: "a line by itself: between fences of Markdown, or a row of a table or of contents",
    LinedAbove: "above is",
    Verse: "a line of verse below another",
    VerseInset: "a line of verse, indented",
    MarkAbove: "above stands nothing but a list mark",
    TitledGap: "above and here a line like a heading, one blank line between",
    Noted: "above a sentence ends with the mark of a note",
    NotedHalf: "the same, and both lines together fill one: it was cut at the mark",
    PageStopOver: "a page cut behind a sentence on a line that is more than full",
    PageStopVast: "a page cut behind a sentence on a short line",
    PageStopNear: "a page cut behind a sentence on a line with room, beside its neighbours",
    TitledGapTop: "the same among the first lines",
    TitledGapOpen: "like a heading, as is the line above, which ends in a word like 'of'; one blank line between",
    SaidAbove: "among the first lines, above says outright who wrote the text, or when, or is of the page",
    Apart: "a blank line above that nothing goes on behind: a sentence ends there, or a third of the line is free",
    Stamped: "begins with a time, as several lines of a log do",
    Shred: "with the lines below that go on, it fills what the line above left free, and no full line without",
}

/// The cues that hold at a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CueSet(u128);

impl CueSet {
    pub(super) fn add(&mut self, cue: Cue, holds: bool) {
        self.0 |= u128::from(holds) << cue as u32;
    }

    pub fn has(self, cue: Cue) -> bool {
        self.0 >> cue as u32 & 1 == 1
    }

    /// The cues' places in [`Cue::TABLE`].
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let each = |half: u64, first: usize| {
            let mut rest = half;
            std::iter::from_fn(move || {
                let next = (rest != 0).then(|| first + rest.trailing_zeros() as usize);
                rest &= rest.wrapping_sub(1);
                next
            })
        };
        each(self.0 as u64, 0).chain(each((self.0 >> 64) as u64, 64))
    }
}
