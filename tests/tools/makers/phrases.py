"""Composed prose: sentences in the manner of policy essays, rich in what line ends break.

Names, acronyms, compounds and spans of years stand in tables; a template draws from them. Each table is dealt out
between the two sets (every other entry), so that a compound met in `tune` is not the one met in `judge`.
"""
import re

COUNTRY = """Japan|Australia|India|Indonesia|Vietnam|Norway|Canada|Poland|Kenya|Brazil|Chile|Turkey|Mexico|Finland|Thailand|
Malaysia|Portugal|Morocco|Denmark|Singapore|Peru|Greece|Iceland|Mongolia""".replace("\n", "").split("|")
PAIR = """US-Japan|EU-Canada|India-Australia|Sino-Russian|Anglo-French|US-Korea|Japan-Vietnam|China-ASEAN|Franco-German|
US-Philippines|Norway-Russia|Chile-Peru|Japan-US-Australia|US-Japan-India|Greco-Turkish|Indo-Pacific""".replace("\n", "").split("|")
ACRONYM = """WTO|OECD|ASEAN|NATO|IMF|APEC|IAEA|UNCLOS|TPP|RCEP|AIIB|OPEC|IEA|GATT|UNHCR|OSCE""".split("|")
BODY = """Ministry of Finance|Council on Shipping|Committee of Ports|Bureau of Standards|Diet|Senate|Board of Trade|
Court of Arbitration|Fisheries Agency|Council of Ministers|House of Deputies|Office of Energy|Supreme Court|Central Bank|
Coast Guard|Tariff Commission""".replace("\n", "").split("|")
PLACE = """Geneva|Manila|Helsinki|Okinawa|Santiago|Jakarta|Nairobi|Rotterdam|Hokkaido|Valparaiso|Gdansk|Busan|Sakhalin|
Halifax|Darwin|Trondheim|Casablanca|Chennai|Veracruz|Piraeus|the Bay of Bengal|the Sea of Okhotsk|the Strait of Malacca|
the Gulf of Aden""".replace("\n", "").split("|")
NOUN = """decision-making|burden-sharing|peace-building|rule-making|fact-finding|cost-cutting|nation-building|job-creation|
capacity-building|policy-making|tax-gathering|ship-building|law-making|confidence-building|bridge-building|profit-sharing|
price-fixing|truth-telling|stock-taking|problem-solving|road-building|vote-counting""".replace("\n", "").split("|")
ADJECTIVE = """long-term|short-lived|well-informed|far-reaching|energy-intensive|high-level|low-carbon|market-driven|
state-owned|two-thirds|rules-based|hard-won|self-imposed|ill-prepared|cross-border|so-called|oil-importing|deep-water|
export-led|post-war|anti-dumping|non-binding|pro-business|co-operative|semi-official|ex-colonial|pre-war|mid-term|
worst-case|day-to-day|case-by-case|up-to-date|wait-and-see|once-in-a-generation|multi-year|zero-sum|large-scale|
high-speed|land-based|sea-borne|first-rate|second-hand|broad-based|trans-Pacific|mid-Atlantic|non-European|
intra-Asian|pre-2008|post-1945|G7-led|international|environmental|constitutional|parliamentary|unprecedented|multilateral|macroeconomic|
counterproductive|intergovernmental|technological|extraordinary|approximate|unsatisfactory|administrative|preliminary|consultative""".replace("\n", "").split("|")
PLAIN = """cooperation|reconstruction|administration|representation|environmentalism|conservation|arbitration|negotiation|
infrastructure|transparency|responsibility|investigation|communication|legitimacy|understanding|liberalization|
conciliation|independence|industrialization|establishment|manufacturing|productivity|proportionality|interpretation|
consultation|deregulation|redistribution|predictability|multilateralism|interdependence|harmonization|
accountability|nonproliferation|reappraisal|disarmament|supranationality""".replace("\n", "").split("|")
YEARS = "2001-2009|1993-2001|1968-69|2011-12|1985-1990|2014-2019|1950-53|1997-98|2003-2005|1971-1974".split("|")
PERSON = """Prime Minister Okonkwo|Secretary Lindqvist|Foreign Minister Baptista|Dr. Ravindran|Ambassador Nieminen|
Mrs. Castellanos|President Oyelaran|Governor McTavish|Judge Fontaine-Weir|Admiral O'Rourke|Professor Abdulkarim|
Mr. Hatakeyama""".replace("\n", "").split("|")
NUMBER = "43 percent|1,250 ships|$3.7 billion|U.S. $12 million|0.8 percent|a 20-year loan|350,000 workers|17 member states|6.5 million tons|90-odd ports".split("|")

