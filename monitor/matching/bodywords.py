"""Small lists of words that stand beside the name of an organization, or make another of it."""

from monitor.matching.wordlists import OTHER_PLACE_AFTER, words

LEVELS = words(
    """federal state provincial regional county city municipal metropolitan metro district circuit borough town
    township village parish tribal senate house assembly congress parliament council department ministry agency
    administration"""
)
"""Of what level, chamber or larger body a body is: State Education Department, Senate Finance Committee."""
NAMING = words(
    """royal national international central reserve commercial state city federal higher further joint special second
    people peoples islamic christian social liberal progressive technical technological polytechnic commonwealth
    imperial industrial agricultural cooperative savings merchant merchants development export import regional
    metropolitan independent pontifical postal greater super public private united free"""
)
"""What in front of a body makes another of it, even where every word has a capital: Royal Bank of Scotland."""
DEPUTIES = words("deputy assistant associate vice principal chief lead")
"""What begins somebody's office, and may begin a body's name: Deputy State Department spokesman."""
PARTISAN = words("democratic republican democrat")
PARTISAN_BODIES = words("party committee convention association conference")
"""Bodies of which a party's name in front makes another: Democratic National Committee, but Republican White House."""
NAMED_AFTER_PEOPLE = words("foundation trust fund clinic company corporation library museum institute")
"""Kinds of bodies that people give their names to, first name and all: Betty Ford Foundation."""
QUALIFYING = words(
    """former current senior top then entire ex acting many some several most other all both two three four five
    six more few no every another embattled us uk eu un usa administration"""
)
"""What in front of a body speaks of it or of its people: Senior Justice Department officials."""
ARTICLES = words("the der die das den dem des im am beim le la les du au aux el los las del al il lo gli os as het de")
"""Articles of several languages, with prepositions that they melt into."""
CONFESSIONS = words("catholic roman episcopal anglican lutheran methodist orthodox")
INDEPENDENT = words(
    """foundation association federation union unions society alliance coalition league guild
    stadium arena plaza fraternity museum"""
)
"""What behind the name of a body is another body, or a thing, that is called after it: Bank of Scotland Foundation."""
FUNDS = words("trust charity fund")
"""The same, directly behind it."""
ALSO_NOUNS = words("union unions trust fund alliance league coalition")
"""Those that a headline may mean as common words: Justice Department Trust Erodes."""
THINGS = OTHER_PLACE_AFTER | words("street avenue road center centre tower field bank university")
"""What is called after a company, or after what that is called after: Amazon River, Barclays Center."""
KINDS_FIRST = words(
    """department ministry office bureau committee commission secretariat agency directorate institute society
    association centre center board council college academy school"""
)
"""Kinds of bodies that stand in front of their matter: Department of Health."""
OPEN_KINDS = words(
    """society institute association centre center college school academy foundation council fund alliance coalition
    committee commission union federation league order campaign movement network trust"""
)
"""Kinds of bodies of which the name may go on: Royal Society of Chemistry."""
PLACED_KINDS = words(
    """university bank diocese archdiocese church college institute academy universitat universite universidad
    universita universidade hochschule banque banco"""
)
"""Kinds of bodies that are called after a place behind them: Bank of Scotland."""
MATTERS = words(
    """human social family families children consumer environment environmental education welfare safety labor labour
    employment training skills culture cultural sport sports tourism trade industry industrial energy science sciences
    technology innovation housing development rural urban hygiene mental corrections forestry fisheries food natural
    transport transportation infrastructure planning research digital communications communication information media
    youth women gender equality security protection immigration citizenship community communities crime technical
    humanities letters arts engineering management wildlife recreation space cooperation migration
    refugees integration veterans senior seniors economic finance mines petroleum water irrigation livestock climate
    emergency emergencies aged heritage constitutional"""
)
"""Matters that share one department: Department of Health and Human Services."""
OWN_MATTERS = words(
    """health medical justice law legal order defense defence interior agriculture agricultural commerce commercial
    business enterprise enterprises revenue taxation budget statistics insurance foreign home internal external
    international regional local national government public private civil affairs rights religious religion
    parliamentary change control prevention care ageing aging disability disabilities early childhood schools
    universities vocational professional physical recreational nutrition drugs alcohol tobacco firearms
    explosives land lands marine oceans parks forest forests ecology sustainable sustainability minerals mining
    electricity power gas roads highways railways aviation ports works broadcasting pensions equal opportunity
    reform strategy investment investments"""
)
"""Matters that have departments of their own too, and words that stand beside matters."""
MATTERS_ENDS = words("services works resources")
"""What makes another matter of one: Department of Health Services."""