TEMPLATES = """
The {pair} understanding of {year} was never more than one {adj} bargain among many, and both sides knew it.
Officials in {place} speak of {noun} as though it were a science; it is closer to gardening.
When {country} joined the {acr}, its {body} had no {adj} plan for the {plain} that followed.
In {years} the volume of {adj} trade between {country} and {country2} fell by {num}.
"We were {adj} and we were late," {person} told the {body} in {year}, "but we were not wrong."
No {acr} rule obliges {country} to open its {plain} to inspectors from {place}.
The {body} published its findings (see the {adj} annex) and asked for {plain} by the end of the year.
A {adj}, {adj2} approach to {noun} costs less than a summit and does more good.
What {country} wants is plain: {adj} access, {plain}, and a seat at the table when the {acr} meets.
{person} has argued that {noun} and {noun2} belong together, but the {body} disagrees.
By {year} about {num} depended on the {adj} link with {place}.
Critics in {country2} answer that the {acr} was built for a different century (the years {years} were its best).
Short- and {adj} loans were mixed up in the accounts, which the {body} noticed only in {year}.
The {adj} clause survived three drafts; the {plain} did not.
Is it {adj} to expect {country} to carry the cost of {noun} alone?
Nobody in {place} believed that the {pair} talks would outlast the {adj} crisis of {years}.
Energy prices rose again, and with them the cost of {plain} in every {adj} industry.
The {acr} and the {body} now share their data, which ended years of {adj} guesswork.
Fishermen from {place} have their own view of {plain}, and it is seldom asked for.
Three of the seven members, among them {country} and {country2}, voted against the {adj} text.
It was {person} who first called the arrangement "a {adj} marriage of inconvenience."
Since {year}, however, {plain} has become the business of lawyers rather than of {adj} committees.
The new law gives {country} a {adj} right of appeal—something the {acr} had always refused.
Without {noun}, the {pair} alliance is a promise to consult about promises.
Tariffs on {adj} goods were cut from 14 to 3.5 percent; the duties on rice were left alone.
The treaty of {year} says nothing about {plain}, and its silence has been {adj} in its effects.
A reader of the {body}'s reports will find {noun} on every page and {plain} on none.
{country2} built {num} worth of {adj} storage at {place}, and then the price fell.
The {adj} lesson of {years} is that {plain} cannot be improvised.
Courts in {country} have since read the article narrowly, though a {adj} minority dissented.
If the {acr} is to survive, its {noun} must pass from the few to the many.
Ministers come and go, {person} liked to say, but {plain} remains in the drawer.
For a {adj} neighbor such as {country2}, the question is less of trade than of {plain}.
The cables to {place} carry more of the world's {adj} commerce than all its ports.
On the eve of the vote the {body} withdrew its {adj} objection without a word of explanation.
Neither {country} nor {country2} has an interest in {adj} rivalry, which is why each denies it.
""".strip().split("\n")

HEADS = """The Cost of Delay|A Bargain Half Kept|Lessons from the {years0} Crisis|What the Treaty Says|Ports, Pipelines, and People|
Who Pays?|The View from {place}|{pair} Relations after {year}|Toward a New Settlement|Conclusion|Background|The {acr} at a Crossroads|
Between Law and Custom|Energy without Illusions|Reforming the {body}|Three Objections|Trade and Its Discontents|Looking Ahead|
Concerns about {adjT} Leadership|The Limits of {nounT}|Old Rivals, New Rules|Recommendations|A Quiet Revolution in Shipping|
Introduction|Public Opinion and the {body}|Next Steps|The {country} Question|Strengthening {adjT} Ties|What Can {country} Do?|
Sharing the Burden|Policy toward {country}""".replace("\n", "").split("|")
LONG_HEADS = """Concerns about the Future of {pair} Cooperation in a Changing Region|The {body} and the Slow Return of {adjT} Politics|
Why the {acr} Failed in {place} and What It Learned from the Failure|From {nounT} to Shared Rule: The Long Road of the {body}|
Restoring Confidence in the {acr} and Its {adjT} Institutions""".replace("\n", "").split("|")

TITLES = """The Long Shadow of {place}|Rethinking {pair} Cooperation|Can the {acr} Be Saved?|Energy and Order in {country}|
After the Treaty: {country} and Its Neighbors|A Sea Full of Lawyers|The {adjT} State and Its Critics|Why {nounT} Fails|
The Price of {country}'s Caution|{country}, {country2}, and the Question of {place}|Small States, Large Treaties|
An Alliance in Search of a Purpose|Trade without Trust: The {acr} in {year}|Ten Questions about {nounT}|
The Next Step for {pair} Relations|What {country} Now Expects from the {acr}|Harbors of Law""".replace("\n", "").split("|")
NAMES = """Amara Lindqvist|Tomasz Wierzbicki|Helen M. Castellanos|Kenji Morishita|Priya Ravindran|Jean-Luc Fontaine|Sara O'Donnell|
David K. Achterberg|Mei-Ling Tan|Olu Adeyemi-Scott|Ingrid Nieminen|Carlos Baptista|Ruth Hallworth|Yusuf Abdulkarim|
Nadia Petrova|Samuel T. McTavish""".replace("\n", "").split("|")
SOURCES = """Harbor Policy Review|Institute for Maritime Affairs|The Northern Forum|Council on Pacific Relations|Meridian Quarterly|
Center for Energy and Law|The Isthmus Review|Asian Affairs Forum|Foundation for Open Seas|The Hemisphere Journal|
Institute of Comparative Trade|Policy Observatory""".replace("\n", "").split("|")
DESKS = ["a senior fellow at the {source}", "professor emeritus of public law", "a former deputy minister of transport",
         "a research associate at the {source} and the author of two books on fisheries", "director of the energy program at a university in {place}"]
LEADINS = ["The panel made these suggestions:", "Four points deserve attention:", "The draft lists the following duties:",
           "Three proposals follow:", "The committee asks that members:", "In practice this means:"]
CAPTIONS = ["Figure {n}. {nounC} in {country} and {country2}, {years}.", "Table {n}: {adjC} loans by region, {years}",
            "Fishing boats wait for the tide near {place}. (Photo by {name})", "Figure {n}: Cargo passing {place}, by year.",
            "Delegates arrive at the opening session in {place}. (Photo by the {body}, Creative Commons License)",
            "Map {n}. Shipping lanes and cables around {place}", "Photo: A tanker leaves the harbor of {place} at dawn.",
            "Image credit: {name}, {source}"]
NOTES = ["See {person}, interview with the author, {place}, {year}.", "Report of the {body}, {year}, pp. 14-27.",
         "Cf. the {acr} yearbook for {years}, chapter 3, which gives lower figures for {country}.", "Author's calculation from customs data.",
         "The survey covered {num} and was repeated in {year}.", "{country2} signed later, in {year}, with two reservations.",
         "Ibid., p. 112.", "The text is printed as an annex to the {adj} report of {year}; the translation is the author's."]


class Phrases:
    """Fills templates from the half of each table that belongs to `half` (0 tune, 1 judge)."""

    def __init__(self, half, rng):
        self.half, self.rng = half, rng

    def pick(self, table):
        return self.rng.choice(table[self.half::2])

    def fill(self, template):
        country = self.pick(COUNTRY)
        two = country
        while two == country:
            two = self.pick(COUNTRY)
        adj, noun = self.pick(ADJECTIVE), self.pick(NOUN)
        values = {
            "country": country, "country2": two, "pair": self.pick(PAIR), "acr": self.pick(ACRONYM), "body": self.pick(BODY),
            "place": self.pick(PLACE), "noun": noun, "noun2": self.pick(NOUN), "adj": adj, "adj2": self.pick(ADJECTIVE),
            "plain": self.pick(PLAIN), "years": self.pick(YEARS), "years0": self.pick(YEARS), "year": str(self.rng.randint(1948, 2023)),
            "person": self.pick(PERSON), "num": self.pick(NUMBER), "adjT": title_case(self.pick(PLAIN + ADJECTIVE)),
            "nounT": title_case(noun), "nounC": capital(noun), "adjC": capital(adj), "n": str(self.rng.randint(1, 6)),
            "name": self.pick(NAMES), "source": self.pick(SOURCES),
        }
        text = re.sub(r"\{(\w+)\}", lambda m: values[m.group(1)], template)
        text = re.sub(r"\b([Aa]) (?=[aeioAEIO](?!nce|ne\b|U-)|u(?!niversity)|Un)", r"\1n ", text)
        text = re.sub(r"\b([Tt])he the\b", r"\1he", text)
        return text[0].upper() + text[1:] if text[0] != '"' else text

    def sentences(self, count):
        chosen = self.rng.sample(TEMPLATES[self.half::2] + TEMPLATES[1 - self.half::4], count)
        return [self.fill(t) for t in chosen]

    def paragraph(self, low=3, high=7):
        return " ".join(self.sentences(self.rng.randint(low, high)))

    def heading(self, long=False):
        return self.fill(self.pick(LONG_HEADS if long else HEADS))

    def title(self):
        return self.fill(self.pick(TITLES))


def capital(text):
    return text[0].upper() + text[1:]


def title_case(text):
    return "-".join(w if w in ("and", "to", "a", "in", "by") else capital(w) for w in text.split("-"))
